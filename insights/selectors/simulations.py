"""Simulations as pages may show them: rounded, and with no claim that is not sure."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.disclosure import FEWEST, STEP, rounded
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
    None for fewer than 8. low, high: between which the gain lies. is_sure: whether the seasons say
    that there is a gain or a loss at all; else nothing is claimed. is_fewer: whether it is a loss.
    """

    without: int | None
    with_it: int | None
    gained: int | None
    low: int
    high: int
    is_sure: bool
    is_fewer: bool


def simulations() -> QuerySet[Simulation]:
    """All of them, the newest first, with who asked."""
    return Simulation.objects.select_related("asked_by")


def added_roles(simulation: Simulation) -> list[AddedRole]:
    """The roles that were added, in words. One query."""
    return _titles([simulation])[simulation.pk]


def _titles(chosen: Iterable[Simulation]) -> dict[int, list[AddedRole]]:
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
    gained = gain["with_it"] - gain["without"]
    return Shown(
        without=rounded(round(gain["without"])),
        with_it=rounded(round(gain["with_it"])),
        gained=rounded(round(abs(gained))),
        low=_nearest(gain["low"]),
        high=_nearest(gain["high"]),
        # A gain of a few people is within what is not told apart.
        is_sure=(gain["low"] > 0 or gain["high"] < 0) and abs(gained) >= FEWEST,
        is_fewer=gained < 0,
    )


def _nearest(value: float) -> int:
    return STEP * round(value / STEP)
