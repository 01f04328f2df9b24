"""Unmet supply as everybody but the broker may read it: who waits for the same, and what stops
them.

Figures stay for a month, so that two nights cannot be held against each other; groups of fewer than
8 people are not spoken of at all (promise 4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from core.clock import LONDON, today
from core.disclosure import FEWEST, rounded
from core.places.wards import WARDS, ward_name
from insights.analysis.protection import Given, what_to_give
from insights.disclosure import (
    FEW,
    KEPT_BACK,
    NOTHING,
    ROUNDING,
    Shown,
    part_shown,
    people_shown,
)
from insights.measures.people import LEAST_FOR_MEDIAN
from insights.models import Segment, UnmetWeek
from insights.periods import Period
from insights.proposed_roles import ProposedRole
from insights.segment_titles import quarter_of
from insights.selectors.more_places import MorePlaces, more_places_for
from insights.selectors.published import Row, most_first
from insights.selectors.serving import PlannedFor, planned_for, planned_roles, role_for
from matching.wording import names

#: Kinds, causes and skills that are shown, at most.
_MOST = 8


@dataclass(frozen=True)
class Stop:
    """What stops people: the codes of the rules, one or more together, and how many people."""

    rules: tuple[str, ...]
    people: Shown


@dataclass(frozen=True)
class Stops:
    """What keeps some people from a role. people: all of them. alone: by each rule alone; together:
    by two, where neither alone would do; both with most people first. more: only by more than two.
    no_kind: no role of their kinds of work is open.
    """

    people: Shown
    alone: list[Stop]
    together: list[Stop]
    more: Shown
    no_kind: Shown


@dataclass(frozen=True)
class PublishedSegment:
    """People who wait for much the same, as of `month`. free: in each of the week's 21 slots.
    places: of open roles of this kind that suit at least one of them; for_most: that suit at least
    half of them, None where that was not counted; per_place: people for each of these, None where
    there is none. planned: roles of the plan that are for them. role: one that there could be for
    them, None where they have no kind of work in common.
    kinds, causes, skills, wards, ways: people by each, the most first.
    """

    pk: int
    name: str
    month: Period
    people: Shown
    places: int
    for_most: int | None
    per_place: float | None
    planned: list[PlannedFor]
    role: ProposedRole | None
    waited: Shown
    kinds: list[Row]
    causes: list[Row]
    skills: list[Row]
    wards: list[Row]
    ways: list[Row]
    free: list[Shown]
    stops: Stops

    @property
    def has_places(self) -> bool:
        """Whether there are as many places for most of them as people, as far as either is shown:
        then it is not places that are missing.
        """
        return (self.for_most or 0) >= (self.people.value or FEWEST)

    def people_in(self, ward: str) -> Shown:
        """How many of them live in a ward, by its code."""
        return next((row.shown for row in self.wards if row.code == ward), NOTHING)


@dataclass(frozen=True)
class Month:
    """People of a segment and places that suit them, as they stood in a month. places, for_most,
    per_place: as of `PublishedSegment`.
    """

    month: Period
    people: Shown
    places: int
    for_most: int | None
    per_place: float | None


@dataclass(frozen=True)
class SegmentInFull:
    """A segment with its months, and what more places of its kind, at its times, would do."""

    segment: PublishedSegment
    months: list[Month]
    roles: list[MorePlaces]


@dataclass(frozen=True)
class PublishedUnmet:
    """The borough as of `week` (its Monday), the first that was looked at in the month. unmatched:
    people whom no open role suits.
    """

    week: date
    waiting: Shown
    unmatched: Shown
    stops: Stops


def published_segments(ward: str = "") -> list[PublishedSegment]:
    """Segments of at least 8 people, the largest first; those of a ward where its code is given.
    Two queries.

    A segment is of the wards that its name names, and of those that some of its people are shown to
    live in. Its other numbers are of all its people: of those in one ward there are none. Of months
    before there are no lists.
    """
    planned = planned_roles()
    shown = [(row, _published(row, planned)) for row in segments_shown()]
    found = [one for row, one in shown if not ward or _is_of(ward, row, one)]
    return sorted(found, key=lambda one: (-(one.people.value or 0), one.name))


def _is_of(ward: str, row: Segment, one: PublishedSegment) -> bool:
    is_named = ward in row.area or (bool(row.quarter) and quarter_of(ward) == row.quarter)
    live_there = one.people_in(ward)
    return is_named or bool(live_there.value) or live_there == FEW


def segment_in_full(pk: int) -> SegmentInFull | None:
    """One segment; None where there is none, or it has fewer than 8 people. Five queries or so."""
    row = Segment.objects.told().filter(pk=pk).first()
    if row is None or not _may_be_shown(row):
        return None
    return SegmentInFull(_published(row, planned_roles()), _months(row), more_places_for(row))


def segments_shown() -> list[Segment]:
    """Segments that are told of, of at least 8 people. One query."""
    return [row for row in Segment.objects.told() if _may_be_shown(row)]


def published_unmet() -> PublishedUnmet | None:
    """What stops people, as it was found when it was first looked at in this month; of the latest
    month before where that has not been done yet. At most three queries.
    """
    row = _week_of_month()
    if row is None:
        return None
    return PublishedUnmet(
        week=row.week,
        waiting=people_shown(row.waiting),
        unmatched=part_shown(row.unmatched, row.waiting),
        stops=_stops(row.stops),
    )


def _may_be_shown(row: Segment) -> bool:
    return int(row.published["people"]) >= FEWEST


def _published(row: Segment, planned: Sequence[ProposedRole]) -> PublishedSegment:
    figures: Mapping[str, Any] = row.published
    people = int(figures["people"])
    median = figures["waited_days"] if people >= LEAST_FOR_MEDIAN else None
    for_most = figures.get("places_for_most")
    free = [people_shown(round(share * people)) for share in figures["heat"]]
    wards = _wards(figures["wards"])
    return PublishedSegment(
        pk=row.pk,
        name=row.name,
        month=Period.of_code(row.published_month),
        people=people_shown(people),
        places=int(figures["places"]),
        for_most=for_most,
        per_place=_per_place(people, for_most or 0),
        planned=planned_for(row, planned),
        role=role_for(row, free, wards),
        waited=FEW if median is None else Shown(float(median)),
        kinds=_shares(figures["kinds"], people, "Activity"),
        causes=_shares(figures["causes"], people, "Cause"),
        skills=_shares(figures["skills"], people, "Skill"),
        wards=wards,
        ways=_ways(figures["ways"]),
        free=free,
        stops=_stops(figures["stops"]),
    )


def _per_place(people: int, places: int) -> float | None:
    shown = rounded(people)
    return round(shown / places, 1) if shown and places else None


def _shares(shares: Sequence[Sequence[Any]], people: int, kind: names.Kind) -> list[Row]:
    """Tags that enough people have; those of fewer are not spoken of. Those that look alike are in
    the order of their names.
    """
    counted = [(code, round(share * people)) for code, share in shares]
    rows = [
        Row(code, _capital(names.name(kind, code)), people_shown(count))
        for code, count in counted
        if count >= FEWEST
    ]
    return most_first(sorted(rows, key=lambda row: row.label))[:_MOST]


def _wards(wards: Mapping[str, int]) -> list[Row]:
    """They add up to the people of the segment, so more may have to be kept back."""
    everywhere = {**{ward.code: 0 for ward in WARDS}, **wards}
    pairs = sorted(everywhere.items())
    alone = [people_shown(count) for __, count in pairs]
    small = [one == FEW for one in alone]
    given = what_to_give([count for __, count in pairs], small, ROUNDING)
    rows = [
        Row(
            code, ward_name(code) or _("Outside Harrow"), KEPT_BACK if say == Given.NOTHING else one
        )
        for (code, __), one, say in zip(pairs, alone, given, strict=True)
    ]
    return most_first(rows)


def _ways(ways: Mapping[str, int]) -> list[Row]:
    labels = {
        "regular": _("Something regular"),
        "one_off": _("Something once"),
        "from_home": _("Something from home"),
    }
    return [Row(code, label, people_shown(ways.get(code, 0))) for code, label in labels.items()]


def _stops(stops: Mapping[str, Any]) -> Stops:
    return Stops(
        people=people_shown(stops["people"]),
        alone=[Stop((rule,), people_shown(people)) for rule, people in stops["alone"]],
        together=[Stop(tuple(rules), people_shown(people)) for rules, people in stops["together"]],
        more=people_shown(stops["more"]),
        no_kind=people_shown(stops["no_kind"]),
    )


def _months(row: Segment) -> list[Month]:
    """As it stood when it was first looked at in each month, when figures are published: it is in
    no month that began without it.
    """
    first: dict[Period, date] = {}
    for week, made_at in UnmetWeek.objects.order_by("made_at").values_list("week", "made_at"):
        first.setdefault(_month_of(made_at), week)
    month_of = {week: month for month, week in first.items()}
    return [
        Month(
            month=month_of[one.week],
            people=people_shown(one.people),
            places=one.places,
            for_most=one.places_for_most,
            per_place=_per_place(one.people, one.places_for_most or 0),
        )
        for one in row.weeks.filter(week__in=month_of).order_by("week")
    ]


def _week_of_month() -> UnmetWeek | None:
    """What was found first in this month, else in the last in which anything was.

    A month here is that of the day on which it was found, as it is for segments
    (`insights.services.segments`), and not that of the week's Monday: of what was found on Tuesday
    the 1st and on Monday the 7th only the first is published, of both.
    """
    rows = UnmetWeek.objects.order_by("made_at")
    this_month = rows.filter(made_at__gte=Period.month_of(today()).starts_at).first()
    if this_month is not None:
        return this_month
    last = rows.last()
    return rows.filter(made_at__gte=_month_of(last.made_at).starts_at).first() if last else None


def _month_of(moment: datetime) -> Period:
    return Period.month_of(moment.astimezone(LONDON).date())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
