"""What people do while they wait, as the delivery group may see it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from core.clock import today
from core.disclosure import rounded
from insights.disclosure import FEW, Shown
from insights.periods import Period
from insights.selectors.published import Published, published
from placements.models import UsefulLink

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
    """Figures of the running year (from April) and of the months, the first first, those that have
    been worked out; and links since `since`.
    """

    year: Published | None
    months: list[Published]
    links: list[Followed]
    since: date

    @property
    def closed(self) -> Published | None:
        """The latest month that is final."""
        return next((month for month in reversed(self.months) if month.closed), None)


def useful_wait() -> UsefulWait:
    """What there is. Two queries."""
    year = Period.year_of(today())
    months = [Period.month_of(today())]
    while len(months) < MONTHS:
        months.insert(0, months[0].before())
    found = published([*months, year])
    since = months[0].first
    return UsefulWait(
        found.get(year), [found[one] for one in months if one in found], _followed(since), since
    )


def _followed(since: date) -> list[Followed]:
    """How often links were followed, in the order in which people see them. Whoever follows one
    twice counts twice, so it is no count of people; it is rounded as if it were.
    """
    links = UsefulLink.objects.annotate(
        times=Sum("months__followed", filter=Q(months__month__gte=since), default=0)
    ).order_by("-kind", "title", "pk")
    return [
        Followed(link.title, str(link.get_kind_display()), _shown(link.times)) for link in links
    ]


def _shown(times: int) -> Shown:
    shown = rounded(times)
    return FEW if shown is None else Shown(float(shown))
