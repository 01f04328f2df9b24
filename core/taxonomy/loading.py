"""Keeps the tables of causes, activities, skills and languages equal to the files in `data/`.

Runs after every `migrate`, so that a changed file needs no migration, and after the flush with
which a test that commits cleans up. What a file no longer lists stays in its table, since people
may have chosen it.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, models, router, transaction

DATA_DIR = Path(__file__).parent / "data"
#: Model and file of each list.
LISTS = {
    "Cause": "causes.csv",
    "Activity": "activities.csv",
    "Skill": "skills.csv",
    "Language": "languages.csv",
}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Row = dict[str, str]


@dataclass(frozen=True)
class Loaded:
    """What loading did to one list: rows added, rows changed, codes no file lists any more."""

    added: int
    changed: int
    unlisted: tuple[str, ...]


def read_list(path: Path) -> list[Row]:
    """The rows of a list, in its order. Raises ValueError with file and line if it is not sound.

    Sound is: every cell there, codes are slugs, codes and names unique, and a parent stands above
    its children and has no parent itself.
    """
    rows: list[Row] = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            problem = _problem_with(row, rows)
            if problem:
                raise ValueError(f"{path.name}, row {number}: {problem}")
            rows.append(row)
    return rows


def load(
    apps: Apps = installed_apps, *, using: str = DEFAULT_DB_ALIAS, folder: Path = DATA_DIR
) -> dict[str, Loaded]:
    """Add and change rows so that each list is as its file says; all of it or nothing.

    Gives what was done to each list. Raises ValueError if a file is not sound.
    """
    lists = {name: read_list(folder / file) for name, file in LISTS.items()}
    with transaction.atomic(using=using):
        return {
            name: _load_list(apps.get_model("core", name), rows, using)
            for name, rows in lists.items()
        }


def load_after_migrate(
    sender: AppConfig, *, using: str, apps: Apps = installed_apps, **_kwargs: object
) -> None:
    """Receiver of `post_migrate`: load the lists where their tables are."""
    try:
        allowed = [
            router.allow_migrate_model(using, apps.get_model("core", name)) for name in LISTS
        ]
    except LookupError:
        return  # migrated back to before there were such tables
    if all(allowed):
        load(apps, using=using)


def _problem_with(row: Row, above: Sequence[Row]) -> str:
    if None in row or None in row.values():
        return "the number of cells is not that of the header"
    if not _SLUG.fullmatch(row["code"]):
        return f"code {row['code']!r} is not a slug"
    if not row["name"].strip():
        return "the name is empty"
    for key in ("code", "name"):
        if row[key] in (other[key] for other in above):
            return f"{key} {row[key]!r} is there twice"
    if row.get("parent") and row["parent"] not in _headings(above):
        return f"no heading {row['parent']!r} stands above it"
    return ""


def _headings(rows: Iterable[Row]) -> set[str]:
    return {row["code"] for row in rows if not row["parent"]}


def _load_list(model: type[models.Model], rows: Sequence[Row], using: str) -> Loaded:
    items: Iterable[Any] = model._base_manager.using(using).all()
    known = {item.code: item for item in items}
    unlisted = sorted(known.keys() - {row["code"] for row in rows})
    placed = [{**row, "position": position} for position, row in enumerate(rows)]
    headings = _write(model, [row for row in placed if not row.get("parent")], known, using)
    children = _write(model, [row for row in placed if row.get("parent")], known, using)
    return Loaded(headings[0] + children[0], headings[1] + children[1], tuple(unlisted))


def _write(
    model: type[models.Model], rows: Iterable[dict[str, Any]], known: dict[str, Any], using: str
) -> tuple[int, int]:
    """Write one level of a list and add to `known` what is new; counts of added and changed."""
    # A model as an old migration knows it may have fewer fields than the file has columns.
    fields = {field.attname for field in model._meta.concrete_fields}
    new: list[Any] = []
    stale: list[Any] = []
    for row in rows:
        values = {key: value for key, value in row.items() if key in fields}
        if "parent_id" in fields:
            values["parent_id"] = known[row["parent"]].pk if row["parent"] else None
        item = known.get(row["code"])
        if item is None:
            new.append(model(**values))
        elif any(getattr(item, key) != value for key, value in values.items()):
            vars(item).update(values)
            stale.append(item)
    rows_of = model._base_manager.using(using)
    rows_of.bulk_create(new)
    known.update({item.code: item for item in new})
    changeable = [f.name for f in model._meta.concrete_fields if f.name not in {"id", "code"}]
    rows_of.bulk_update(stale, changeable)
    return len(new), len(stale)
