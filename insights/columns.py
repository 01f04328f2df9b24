"""Rows of the database, and what the audit trail says of them, as columns.

What a row said at a moment is what it says now, unless it was changed since: then the first change
since that moment has kept what was said before.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db import models
from django.db.models import Max, Min, QuerySet
from numpy.typing import NDArray

from accounts.models import AuditEntry
from core.earlier import Said
from insights.measures.tables import DAY, Days, Index, Tagged
from volunteers.models import EarlierProfile

#: What rows said at a moment of what they say otherwise now, by id.
Earlier = dict[int, Said]


def day_of(at: datetime | None) -> float:
    """A time in days, as of `insights.measures.tables`; nan for none."""
    return np.nan if at is None else at.timestamp() / DAY


def days_of(values: Iterable[datetime | None], until: datetime | None = None) -> Days:
    """Times in days; nan for none and for what is later than `until`."""
    found = np.array([day_of(value) for value in values], np.float64)
    if until is not None:
        found[found >= day_of(until)] = np.nan
    return found


def columns_of(chosen: QuerySet[Any], *names: str) -> dict[str, tuple[Any, ...]]:
    """The chosen rows as columns by name, with their ids under "pk", in the order of these."""
    rows = list(chosen.order_by("pk").values_list("pk", *names))
    columns = zip(*rows, strict=True) if rows else [()] * (len(names) + 1)
    return dict(zip(("pk", *names), columns, strict=True))


def numbered(column: Sequence[int]) -> tuple[Index, dict[int, int]]:
    """Ids as an array, and the row of each."""
    return np.array(column, np.int64), {pk: row for row, pk in enumerate(column)}


def texts(values: Sequence[str]) -> NDArray[np.str_]:
    """Words as an array."""
    return np.array(values, dtype=np.str_)


def earlier_profiles(at: datetime) -> Earlier:
    """What people's profiles said at a moment, where they say something else now."""
    kept = EarlierProfile.objects.filter(until__gte=at).order_by("-until", "-pk")
    return _first_of(kept.values_list("volunteer", "said").iterator())


def earlier_details(subject: str, actions: Sequence[str], at: datetime) -> Earlier:
    """What groups or roles said at a moment, where these actions have changed it since."""
    entries = AuditEntry.objects.filter(
        subject_type=subject, action__in=actions, at__gte=at, details__has_key="before"
    ).order_by("-at", "-pk")
    changes = entries.values_list("subject_id", "details").iterator()
    return _first_of((pk, details["before"]) for pk, details in changes)


def _first_of(changes: Iterable[tuple[int, Said]]) -> Earlier:
    """Of each column what the first change kept; changes: the latest first."""
    found: Earlier = {}
    for pk, said in changes:
        found.setdefault(pk, {}).update(said)
    return found


def as_they_were(
    model: type[models.Model], column: dict[str, tuple[Any, ...]], earlier: Earlier
) -> dict[str, tuple[Any, ...]]:
    """The columns of rows, as of `columns_of`, with what these said earlier."""
    rows = {pk: row for row, pk in enumerate(column["pk"])}
    found: dict[str, list[Any]] = {}
    for pk, said in earlier.items():
        for name in said.keys() & column.keys() if pk in rows else ():
            field: Any = model._meta.get_field(name)
            values = found.setdefault(name, list(column[name]))
            values[rows[pk]] = field.to_python(said[name])
    return column | {name: tuple(values) for name, values in found.items()}


def tagged(
    model: type[models.Model],
    name: str,
    rows: dict[int, int],
    numbers: dict[int | str, int],
    earlier: Earlier,
) -> Tagged:
    """(row, number of the tag) of a many-to-many list, each pair once. numbers: of each tag, by id
    and by code.
    """
    field: Any = model._meta.get_field(name)
    through = field.remote_field.through._default_manager.order_by()
    pairs = through.values_list(field.m2m_column_name(), field.m2m_reverse_name())
    then = {rows[pk]: said[name] for pk, said in earlier.items() if name in said and pk in rows}
    found = {
        (rows[row], numbers[tag])
        for row, tag in pairs.iterator()
        if row in rows and tag in numbers and rows[row] not in then
    }
    found |= {
        (row, numbers[code]) for row, codes in then.items() for code in codes if code in numbers
    }
    both = np.array(sorted(found), np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def last_said(subject: str, action: str, rows: dict[int, int], at: datetime) -> Days:
    """When an action was last recorded of each row before `at`, nan where never."""
    return _said(Max("at"), subject, action, rows, at)


def first_said(subject: str, action: str, rows: dict[int, int], at: datetime) -> Days:
    """When an action was first recorded of each row before `at`, nan where never."""
    return _said(Min("at"), subject, action, rows, at)


def _said(
    which: models.Aggregate, subject: str, action: str, rows: dict[int, int], at: datetime
) -> Days:
    entries = AuditEntry.objects.filter(subject_type=subject, action=action, at__lt=at)
    found = np.full(len(rows), np.nan)
    for pk, time in entries.order_by().values_list("subject_id").annotate(time=which):
        if pk in rows:
            found[rows[pk]] = day_of(time)
    return found
