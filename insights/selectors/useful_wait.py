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
    """Figures of the running year (from April) and the one before, and of the months, the first
    first, those that have been worked out; and links since `since`.
    """

    years: list[Published]
    months: list[Published]
    links: list[Followed]
    since: date


def useful_wait() -> UsefulWait:
    """What there is. Two queries."""
    year = Period.year_of(today())
    months = [Period.month_of(today())]
    while len(months) < MONTHS:
        months.insert(0, months[0].before())
    years = [year.before(), year]
    found = {
        period: figures
        for period, figures in published([*months, *years]).items()
        # Periods that were closed before this was counted have nothing to say.
        if figures.total(taken_up_meanwhile.__name__) != NOTHING
    }
    since = months[0].first
    return UsefulWait(
        [found[one] for one in years if one in found],
        [found[one] for one in months if one in found],
        _followed(since),
        since,
    )


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
