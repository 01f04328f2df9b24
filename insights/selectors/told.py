"""What people were told of their chances beside what came of it, and what that says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from core.disclosure import STEP
from insights.analysis.calibration import Calibration, Came, calibration
from insights.measures import MEASURES, Measure
from insights.selectors.published import Published, Row


@dataclass(frozen=True, slots=True)
class _Chance:
    """A chance that people are told: the figure that says what came of it, by what it is split, and
    how it is put, for one tenth and for all of them.
    """

    measure: Measure
    dimension: str
    came: Lazy
    holds: Lazy
    below: Lazy
    above: Lazy
    mixed: Lazy


CHANCES = (
    _Chance(
        MEASURES["placed_as_told"],
        "place-told",
        came=_(
            "Where people were told “%(told)s”, about %(share)s in 100 applications got a place"
        ),
        holds=_("What people are told of their chance of a place holds"),
        below=_("Fewer people get a place than they are told"),
        above=_("More people get a place than they are told"),
        mixed=_(
            "What people are told of their chance of a place is too much for some, and too "
            "little for others"
        ),
    ),
    _Chance(
        MEASURES["answered_as_told"],
        "answer-told",
        came=_("Where people were told “%(told)s”, about %(share)s in 100 had an answer in time"),
        holds=_("What people are told of answers within 10 days holds"),
        below=_("Fewer people have an answer within 10 days than they are told"),
        above=_("More people have an answer within 10 days than they are told"),
        mixed=_(
            "What people are told of answers within 10 days is too much for some, and too "
            "little for others"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What was told and what came of it, as of the end of a closed period.

    rows: one for each tenth that can be told. verdict: whether what is told holds, and `finding` of
    one tenth how it came out; both '' where too few people are behind every tenth.
    """

    measure: Measure
    dimension: str
    figures: Published
    rows: Sequence[Row]
    verdict: str = ""
    finding: str = ""


def told_and_came(latest_first: Sequence[Published]) -> list[Told]:
    """What was told of places and of answers, each of the latest period that is split by it; none
    of what no period says.
    """
    found = []
    for chance in CHANCES:
        for figures in latest_first:
            if rows := figures.split(chance.measure, chance.dimension):
                found.append(_told(chance, figures, rows))
                break
    return found


def _told(chance: _Chance, figures: Published, rows: Sequence[Row]) -> Told:
    told = Told(chance.measure, chance.dimension, figures, rows)
    came = [Came(int(row.code), *row.parts) for row in rows if row.parts is not None]
    # Each count may be off by half a step.
    found = calibration(came, STEP / 2)
    if found is None:
        return told
    row = next(row for row in rows if row.code == str(found.example.tenths))
    finding = str(chance.came) % {"told": row.label.lower(), "share": f"{row.shown.value:.0f}"}
    return replace(told, verdict=str(_verdict(chance, found)), finding=finding)


def _verdict(chance: _Chance, found: Calibration) -> Lazy:
    if found.below and found.above:
        return chance.mixed
    if found.below:
        return chance.below
    return chance.above if found.above else chance.holds
