"""The rows of the database as the tables that figures are worked out from, as of one moment.

Twenty queries or so, however many rows. When something happened is read from the audit trail, which
is written with each change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import models
from django.db.models import Min, Q, QuerySet
from numpy.typing import NDArray

from accounts.models import AuditEntry
from core.clock import LONDON, now
from core.models import Activity, Cause
from equality.models import EqualityAnswers
from insights import given_and_shown
from insights.measures.tables import (
    DAY,
    EQUALITY_QUESTIONS,
    ApplicationsTable,
    Days,
    GroupsTable,
    Index,
    PeopleTable,
    RolesTable,
    Tables,
    Tagged,
)
from insights.periods import Period
from opportunities.models import Opportunity, Organisation
from placements.models import Application, HoursEntry, StillGoing, TimedOffer
from placements.states import State
from volunteers.models import Volunteer

#: Who has not used the service for longer is not counted among those who wait.
CONFIRMED_WITHIN = timedelta(days=60)
_YEAR = 365.2425


def tables(period: Period) -> Tables:
    """The tables of a period as of its end, or of now where it has not ended."""
    at = min(period.ends_at, now())
    causes, headings = _headings()
    activities = list(Activity.objects.order_by("position", "code"))
    activity_numbers = {activity.pk: number for number, activity in enumerate(activities)}
    groups, group_rows = _groups(at, headings)
    roles, role_rows = _roles(at, group_rows, headings, activity_numbers)
    people, person_rows = _people(at, headings, activity_numbers)
    applications, application_rows = _applications(at, person_rows, role_rows)
    roles = _with_places(roles, role_rows, applications, at)
    placed = _has_place(applications, len(people.ids))
    return Tables(
        period=period,
        begins=_days(period.starts_at),
        at=_days(at),
        causes=tuple((cause.code, cause.name) for cause in causes),
        activities=tuple((activity.code, activity.name) for activity in activities),
        people=_waiting(people, applications, placed, at),
        applications=applications,
        roles=roles,
        groups=groups,
        hours=given_and_shown.hours(at, application_rows),
        showings=given_and_shown.showings(at, person_rows, role_rows),
    )


def _days(at: datetime | None) -> float:
    return np.nan if at is None else at.timestamp() / DAY


def _times(values: Iterable[datetime | None], until: datetime | None = None) -> Days:
    """Times in days; nan for none and for what is later than `until`."""
    found = np.array([_days(value) for value in values], np.float64)
    if until is not None:
        found[found >= _days(until)] = np.nan
    return found


def _columns(chosen: QuerySet[Any], *names: str) -> dict[str, tuple[Any, ...]]:
    rows = list(chosen.order_by("pk").values_list("pk", *names))
    columns = zip(*rows, strict=True) if rows else [()] * (len(names) + 1)
    return dict(zip(("pk", *names), columns, strict=True))


def _ids(column: Sequence[int]) -> tuple[Index, dict[int, int]]:
    return np.array(column, np.int64), {pk: row for row, pk in enumerate(column)}


def _texts(values: Sequence[str]) -> NDArray[np.str_]:
    return np.array(values, dtype=np.str_)


def _headings() -> tuple[list[Cause], dict[int, int]]:
    """The causes that are headings, and for each cause the number of its heading."""
    causes = list(Cause.objects.order_by("position", "code"))
    headings = [cause for cause in causes if cause.parent_id is None]
    numbers = {cause.pk: number for number, cause in enumerate(headings)}
    return headings, {cause.pk: numbers[cause.parent_id or cause.pk] for cause in causes}


def _tagged(
    model: type[models.Model], name: str, rows: dict[int, int], numbers: dict[int, int]
) -> Tagged:
    """(row, number of the tag) of a many-to-many list, each pair once."""
    field: Any = model._meta.get_field(name)
    through = field.remote_field.through._default_manager.order_by()
    pairs = through.values_list(field.m2m_column_name(), field.m2m_reverse_name())
    found = {
        (rows[row], numbers[tag]) for row, tag in pairs.iterator() if row in rows and tag in numbers
    }
    both = np.array(sorted(found), np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _groups(at: datetime, headings: dict[int, int]) -> tuple[GroupsTable, dict[int, int]]:
    chosen = Organisation.objects.verified().filter(verified_at__lt=at)
    column = _columns(chosen, "verified_at", "legal_form", "size", "network", "ward_code")
    ids, rows = _ids(column["pk"])
    return GroupsTable(
        ids=ids,
        joined=_times(column["verified_at"]),
        legal_form=_texts(column["legal_form"]),
        size=_texts(column["size"]),
        network=_texts(column["network"]),
        ward=_texts(column["ward_code"]),
        causes=_tagged(Organisation, "causes", rows, headings),
    ), rows


_ROLE = (
    *("organisation", "published_at", "closes_on", "status", "places"),
    *("from_home", "commitment", "weekly_slots", "ward_code"),
)


def _roles(
    at: datetime,
    group_rows: dict[int, int],
    headings: dict[int, int],
    activities: dict[int, int],
) -> tuple[RolesTable, dict[int, int]]:
    chosen = Opportunity.objects.filter(
        published_at__lt=at, organisation__in=Organisation.objects.verified()
    )
    column = _columns(chosen, *_ROLE)
    ids, rows = _ids(column["pk"])
    closed = _last_said("opportunity", "opportunity.closed", rows, at)
    ended = np.array(
        [np.nan if day is None else _days(_end_of(day)) for day in column["closes_on"]], np.float64
    )
    closed = np.fmin(closed, ended)
    closed[closed >= _days(at)] = np.nan
    is_closed = np.array([status == Opportunity.Status.CLOSED for status in column["status"]], bool)
    # Closed in a way that left no trace: it counts as closed.
    is_open = np.isnan(closed) & ~(is_closed & (at >= now()))
    places = np.array(column["places"], np.int64)
    return RolesTable(
        ids=ids,
        group=np.array([group_rows.get(pk, -1) for pk in column["organisation"]], np.int64),
        opened=_times(column["published_at"]),
        closed=closed,
        is_open=is_open,
        places=places,
        places_left=places,
        pending=np.zeros(len(ids), np.int64),
        from_home=np.array(column["from_home"], bool),
        one_off=np.array([c == Opportunity.Commitment.ONE_OFF for c in column["commitment"]], bool),
        slots=np.array(column["weekly_slots"], np.uint32),
        ward=_texts(column["ward_code"]),
        causes=_tagged(Opportunity, "causes", rows, headings),
        activities=_tagged(Opportunity, "activities", rows, activities),
    ), rows


def _end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON) + timedelta(days=1)


_PERSON = (
    *("created_at", "last_used_at", "waiting_since", "paused_at", "date_of_birth", "ward_code"),
    *("availability", "user", "user__is_active"),
)


def _people(
    at: datetime, headings: dict[int, int], activities: dict[int, int]
) -> tuple[PeopleTable, dict[int, int]]:
    """People with `waiting` where they were active, and `waiting_from` where that is known."""
    column = _columns(Volunteer.objects.filter(created_at__lt=at), *_PERSON)
    ids, rows = _ids(column["pk"])
    joined = _times(column["created_at"])
    acted = _last_acts(at, column["user"])
    # Only the last use is kept. Who used the service afterwards was still about: an earlier month
    # must not lose everybody who came back since.
    seen = np.fmax(np.fmax(joined, _times(column["last_used_at"])), acted)
    paused = _last_said("volunteer", "volunteer.paused", rows, at)
    paused = np.fmax(paused, _times(column["paused_at"], at))
    resumed = _last_said("volunteer", "volunteer.resumed", rows, at)
    is_paused = ~np.isnan(paused) & ~(resumed >= paused)
    active = np.array(column["user__is_active"], bool) & ~is_paused
    born = np.array([np.nan if b is None else b.toordinal() for b in column["date_of_birth"]])
    people = PeopleTable(
        ids=ids,
        joined=joined,
        seen=seen,
        waiting=active & (seen >= _days(at - CONFIRMED_WITHIN)),
        waiting_from=_times(column["waiting_since"], at),
        age=np.floor((at.astimezone(LONDON).date().toordinal() - born) / _YEAR),
        ward=_texts(column["ward_code"]),
        free=np.array(column["availability"], np.uint32),
        causes=_tagged(Volunteer, "causes", rows, headings),
        activities=_tagged(Volunteer, "activities", rows, activities),
        answers=_equality(column["user"]),
    )
    return people, rows


def _last_acts(at: datetime, users: Sequence[int]) -> Days:
    """When each person last did something that the audit trail has, within the last 60 days."""
    recent = AuditEntry.objects.filter(at__lt=at, at__gte=at - CONFIRMED_WITHIN, actor__in=users)
    last = dict(recent.order_by().values_list("actor").annotate(last=models.Max("at")))
    return _times(last.get(user) for user in users)


def _last_said(subject: str, action: str, rows: dict[int, int], at: datetime) -> Days:
    """When an action was last recorded of each row before `at`, nan where never."""
    entries = AuditEntry.objects.filter(subject_type=subject, action=action, at__lt=at)
    found = np.full(len(rows), np.nan)
    for pk, last in entries.order_by().values_list("subject_id").annotate(last=models.Max("at")):
        if pk in rows:
            found[rows[pk]] = _days(last)
    return found


def _equality(users: Sequence[int]) -> dict[str, NDArray[np.str_]]:
    given = {
        row[0]: row[1:]
        for row in EqualityAnswers.objects.values_list("user", *EQUALITY_QUESTIONS).iterator()
    }
    nothing = ("",) * len(EQUALITY_QUESTIONS)
    answers = zip(*(given.get(user, nothing) for user in users), strict=True)
    columns = list(answers) if users else [()] * len(EQUALITY_QUESTIONS)
    return {
        question: _texts(column)
        for question, column in zip(EQUALITY_QUESTIONS, columns, strict=True)
    }


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
    column = _columns(chosen, "volunteer", "opportunity", "came_by", "created_at", "reason")
    kept = [
        row
        for row, (person, role) in enumerate(
            zip(column["volunteer"], column["opportunity"], strict=True)
        )
        if person in person_rows and role in role_rows
    ]
    column = {name: tuple(values[row] for row in kept) for name, values in column.items()}
    ids, rows = _ids(column["pk"])
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
        channel=_texts(column["came_by"]),
        applied=_times(column["created_at"]),
        still_there=_still_there(rows, at),
        reason=np.where(np.isnan(times["declined"]), "", _texts(column["reason"])),
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
            found[State(action.partition(".")[2])][rows[pk]] = _days(first)
    return found


def _still_there(rows: dict[int, int], at: datetime) -> Days:
    """The last time of which somebody said that the person was there."""
    found = np.full(len(rows), np.nan)
    said = StillGoing.objects.filter(still_there=True, answered_at__lt=at)
    given = HoursEntry.objects.confirmed().filter(Q(confirmed_at__lt=at) & Q(day__lt=at.date()))
    for pk, answered in said.order_by().values_list("application", "answered_at").iterator():
        if pk in rows:
            found[rows[pk]] = np.fmax(found[rows[pk]], _days(answered))
    for pk, day in given.order_by().values_list("application").annotate(last=models.Max("day")):
        if pk in rows:
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            found[rows[pk]] = np.fmax(found[rows[pk]], _days(noon))
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
