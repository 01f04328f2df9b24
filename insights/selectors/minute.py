"""How volunteering in the borough stands, in a minute: headlines and the figures behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.clock import today
from insights.changes import Change, change
from insights.disclosure import Shown, Why
from insights.findings import OF_THE_MINUTE, finding, headlines
from insights.measures import MEASURES, Measure, Unit
from insights.models import Target
from insights.periods import Period
from insights.selectors.levers import levers
from insights.selectors.published import (
    BY_WARD,
    Known,
    Published,
    first_month,
    is_alike,
    published,
)
from insights.selectors.targets import is_met, target_in_words, targets_of
from insights.selectors.worth_creating import Plan, roles_worth_creating
from insights.wording import in_words, period_in_words, written

#: The figures of a ward: those of the first page that are by ward, and placements.
OF_A_WARD: tuple[Measure, ...] = tuple(
    measure for measure in (*OF_THE_MINUTE, MEASURES["placed"]) if BY_WARD in measure.by
)
#: The number who wait is set beside that of so many months ago.
_TREND = 6
#: Units that can be compared though a month is not over yet.
_NOT_COUNTED_UP = (Unit.DAYS, Unit.SHARE, Unit.INDEX, Unit.PER_PLACE)


@dataclass(frozen=True, slots=True)
class Card:
    """One figure: its finding in a sentence, its number, and how it differs from the month before
    and from the same month a year ago.
    """

    measure: Measure
    finding: str
    number: str
    shown: Shown
    changes: tuple[Change, ...]
    target: Target | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None where there is none, or that is not known."""
        return is_met(self.measure, self.target, self.shown) if self.target else None

    @property
    def target_words(self) -> str:
        """Such as "Target: 14 days, not reached"; '' where there is none."""
        return target_in_words(self.measure, self.target, self.shown) if self.target else ""


@dataclass(frozen=True)
class Minute:
    """The first page. figures: of the newest month that has been worked out, or of the period and
    ward asked for; closed: of the last month that is final, or of that period; either is None where
    it has not been worked out. since: since when there are figures, where that is too short to hold
    them against the year before; '' where it is not.
    """

    figures: Published | None
    closed: Published | None
    headlines: list[str]
    cards: list[Card]
    plan: Plan | None
    since: str = ""


def minute(known: Sequence[Known]) -> Minute:
    """The first page as of the last night. known: the periods that there are figures of. In the
    first hours of a month, before its first night's work, it is of the month before. Four queries.
    """
    months = (one.period for one in known if not one.period.is_year)
    month = max(months, default=Period.month_of(today()))
    before = (month.before(), month.before().before())
    earlier = month.months_before(_TREND)
    found = published([month, *before, earlier, month.a_year_before()])
    figures = found.get(month)
    latest = (month, *before)
    closed = next((found[one] for one in latest if one in found and found[one].closed), None)
    plan = roles_worth_creating()
    if figures is None:
        return Minute(None, closed, [], [], plan)
    simulated = levers()
    would = simulated.sentence if simulated else ""
    said = headlines(figures, closed, would or (plan.sentence if plan else ""), found.get(earlier))
    targets = targets_of(month)
    alike = _alike(found, first_month(known))
    cards = _cards(OF_THE_MINUTE, figures, alike, targets)
    return Minute(figures, closed, said, cards, plan, _since(month, known))


def minute_of(period: Period, known: Sequence[Known], area: str = "") -> Minute:
    """The same of one period, and of one ward where `area` is its code. Two queries."""
    found = {
        when: figures.in_area(area)
        for when, figures in published([period, period.before(), period.a_year_before()]).items()
    }
    figures = found.get(period)
    if figures is None:
        return Minute(None, None, [], [], None)
    closed = figures if figures.closed else None
    alike = _alike(found, first_month(known))
    if area:
        cards = _cards(OF_A_WARD, figures, alike, {})
    else:
        cards = _cards(OF_THE_MINUTE, figures, alike, targets_of(period))
    said = headlines(figures, None if area else closed)
    return Minute(figures, closed, said, cards, None, _since(period, known))


def _alike(found: Mapping[Period, Published], first: Period | None) -> dict[Period, Published]:
    """Those of the periods that the latest may be held against, and itself: the month before, and
    a year before where it is alike.
    """
    latest = max(found, default=None)
    if latest is None or is_alike(latest.a_year_before(), first):
        return dict(found)
    return {period: one for period, one in found.items() if period != latest.a_year_before()}


def _since(period: Period, known: Sequence[Known]) -> str:
    """Since when there are figures, where those of the year before are not held against these."""
    first = first_month(known)
    if first is None or is_alike(period.a_year_before(), first):
        return ""
    return _(
        "There are figures from %(month)s on. They are set beside those of a year before when "
        "there are two years of them."
    ) % {"month": period_in_words(first)}


def _cards(
    measures: Sequence[Measure],
    figures: Published,
    found: Mapping[Period, Published],
    targets: Mapping[str, Target],
) -> list[Card]:
    """A card for each figure. Where half have no place yet, that nine in ten have none says no
    more, and is left out.
    """
    half = figures.total("days_until_placed")
    left_out = "longest_waits" if half.why == Why.NOT_REACHED else ""
    return [
        _card(measure, figures, found, targets.get(measure.code))
        for measure in measures
        if measure.code != left_out
    ]


def _card(
    measure: Measure,
    figures: Published,
    found: Mapping[Period, Published],
    target: Target | None,
) -> Card:
    shown = figures.total(measure)
    others = [(figures.period.a_year_before(), _("a year ago"))]
    if not figures.period.is_year:
        others.insert(0, (figures.period.before(), _("a month ago")))
    changes = tuple(
        _change(measure, shown, found[period], when)
        for period, when in others
        # That it was not reached before either is no news.
        if period in found and not shown.why == found[period].total(measure).why == Why.NOT_REACHED
    )
    sentence = finding(measure, figures)
    return Card(measure, sentence, written(measure, shown), shown, changes, target)


def _change(measure: Measure, shown: Shown, before: Published, when: str) -> Change:
    if measure.of_moment or measure.unit in _NOT_COUNTED_UP:
        return change(measure, shown, before.total(measure), when)
    # What counts up through a month is held against no month that is over.
    words = {
        "month": period_in_words(before.period),
        "number": in_words(measure, before.total(measure)),
    }
    return Change(_("In %(month)s: %(number)s") % words)
