"""What comes of asking, step by step."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from insights.disclosure import Shown, Why
from insights.measures import MEASURES, Measure
from insights.selectors.published import Published
from insights.wording import in_words, number

STEPS: tuple[Measure, ...] = tuple(
    MEASURES[code] for code in ("applied", "answered", "placed", "started")
)
STILL_THERE: Measure = MEASURES["still_there_after_three_months"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step and how often it was taken in the period."""

    measure: Measure
    shown: Shown


@dataclass(frozen=True, slots=True)
class Funnel:
    """The steps of a period, and the share of those who had begun earlier that stayed."""

    steps: tuple[Step, ...]
    still_there: Shown
    sentence: str


def funnel(figures: Published) -> Funnel:
    """The funnel of a period, from its published figures."""
    steps = tuple(Step(measure, figures.total(measure)) for measure in STEPS)
    return Funnel(steps, figures.total(STILL_THERE), _sentence(figures))


def _sentence(figures: Published) -> str:
    applied, placed = figures.total("applied"), figures.total("placed")
    words = {"when": figures.of_what}
    if not figures.period.is_over(figures.worked_out_at):
        words["when"] = _("%(when)s, so far") % words
    if applied.why == Why.KEPT_BACK:
        return _("%(when)s: how often people asked for a role is kept back") % words
    if applied.value is None:
        return _("%(when)s: too few people asked for a role to say what came of it") % words
    words["applied"] = number(applied.value)
    if placed.why == Why.KEPT_BACK:
        return _("%(when)s: people asked about %(applied)s times") % words
    if placed.value is None:
        said = _("%(when)s: people asked about %(applied)s times, and got fewer than 8 places")
        return said % words
    words["placed"] = number(placed.value)
    return _("%(when)s: people asked about %(applied)s times, and got about %(placed)s places") % (
        words
    )


def still_there_sentence(figures: Published) -> str:
    """How many of those who had begun stayed for three months; '' where it is not known."""
    shown = figures.total(STILL_THERE)
    if shown.value is None:
        return ""
    return _(
        "Of the placements that had begun four months before, %(share)s still went on after three."
    ) % {"share": in_words(STILL_THERE, shown)}
