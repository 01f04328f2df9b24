"""Migrations make the tables that the models say: the other tests on SQLite use those of models."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from tests.own_process import printed_by

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite, pytest.mark.slow]

#: Tables that no model has: which migrations were done, the cache, and what tests make.
WITHOUT_A_MODEL = {"django_migrations", "django_cache", "django_cache_expires", "test_effects"}
TABLES_AND_INDEXES = (
    "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
)
#: A process of its own: in this one migrations are switched off.
MIGRATE = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("migrate", verbosity=0)
print(settings.DATABASES["default"]["NAME"])
"""


def parts(sql: str) -> set[str]:
    """Columns and constraints of a table, whose order depends on how it came about."""
    found, depth = [""], 0
    for letter in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            found.append("")
        else:
            found[-1] += letter
    return {part.strip() for part in found}


def described(rows: list[tuple[str, str]]) -> dict[str, set[str] | str]:
    return {
        name: parts(sql) if sql.startswith("CREATE TABLE") else sql
        for name, sql in rows
        if name not in WITHOUT_A_MODEL
    }


def test_migrations_make_the_tables_of_the_models() -> None:
    [name] = printed_by(MIGRATE)
    database = sqlite3.connect(name)
    try:
        migrated = described(database.execute(TABLES_AND_INDEXES).fetchall())
    finally:
        database.close()
        shutil.rmtree(Path(name).parent)
    with connection.cursor() as cursor:
        cursor.execute(TABLES_AND_INDEXES)
        made = described(cursor.fetchall())
    assert migrated == made
    assert len(made) > 100
