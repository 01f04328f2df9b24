"""Simulations as pages may show them: rounded, and with no claim that is not sure."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, inf

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.disclosure import STEP, rounded
from core.models import Activity
from core.places.wards import ward_name
from insights.models import Simulation
from insights.proposed_roles import TIME_LABELS


@dataclass(frozen=True)
class AddedRole:
    """A role that was added, in words."""

    title: str
    places: int


@dataclass(frozen=True)
class Shown:
    """What came of a simulation. without, with_it: people placed on average; gained: more of them;
    None for fewer than 8. low, high: between which the gain lies, the lower end rounded down and
    the higher up, so that more is not claimed than was found. is_sure: whether these leave out that
    nothing changes; else nothing is claimed. is_fewer: whether it is a loss. is_capped: whether the
    seasons came out further apart than the places that were added can do; the rest is chance, and
    is not said.
    """

    without: int | None
    with_it: int | None
    gained: int | None
    low: int
    high: int
    is_sure: bool
    is_fewer: bool
    is_capped: bool


def simulations() -> QuerySet[Simulation]:
    """All of them, the newest first, with who asked."""
    return Simulation.objects.select_related("asked_by")


def added_roles(simulation: Simulation) -> list[AddedRole]:
    """The roles that were added, in words. One query."""
    return added_roles_of([simulation])[simulation.pk]


def added_roles_of(chosen: Iterable[Simulation]) -> dict[int, list[AddedRole]]:
    """The same of each of these, by their ids. One query."""
    kinds = dict(Activity.objects.values_list("code", "name"))
    return {
        one.pk: [
            AddedRole(
                ", ".join(
                    [
                        kinds.get(row["activity"], row["activity"]),
                        str(TIME_LABELS.get(row["time"], row["time"])),
                        ward_name(row["ward"]) if row["ward"] else _("from home"),
                    ]
                ),
                row["places"],
            )
            for row in one.roles
        ]
        for one in chosen
    }


def shown(simulation: Simulation) -> Shown | None:
    """What came of it; None where it is not finished or nothing can be said."""
    gain = simulation.gain
    if not simulation.is_finished or not gain:
        return None
    found = gain["with_it"] - gain["without"]
    most = _most_that_can_be(simulation)
    gained = min(found, most)
    low, high = STEP * floor(gain["low"] / STEP), STEP * ceil(gain["high"] / STEP)
    amount = rounded(round(abs(gained)))
    return Shown(
        without=rounded(round(gain["without"])),
        with_it=rounded(round(gain["without"] + gained)),
        gained=amount,
        low=round(min(low, most)),
        high=round(min(high, most)),
        # A gain of a few people is within what is not told apart.
        is_sure=(low > 0 or high < 0) and amount is not None,
        is_fewer=gained < 0,
        is_capped=found > most,
    )


def finding(simulation: Simulation) -> str:
    """What came of it as a sentence; '' while it goes on."""
    if not simulation.is_finished:
        return ""
    found = shown(simulation)
    if found is None:
        return _("Too little to say")
    if not found.is_sure:
        return _("Too small a change to tell")
    said = (
        _("About %(number)s fewer people placed (between %(low)s and %(high)s)")
        if found.is_fewer
        else _("About %(number)s more people placed (between %(low)s and %(high)s)")
    )
    return said % {"number": found.gained, "low": found.low, "high": found.high}


def _most_that_can_be(simulation: Simulation) -> float:
    """How many more people a change can place: one for each place, where only places are added."""
    return inf if simulation.answer_soon else sum(row["places"] for row in simulation.roles)
