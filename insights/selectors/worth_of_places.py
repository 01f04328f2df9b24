"""What one more place is worth, for each kind of work, time and ward: as it may be shown.

Of at least 20 people each, once a month, with the plan of roles. What may be said of so many small
tables, and why, is in docs/adr/0021.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core.places.wards import ward_name
from insights.areas import is_in
from insights.disclosure import Shown, people_shown
from insights.measures.people import LEAST_FOR_MEDIAN
from insights.models import RolePlan
from insights.proposed_roles import TIME_LABELS
from insights.segment_titles import kind_in_words

#: Worth is shown in so many steps to one.
_STEPS = 4


@dataclass(frozen=True)
class WorthOfAPlace:
    """One more place of a kind of work, at a time, in a ward ('' from home). people: who have no
    place and could take it. worth: what they count for on average, in steps of a quarter: 1 is
    somebody who has just come, where much is offered.
    """

    activity: str
    time: str
    ward: str
    people: Shown
    worth: float

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
class WorthOfPlaces:
    """What a place is worth as of `made_at`, where it is worth most first."""

    made_at: datetime
    rows: list[WorthOfAPlace]


def worth_of_places(area: str = "") -> WorthOfPlaces | None:
    """All of them, or those of an area (`insights.areas`); None where there is no plan. One
    query.
    """
    plan = RolePlan.objects.first()
    if plan is None:
        return None
    rows = [
        _published(one)
        for one in plan.worth
        # Plans of before have no weight: what they kept was that of one person.
        if "weight" in one and one["people"] >= LEAST_FOR_MEDIAN
        if is_in(one["ward"], area)
    ]
    return WorthOfPlaces(plan.made_at, sorted(rows, key=_order))


def _published(one: Mapping[str, Any]) -> WorthOfAPlace:
    return WorthOfAPlace(
        activity=one["activity"],
        time=one["time"],
        ward=one["ward"],
        people=people_shown(one["people"]),
        worth=round(one["weight"] * _STEPS) / _STEPS,
    )


def _order(one: WorthOfAPlace) -> tuple[Any, ...]:
    """By what is shown alone: the order of the true numbers would tell them apart."""
    return -one.worth, -(one.people.value or 0), one.kind, one.time, one.where
