"""The demonstration borough several times over: made quickly, by copying its rows in the database.

Each copy has people, groups, roles, applications and history of its own, with ids that are so much
higher; what everybody shares (causes, activities, wards) stays shared.
"""

from typing import Any

from django.apps import apps
from django.db import connection, models

#: Ids of a copy are higher by this much, times the number of the copy.
_APART = 10_000_000
#: Models whose rows are copied, those that others point to first.
COPIED = (
    "accounts.User",
    "volunteers.Volunteer",
    "volunteers.EarlierProfile",
    "volunteers.EarlierUse",
    "opportunities.Organisation",
    "opportunities.Membership",
    "opportunities.Opportunity",
    "opportunities.RoleSkill",
    "opportunities.Session",
    "opportunities.CapacityLimit",
    "placements.Application",
    "placements.HoursEntry",
    "placements.StillGoing",
    "placements.WaitingListEntry",
    "equality.EqualityAnswers",
    "accounts.AuditEntry",
)
#: Many-to-many fields whose rows are copied.
_TAGS = (
    ("volunteers.Volunteer", ("causes", "activities", "skills", "languages")),
    ("opportunities.Organisation", ("causes",)),
    ("opportunities.Opportunity", ("causes", "activities", "languages")),
)


def copy_borough(times: int) -> None:
    """Make `times` boroughs of the one that is loaded, itself counted."""
    chosen = [apps.get_model(name) for name in COPIED]
    through = [
        apps.get_model(name)._meta.get_field(field).remote_field.through
        for name, fields in _TAGS
        for field in fields
    ]
    with connection.cursor() as cursor:
        for number in range(1, times):
            for model in (*chosen, *through):
                cursor.execute(_statement(model, chosen, number * _APART, number))


def _statement(
    model: type[models.Model], copied: list[type[models.Model]], higher: int, number: int
) -> str:
    """The copy of a table's own rows, in one statement."""
    quote = connection.ops.quote_name
    columns, values = [], []
    for field in model._meta.concrete_fields:
        name = quote(str(field.column))
        columns.append(name)
        values.append(_value(field, name, copied, higher, number))
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608  - names of our own tables
        f"SELECT {', '.join(values)} FROM {table} WHERE {key} < {_APART}"
    )


def _value(
    field: Any,
    name: str,
    copied: list[type[models.Model]],
    higher: int,
    number: int,
) -> str:
    # Ids of subjects are numbers without a key; there are none of what is shared.
    subject = field.name == "subject_id" and field.model._meta.label == "accounts.AuditEntry"
    if field.primary_key or subject or field.related_model in copied:
        return f"{name} + {higher}"
    if field.is_relation and field.unique and field.null:
        return "NULL"
    if field.name == "identifier":
        return "''"
    if field.unique and isinstance(field, models.CharField | models.EmailField):
        return f"CASE WHEN {name} IS NULL THEN NULL ELSE '{number}.' || {name} END"
    return name
