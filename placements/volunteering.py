"""What a person has to do with the roles they have or had a place in: times to come, hours."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet, Sum, prefetch_related_objects
from django.db.models.functions import TruncMonth

from opportunities.models import Opportunity
from placements import occasions, states
from placements.models import Application, Attendance, HoursEntry
from placements.occasions import Occasion
from volunteers.models import Volunteer

_CONFIRMED = Q(state=HoursEntry.State.CONFIRMED)
_SUM_CONFIRMED = Sum("minutes", filter=_CONFIRMED)
_SUM_OPEN = Sum("minutes", filter=~_CONFIRMED)


@dataclass(frozen=True)
class Minutes:
    """What somebody gave: confirmed by the group, and not (yet)."""

    confirmed: int = 0
    open: int = 0


@dataclass(frozen=True)
class Time:
    """One time to come, and what the person said of it ('' for nothing)."""

    occasion: Occasion
    said: str = ""


@dataclass(frozen=True)
class Place:
    """One place that a person has or had."""

    application: Application
    minutes: Minutes = Minutes()
    times: list[Time] = field(default_factory=list)

    @property
    def since(self) -> datetime:
        """Since when the person has it: the start or, before that, the yes."""
        return self.application.started_at or self.application.state_since

    @property
    def next_time(self) -> Time | None:
        """The next time at which the person is expected."""
        return next((t for t in self.times if t.said != Attendance.State.NOT_COMING), None)


@dataclass(frozen=True)
class Month:
    """What somebody gave in one month; `first` is its first day."""

    first: date
    minutes: Minutes


def taken_on(volunteer: Volunteer) -> QuerySet[Application]:
    """Give the places that a person has or had, the latest first, with role, group and dates."""
    return (
        Application.objects.filter(volunteer=volunteer, state__in=sorted(states.TAKEN_ON))
        .select_related("opportunity__organisation", "volunteer__user")
        .prefetch_related("opportunity__sessions")
        .order_by("-state_since", "-pk")
    )


def places_of(volunteer: Volunteer, *, times: int = 4) -> tuple[list[Place], list[Place]]:
    """Give the places that a person has, with the next times of each, and those they had. Four
    queries."""
    applications = list(taken_on(volunteer))
    of = minutes_of(applications)
    now_placed = [a for a in applications if a.state in states.PLACED]
    over = [a for a in applications if a.state not in states.PLACED]
    coming = times_of(now_placed, most=times)
    return (
        [Place(a, of.get(a.pk, Minutes()), coming[a.pk]) for a in now_placed],
        [Place(a, of.get(a.pk, Minutes())) for a in over],
    )


def placed_in(role: Opportunity, applications: Iterable[Application], *, times: int) -> list[Place]:
    """Give these applications for one role as the places that they are, with the next times of
    each. Three queries."""
    placed = list(applications)
    prefetch_related_objects([role], "sessions")
    for application in placed:
        application.opportunity = role
    of, coming = minutes_of(placed), times_of(placed, most=times)
    return [Place(a, of.get(a.pk, Minutes()), coming[a.pk]) for a in placed]


def times_of(applications: Iterable[Application], *, most: int) -> dict[int, list[Time]]:
    """Give the next times of each application's role, and what the person said of them. One query
    beside the roles' sessions."""
    ahead = {a.pk: occasions.ahead(a.opportunity, most=most) for a in applications}
    said = {
        (row.application_id, row.day, row.starts_at): row.state
        for row in Attendance.objects.filter(application__in=ahead)
    }
    return {
        pk: [Time(one, said.get((pk, one.day, one.starts_at), "")) for one in found]
        for pk, found in ahead.items()
    }


def minutes_of(applications: Iterable[Application]) -> dict[int, Minutes]:
    """Give what was given in each application's role, by its id. One query."""
    rows = (
        HoursEntry.objects.filter(application__in=[a.pk for a in applications])
        .order_by()
        .values("application")
        .annotate(confirmed=_SUM_CONFIRMED, open=_SUM_OPEN)
    )
    return {row["application"]: Minutes(row["confirmed"] or 0, row["open"] or 0) for row in rows}


def months_of(volunteer: Volunteer) -> list[Month]:
    """Give what a person gave month by month, the latest first. One query."""
    rows = (
        HoursEntry.objects.filter(application__volunteer=volunteer)
        .annotate(month=TruncMonth("day"))
        .order_by("-month")
        .values("month")
        .annotate(confirmed=_SUM_CONFIRMED, open=_SUM_OPEN)
    )
    return [Month(row["month"], Minutes(row["confirmed"] or 0, row["open"] or 0)) for row in rows]
