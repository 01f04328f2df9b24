"""Categories that rows of several tables fall into, and how rows are put into them."""

from collections.abc import Callable

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from core.places.wards import PARTS, WARDS, part_of
from insights.measures.samples import Rows
from insights.measures.tables import Index, Tables

Label = str | Promise
#: (row, category) as two arrays.
Pairs = tuple[Rows, Rows]
#: Category of what has none.
NOT_SAID = "not-said"

#: Parts of the week: code, label, mask of its slots.
_DAYTIME = sum(1 << (day * 3 + part) for day in range(5) for part in (0, 1))
_EVENINGS = sum(1 << (day * 3 + 2) for day in range(5))
_WEEKENDS = sum(1 << (day * 3 + part) for day in (5, 6) for part in range(3))
TIMES: tuple[tuple[str, Label, int], ...] = (
    ("weekday-daytime", _("Weekdays in the daytime"), _DAYTIME),
    ("weekday-evening", _("Weekday evenings"), _EVENINGS),
    ("weekend", _("Weekends"), _WEEKENDS),
)
_PART_CODES = [code for code, __ in PARTS]


def one_each(codes: NDArray[np.str_], categories: list[str]) -> Pairs:
    """Rows in the category of their code; what is in none is in the last."""
    number = {code: place for place, code in enumerate(categories)}
    last = len(categories) - 1
    found = np.array([number.get(code, last) for code in codes.tolist()], np.int64)
    return np.arange(len(codes)), found


def through(pairs: Pairs, index: Index) -> Pairs:
    """The categories of rows that each point at a row of another table, -1 at none."""
    rows, categories = pairs
    order = np.argsort(rows, kind="stable")
    rows, categories = rows[order], categories[order]
    first, last = np.searchsorted(rows, index), np.searchsorted(rows, index, side="right")
    counts = np.where(index < 0, 0, last - first)
    own = np.repeat(np.arange(len(index)), counts)
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return own, categories[np.repeat(first, counts) + steps]


def ward_categories(__: Tables) -> list[tuple[str, Label]]:
    """The wards by name, and one for outside the borough."""
    return [(ward.code, ward.name) for ward in WARDS] + [
        (NOT_SAID, _("Outside Harrow, or not said"))
    ]


def of_wards(codes: NDArray[np.str_]) -> Pairs:
    """The ward of rows, by its code."""
    return one_each(codes, [ward.code for ward in WARDS] + [NOT_SAID])


def of_slots(masks: NDArray[np.uint32]) -> Pairs:
    """Parts of the week that a mask touches; 0 is any time, which is in all of them."""
    touches = np.stack([(masks & mask > 0) | (masks == 0) for *__, mask in TIMES], axis=1)
    rows, categories = np.nonzero(touches)
    return rows, categories


def of_parts_and_times(wards: Pairs, times: Pairs) -> Pairs:
    """Part of the borough and time of rows as one category; what is in no part is in none."""
    parts = [_PART_CODES.index(part_of(ward)) for ward in WARDS]
    of_part = np.array([*parts, -1])[wards[1]]
    rows, of_time = times
    known = of_part[rows] >= 0
    return rows[known], of_part[rows][known] * len(TIMES) + of_time[known]


def part_and_time_categories() -> list[tuple[str, Label]]:
    """Each time of the week in each part of the borough."""
    return [
        (f"{part}-{time}", _("%(time)s in %(part)s") % {"time": label, "part": where})
        for part, where in PARTS
        for time, label, __ in TIMES
    ]


def of_applications(pairs: Callable[[Tables], Pairs], *, of: str) -> Callable[[Tables], Pairs]:
    """Give the categories of applications: those of their "person" or "role"."""
    return lambda tables: through(pairs(tables), getattr(tables.applications, of))


def of_roles(pairs: Callable[[Tables], Pairs]) -> Callable[[Tables], Pairs]:
    """Give the categories of roles: those of their group."""
    return lambda tables: through(pairs(tables), tables.roles.group)
