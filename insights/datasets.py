"""The rows of the database as the tables that figures are worked out from, as of one moment.

Thirty queries or so, however many rows. When something happened is read from the audit trail, which
is written with each change. What rows said at the moment, where they say something else now, is
read from there too, and of people from `volunteers.EarlierProfile` and `volunteers.EarlierUse`.

Dates of birth and answers to the equality questions are those of the day on which figures are
worked out: no history of them is kept. Who has deleted their account by then is in none.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import models
from django.db.models import Min, Q
from numpy.typing import NDArray

from accounts.models import AuditEntry
from core.clock import LONDON, now
from core.models import Activity, Cause
from equality.models import EqualityAnswers
from insights import given_and_shown, people_then
from insights.columns import (
    as_they_were,
    columns_of,
    day_of,
    days_of,
    earlier_details,
    earlier_profiles,
    first_said,
    last_said,
    numbered,
    tagged,
    texts,
)
from insights.measures.tables import (
    EQUALITY_QUESTIONS,
    ApplicationsTable,
    Days,
    GroupsTable,
    PeopleTable,
    RolesTable,
    Tables,
)
from insights.periods import CLOSES_AFTER, Period
from opportunities.models import Opportunity, Organisation
from placements.models import Application, HoursEntry, StillGoing, TimedOffer
from placements.states import State
from volunteers.models import Volunteer
from volunteers.policies import CONFIRMED_WITHIN

_YEAR = 365.2425
#: Number of a tag, by id and by code.
Numbers = dict[int | str, int]


def tables(period: Period) -> Tables:
    """The tables of a period as of its end, or of now where it has not ended."""
    moment = now()
    at = min(period.ends_at, moment)
    causes, headings = _headings()
    activities = list(Activity.objects.order_by("position", "code"))
    activity_numbers: Numbers = {
        key: number
        for number, activity in enumerate(activities)
        for key in (activity.pk, activity.code)
    }
    groups, group_rows = _groups(at, headings)
    roles, role_rows = _roles(at, group_rows, headings, activity_numbers, is_now=at == moment)
    standing = groups.standing[roles.group]
    roles = replace(roles, is_open=roles.is_open & standing, paused=roles.paused & standing)
    people, person_rows = _people(at, headings, activity_numbers)
    applications, application_rows = _applications(at, person_rows, role_rows)
    roles = _with_places(roles, role_rows, applications, at)
    placed = _has_place(applications, len(people.ids))
    return Tables(
        period=period,
        begins=day_of(period.starts_at),
        at=day_of(at),
        causes=tuple((cause.code, cause.name) for cause in causes),
        activities=tuple((activity.code, activity.name) for activity in activities),
        people=_waiting(people, applications, placed, at),
        applications=applications,
        roles=roles,
        groups=groups,
        hours=given_and_shown.hours(application_rows, min(period.ends_at + CLOSES_AFTER, moment)),
        showings=given_and_shown.showings(at, person_rows, role_rows),
        courses=given_and_shown.courses(at, person_rows),
    )


def _headings() -> tuple[list[Cause], Numbers]:
    """The causes that are headings, and for each cause, by id and by code, the number of its
    heading.
    """
    causes = list(Cause.objects.order_by("position", "code"))
    headings = [cause for cause in causes if cause.parent_id is None]
    numbers = {cause.pk: number for number, cause in enumerate(headings)}
    return headings, {
        key: numbers[cause.parent_id or cause.pk]
        for cause in causes
        for key in (cause.pk, cause.code)
    }


def _groups(at: datetime, headings: Numbers) -> tuple[GroupsTable, dict[int, int]]:
    """Groups that were ever checked: also of one that is stopped people asked, and have places."""
    chosen = Organisation.objects.filter(verified_at__lt=at)
    names = ("verified_at", "suspended_at", "legal_form", "size", "network", "ward_code")
    earlier = earlier_details("organisation", ["organisation.changed"], at)
    column = as_they_were(Organisation, columns_of(chosen, *names), earlier)
    ids, rows = numbered(column["pk"])
    stopped = last_said("organisation", "organisation.suspended", rows, at)
    stopped = np.fmax(stopped, days_of(column["suspended_at"], at))
    reinstated = last_said("organisation", "organisation.reinstated", rows, at)
    return GroupsTable(
        ids=ids,
        joined=days_of(column["verified_at"]),
        standing=np.isnan(stopped) | (reinstated >= stopped),
        legal_form=texts(column["legal_form"]),
        size=texts(column["size"]),
        network=texts(column["network"]),
        ward=texts(column["ward_code"]),
        causes=tagged(Organisation, "causes", rows, headings, earlier),
    ), rows


_ROLE = (
    *("organisation", "published_at", "closes_on", "status", "places", "catching_up_since"),
    *("from_home", "commitment", "weekly_slots", "ward_code"),
)
#: What makes a role public, and what changes what it says.
_PUBLISHES = ("opportunity.published", "opportunity.imported")
_CHANGES = ("opportunity.changed", "opportunity.imported", "opportunity.reconciled")

#: States of roles that people see.
_PUBLIC = (Opportunity.Status.OPEN.value, Opportunity.Status.FULL.value)


def _roles(
    at: datetime,
    group_rows: dict[int, int],
    headings: Numbers,
    activities: Numbers,
    *,
    is_now: bool,
) -> tuple[RolesTable, dict[int, int]]:
    """Roles that were ever public by then; `is_open` whatever has become of their groups."""
    published = AuditEntry.objects.filter(
        subject_type="opportunity", action__in=_PUBLISHES, at__lt=at
    )
    # A role that was taken off and published again has the time of the last.
    chosen = Opportunity.objects.filter(
        Q(published_at__lt=at) | Q(pk__in=published.values("subject_id")),
        published_at__isnull=False,
        organisation__verified_at__lt=at,
    )
    earlier = earlier_details("opportunity", _CHANGES, at)
    column = as_they_were(Opportunity, columns_of(chosen, *_ROLE), earlier)
    ids, rows = numbered(column["pk"])
    last = days_of(column["published_at"], at)
    opened = np.fmin(first_said("opportunity", "opportunity.published", rows, at), last)
    last = np.fmax(last_said("opportunity", "opportunity.published", rows, at), last)
    closed = np.fmax(
        last_said("opportunity", "opportunity.closed", rows, at),
        last_said("opportunity", "opportunity.held_back", rows, at),
    )
    closed[closed < last] = np.nan
    ended = np.array(
        [np.nan if day is None else day_of(_end_of(day)) for day in column["closes_on"]], np.float64
    )
    closed = np.fmin(closed, ended)
    closed[closed >= day_of(at)] = np.nan
    is_open = np.isnan(closed)
    if is_now:
        # Taken off in a way that left no trace.
        is_open &= np.isin(texts(column["status"]), _PUBLIC)
    places = np.array(column["places"], np.int64)
    paused = _is_paused(column["catching_up_since"], rows, at)
    return RolesTable(
        ids=ids,
        group=np.array([group_rows[pk] for pk in column["organisation"]], np.int64),
        opened=opened,
        closed=closed,
        is_open=is_open & ~paused,
        paused=is_open & paused,
        places=places,
        places_left=places,
        pending=np.zeros(len(ids), np.int64),
        from_home=np.array(column["from_home"], bool),
        one_off=np.array([c == Opportunity.Commitment.ONE_OFF for c in column["commitment"]], bool),
        slots=np.array(column["weekly_slots"], np.uint32),
        ward=texts(column["ward_code"]),
        causes=tagged(Opportunity, "causes", rows, headings, earlier),
        activities=tagged(Opportunity, "activities", rows, activities, earlier),
    ), rows


def _is_paused(
    since: Sequence[datetime | None], rows: dict[int, int], at: datetime
) -> NDArray[np.bool_]:
    """Which roles took nobody until their groups had answered those who waited too long."""
    paused = last_said("opportunity", "opportunity.catching_up", rows, at)
    paused = np.fmax(paused, days_of(since, at))
    went_on = last_said("opportunity", "opportunity.caught_up", rows, at)
    return ~np.isnan(paused) & ~(went_on >= paused)


def _end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON) + timedelta(days=1)


_PERSON = (
    *("created_at", "last_used_at", "waiting_since", "paused_at", "date_of_birth", "ward_code"),
    *("availability", "can_start_from", "user", "user__is_active"),
)


def _people(
    at: datetime, headings: Numbers, activities: Numbers
) -> tuple[PeopleTable, dict[int, int]]:
    """People with `waiting` where they were active, and `waiting_from` where that is known."""
    earlier = earlier_profiles(at)
    chosen = Volunteer.objects.filter(created_at__lt=at)
    column = as_they_were(Volunteer, columns_of(chosen, *_PERSON), earlier)
    ids, rows = numbered(column["pk"])
    joined = days_of(column["created_at"])
    seen = np.fmax(joined, people_then.last_seen(at, column, rows))
    paused = last_said("volunteer", "volunteer.paused", rows, at)
    paused = np.fmax(paused, days_of(column["paused_at"], at))
    resumed = last_said("volunteer", "volunteer.resumed", rows, at)
    is_paused = ~np.isnan(paused) & ~(resumed >= paused)
    active = people_then.accounts_in_use(column, at) & ~is_paused & _looks(column, at)
    born = np.array([np.nan if b is None else b.toordinal() for b in column["date_of_birth"]])
    people = PeopleTable(
        ids=ids,
        joined=joined,
        seen=seen,
        waiting=active & (seen >= day_of(at - CONFIRMED_WITHIN)),
        waiting_from=days_of(column["waiting_since"], at),
        age=np.floor((at.astimezone(LONDON).date().toordinal() - born) / _YEAR),
        ward=texts(column["ward_code"]),
        free=np.array(column["availability"], np.uint32),
        causes=tagged(Volunteer, "causes", rows, headings, earlier),
        activities=tagged(Volunteer, "activities", rows, activities, earlier),
        answers=_equality(column["user"]),
    )
    return people, rows


def _looks(column: dict[str, tuple[Any, ...]], at: datetime) -> NDArray[np.bool_]:
    """Who asked for a role that could start by then: who leaves a place says whether they want
    another one.
    """
    looks = np.array([since is not None for since in column["waiting_since"]], bool)
    day = at.astimezone(LONDON).date()
    ready = np.array([start is None or start <= day for start in column["can_start_from"]], bool)
    return looks & ready


def _equality(users: Sequence[int]) -> dict[str, NDArray[np.str_]]:
    given = {
        row[0]: row[1:]
        for row in EqualityAnswers.objects.values_list("user", *EQUALITY_QUESTIONS).iterator()
    }
    nothing = ("",) * len(EQUALITY_QUESTIONS)
    answers = zip(*(given.get(user, nothing) for user in users), strict=True)
    columns = list(answers) if users else [()] * len(EQUALITY_QUESTIONS)
    return {
        question: texts(column)
        for question, column in zip(EQUALITY_QUESTIONS, columns, strict=True)
    }


_APPLICATION = (
    *("volunteer", "opportunity", "came_by", "created_at", "reason"),
    *("told_place", "told_answer"),
)
#: What the audit trail calls each time of an application, the first of them.
_MOVES = {
    "answered": (State.INVITED, State.OFFERED, State.ACCEPTED, State.DECLINED),
    "offered": (State.OFFERED, State.ACCEPTED),
    "placed": (State.ACCEPTED,),
    "started": (State.STARTED,),
    "ended": (State.ENDED,),
    "declined": (State.DECLINED,),
    "over": (State.DECLINED, State.WITHDRAWN, State.LAPSED),
}


def _applications(
    at: datetime, person_rows: dict[int, int], role_rows: dict[int, int]
) -> tuple[ApplicationsTable, dict[int, int]]:
    chosen = Application.objects.filter(created_at__lt=at)
    column = columns_of(chosen, *_APPLICATION)
    kept = [
        row
        for row, (person, role) in enumerate(
            zip(column["volunteer"], column["opportunity"], strict=True)
        )
        if person in person_rows and role in role_rows
    ]
    column = {name: tuple(values[row] for row in kept) for name, values in column.items()}
    ids, rows = numbered(column["pk"])
    moves = _first_moves(rows, at)
    times = {
        name: np.fmin.reduce([moves[state] for state in states]) for name, states in _MOVES.items()
    }
    # Who withdraws from a place has had it: that ends a placement.
    withdrew = ~np.isnan(times["placed"]) & ~np.isnan(times["over"])
    times["ended"] = np.where(withdrew, np.fmin(times["ended"], times["over"]), times["ended"])
    times["over"] = np.where(withdrew, np.nan, times["over"])
    return ApplicationsTable(
        ids=ids,
        person=np.array([person_rows[pk] for pk in column["volunteer"]], np.int64),
        role=np.array([role_rows[pk] for pk in column["opportunity"]], np.int64),
        channel=texts(column["came_by"]),
        applied=days_of(column["created_at"]),
        still_there=_still_there(rows, at),
        reason=np.where(np.isnan(times["declined"]), "", texts(column["reason"])),
        told_place=np.array(column["told_place"], np.float64),
        told_answer=np.array(column["told_answer"], np.float64),
        **times,
    ), rows


def _first_moves(rows: dict[int, int], at: datetime) -> dict[State, Days]:
    """When each application first came into each state before `at`, nan where never."""
    entries = AuditEntry.objects.filter(
        subject_type="application",
        action__in=[f"application.{state.value}" for state in State],
        at__lt=at,
    )
    firsts = entries.order_by().values_list("subject_id", "action").annotate(first=Min("at"))
    found = {state: np.full(len(rows), np.nan) for state in State}
    for pk, action, first in firsts.iterator():
        if pk in rows:
            found[State(action.partition(".")[2])][rows[pk]] = day_of(first)
    return found


def _still_there(rows: dict[int, int], at: datetime) -> Days:
    """The last time of which somebody said that the person was there."""
    found = np.full(len(rows), np.nan)
    said = StillGoing.objects.filter(still_there=True, answered_at__lt=at)
    given = HoursEntry.objects.confirmed().filter(Q(confirmed_at__lt=at) & Q(day__lt=at.date()))
    for pk, answered in said.order_by().values_list("application", "answered_at").iterator():
        if pk in rows:
            found[rows[pk]] = np.fmax(found[rows[pk]], day_of(answered))
    for pk, day in given.order_by().values_list("application").annotate(last=models.Max("day")):
        if pk in rows:
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            found[rows[pk]] = np.fmax(found[rows[pk]], day_of(noon))
    return found


def _with_places(
    roles: RolesTable, rows: dict[int, int], applications: ApplicationsTable, at: datetime
) -> RolesTable:
    """Complete how many places each role had left at the moment, and how many people waited."""
    live = TimedOffer.objects.filter(made_at__lt=at).filter(
        Q(ended_at__isnull=True) | Q(ended_at__gte=at)
    )
    offers = [
        rows[pk] for pk in live.order_by().values_list("opportunity", flat=True) if pk in rows
    ]
    number = len(roles.ids)
    held = np.bincount(applications.role[applications.holding], minlength=number)
    held += np.bincount(np.array(offers, np.int64), minlength=number)
    pending = np.bincount(applications.role[applications.pending], minlength=number)
    return replace(roles, places_left=np.maximum(roles.places - held, 0), pending=pending)


def _has_place(applications: ApplicationsTable, people: int) -> NDArray[np.bool_]:
    """Which people have a place at the moment of the tables."""
    has = ~np.isnan(applications.placed) & np.isnan(applications.ended)
    return np.bincount(applications.person[has], minlength=people) > 0


def _waiting(
    people: PeopleTable, applications: ApplicationsTable, placed: NDArray[np.bool_], at: datetime
) -> PeopleTable:
    """Complete who waits, and since when: without a place, since they came or their last ended."""
    last_ended = np.full(len(people.ids), np.nan)
    np.fmax.at(last_ended, applications.person, applications.ended)
    since = np.fmax(people.joined, last_ended)
    # What the person said themselves is better, where it is of that time.
    known = np.isnan(people.waiting_from) | (people.waiting_from < since)
    waiting_from = np.where(known, since, people.waiting_from)
    waiting = people.waiting & ~placed
    return replace(people, waiting=waiting, waiting_from=np.where(waiting, waiting_from, np.nan))
