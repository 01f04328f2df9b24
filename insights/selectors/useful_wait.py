"""What people do while they wait, as the delivery group may see it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from core.clock import today
from insights.disclosure import NOTHING, Shown, people_shown
from insights.measures import MEASURES, Measure
from insights.measures.useful_wait import taken_up_meanwhile
from insights.periods import Period
from insights.selectors.published import Published, published
from placements.models import UsefulLink

#: Places taken up; the share of people who did; people who gave confirmed hours; courses.
FIGURES: tuple[Measure, ...] = tuple(
    MEASURES[code]
    for code in ("taken_up_meanwhile", "used_the_wait", "useful_waits", "did_a_course")
)
#: Months that are shown, the running one among them.
MONTHS = 13


@dataclass(frozen=True, slots=True)
class Followed:
    """A link, and how often it was followed."""

    title: str
    kind: str
    times: Shown


@dataclass(frozen=True, slots=True)
class UsefulWait:
    """Figures of years (from April) and of months, the first first, those that have been worked
    out; and links since `since`, always of the whole borough. area: the ward that the figures are
    of, '' for the borough.
    """

    years: list[Published]
    months: list[Published]
    links: list[Followed]
    since: date
    area: str = ""


def useful_wait(period: Period | None = None, area: str = "") -> UsefulWait:
    """What there is: of the running year and the one before and of the last months, or of a period
    (a year with its months); of the borough, or of a ward by its code. Two queries.

    How often links are followed is counted by month and link alone, so of a ward there is nothing;
    and it is told of the last months together, since parts of them beside the whole could be told
    apart.
    """
    last = [Period.month_of(today())]
    while len(last) < MONTHS:
        last.insert(0, last[0].before())
    years, months = _asked(period, last)
    found = {
        one: narrowed
        for one, figures in published([*months, *years]).items()
        # Periods that were closed before this was counted have nothing to say, and those that run
        # have nothing of a ward.
        if (narrowed := figures.in_area(area)).total(taken_up_meanwhile.__name__) != NOTHING
    }
    since = last[0].first
    return UsefulWait(
        [found[one] for one in years if one in found],
        [found[one] for one in months if one in found],
        _followed(since),
        since,
        area,
    )


def _asked(period: Period | None, last: list[Period]) -> tuple[list[Period], list[Period]]:
    """The years and the months."""
    if period is None:
        year = Period.year_of(today())
        return [year.before(), year], last
    if period.is_year:
        return [period], list(period.months_in())
    return [], [period]


def _followed(since: date) -> list[Followed]:
    """How often links were followed, in the order in which people see them. Whoever follows one
    twice counts twice, so it is no count of people; it is rounded as if it were.
    """
    links = UsefulLink.objects.annotate(
        times=Sum("months__followed", filter=Q(months__month__gte=since), default=0)
    ).order_by("-kind", "title", "pk")
    return [
        Followed(link.title, str(link.get_kind_display()), people_shown(link.times))
        for link in links
    ]
