"""What more places would do, for each kind of work, time and ward: as it may be shown.

Worked out once a month with the plan of roles, of at least 20 people each; how many these are is
not shown. Why so, and what one person changes in it, is in docs/adr/0021.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median_low
from typing import Any

from django.utils.translation import gettext as _

from core.places.wards import ward_name
from insights.areas import is_in
from insights.measures.people import LEAST_FOR_MEDIAN
from insights.models import RolePlan, Segment
from insights.proposed_roles import TIME_LABELS, ProposedRole
from insights.segment_titles import kind_in_words
from insights.selectors.serving import is_for, is_near

#: What one place does is shown in so many steps to a person.
_STEPS = 4
#: Rows that are shown for a segment, at most.
_MOST_FOR_SEGMENT = 3


@dataclass(frozen=True)
class MorePlaces:
    """So many `places` of a kind of work, at a time, in a ward ('' from home). placed: how many
    more people they would place, on average over draws of who would ask, in whole people. by_one:
    how many one such place would, in steps of a quarter.
    """

    activity: str
    time: str
    ward: str
    places: int
    placed: int
    by_one: float

    @property
    def role(self) -> ProposedRole:
        """The role that the places are of."""
        return ProposedRole(self.activity, self.time, self.ward)

    @property
    def kind(self) -> str:
        """The kind of work, as it begins a sentence."""
        return kind_in_words(activity=self.activity, cause="")

    @property
    def when(self) -> str:
        """Such as "weekday evenings"."""
        return str(TIME_LABELS.get(self.time, self.time))

    @property
    def where(self) -> str:
        """The ward's name, or that it is done from home."""
        return ward_name(self.ward) or _("from home")


@dataclass(frozen=True)
class WhatMorePlacesDo:
    """All rows as of `made_at`, those that place the most first."""

    made_at: datetime
    rows: list[MorePlaces]

    @property
    def of_half(self) -> int:
        """What at half of the rows so many places would place at most. There has to be a row."""
        return median_low(one.placed for one in self.rows)

    @property
    def sure(self) -> int:
        """At how many of the rows one place would place one person, as shown."""
        return sum(one.by_one == 1 for one in self.rows)

    @property
    def best(self) -> list[MorePlaces]:
        """Those that would place the most, all that are shown alike."""
        return [one for one in self.rows if one.placed == self.rows[0].placed]

    @property
    def best_of_times(self) -> list[MorePlaces]:
        """For each time of the week the first row, in the order of the week."""
        first: dict[str, MorePlaces] = {}
        for one in self.rows:
            first.setdefault(one.time, one)
        return [first[time] for time in TIME_LABELS if time in first]


def more_places(area: str = "") -> WhatMorePlacesDo | None:
    """All of it, or what is of an area (`insights.areas`); None where there is no plan. One
    query.
    """
    plan = RolePlan.objects.first()
    if plan is None:
        return None
    rows = [
        _published(one)
        for one in plan.more_places
        if one["named"] >= LEAST_FOR_MEDIAN and is_in(one["ward"], area)
    ]
    return WhatMorePlacesDo(plan.made_at, sorted((one for one in rows if one.placed), key=_order))


def more_places_for(segment: Segment) -> list[MorePlaces]:
    """The best for people who wait for the same: of their kind of work, at one of their times,
    where they are or from home. One query.
    """
    found = more_places()
    fit = [
        one
        for one in (found.rows if found else [])
        if is_for(one.role, segment) and is_near(one.role, segment)
    ]
    return fit[:_MOST_FOR_SEGMENT]


def _published(one: Mapping[str, Any]) -> MorePlaces:
    return MorePlaces(
        activity=one["activity"],
        time=one["time"],
        ward=one["ward"],
        places=one["places"],
        placed=round(one["by_many"]),
        by_one=round(one["by_one"] * _STEPS) / _STEPS,
    )


def _order(one: MorePlaces) -> tuple[Any, ...]:
    """By what is shown alone: the order of the true numbers would tell them apart."""
    return -one.placed, -one.by_one, one.kind, one.time, one.where
