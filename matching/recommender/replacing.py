"""Prepared rows written in the place of those that are there.

PostgreSQL takes them by COPY into a table that lives as long as the transaction, which spares both
sides a statement of thousands of values; other databases take them in batches.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

#: Rows of one statement where there is no COPY.
_BATCH = 100


def replace_rows(
    rows: Iterable[models.Model], *, key: Sequence[str], fields: Sequence[str]
) -> None:
    """Write rows of one model, each with another key, in the caller's transaction.

    key: the fields by which a row is known, under a unique constraint. fields: those that a row
    which is there takes over; the others it keeps.
    """
    given = list(rows)
    if not given:
        return
    if connection.vendor == "postgresql":
        _copy(given, key, fields)
    else:
        type(given[0])._default_manager.bulk_create(
            given,
            update_conflicts=True,
            unique_fields=key,
            update_fields=fields,
            batch_size=_BATCH,
        )


def _copy(rows: Sequence[models.Model], key: Sequence[str], fields: Sequence[str]) -> None:
    from psycopg import sql  # noqa: PLC0415  - where the database is another it is not there

    meta = type(rows[0])._meta
    # What is not taken over by an old row is needed by a new one.
    columns = [field for field in meta.concrete_fields if not field.primary_key]
    name_of = {field.name: sql.Identifier(str(field.column)) for field in columns}
    names = sql.SQL(", ").join(name_of.values())
    table, new = sql.Identifier(meta.db_table), sql.Identifier(f"new_{meta.db_table}")
    taken_over = sql.SQL(", ").join(
        sql.SQL("{0} = EXCLUDED.{0}").format(name_of[name]) for name in fields
    )
    of_key = sql.SQL(", ").join(name_of[name] for name in key)
    parts = {"new": new, "table": table, "names": names, "key": of_key, "taken": taken_over}
    with connection.cursor() as cursor:
        make = "CREATE TEMPORARY TABLE {new} ON COMMIT DROP AS SELECT {names} FROM {table} LIMIT 0"
        cursor.execute(sql.SQL(make).format(**parts))
        into = sql.SQL("COPY {new} ({names}) FROM STDIN (FORMAT BINARY)").format(**parts)
        with cursor.copy(into) as copy:
            copy.set_types([_type_of(field) for field in columns])
            for row in rows:
                copy.write_row([_value(field, row) for field in columns])
        # Rows are locked in the order of their keys, by whoever writes them.
        put = (
            "INSERT INTO {table} ({names}) SELECT {names} FROM {new} ORDER BY {key} "
            "ON CONFLICT ({key}) DO UPDATE SET {taken}"
        )
        cursor.execute(sql.SQL(put).format(**parts))
        cursor.execute(sql.SQL("DROP TABLE {new}").format(**parts))


def _type_of(field: "models.Field[Any, Any]") -> str:
    """The column's type, without its length."""
    named = field.rel_db_type(connection) if field.is_relation else field.db_type(connection)
    return str(named).partition("(")[0]


def _value(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if isinstance(field, models.JSONField):
        from psycopg.types.json import Jsonb  # noqa: PLC0415  - likewise

        return Jsonb(value)
    return bytes(value) if isinstance(field, models.BinaryField) else value
