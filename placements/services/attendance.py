"""Who means to come, and who was there.

Somebody is there once, however often and by whomever it is said: a row is unique by person and
time, and each change is a conditional UPDATE.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import LONDON, now
from core.errors import Conflict
from opportunities.models import DateTakenOut, Membership, Opportunity, Session
from placements import occasions, states
from placements.models import Application, Attendance, HoursEntry
from placements.occasions import DAY, Occasion
from placements.services import applications, hours, locks, volunteering_messages
from placements.states import State

States, How = Attendance.State, Attendance.How


@transaction.atomic
def say(
    *, application: Application, occasion: Occasion, coming: bool, by: User | None
) -> Attendance:
    """The person says whether they come. Raises Conflict once it has begun or is written down who
    was there, or where they have no place.

    No more people can say so than have a place, and no more have a place than there are.
    """
    _check_placed(application)
    if not occasion.is_ahead:
        raise Conflict(_("It has begun already. Please tell the group."), code="has_begun")
    wanted = States.COMING if coming else States.NOT_COMING
    row = _row(application, occasion, wanted)
    if row.is_recorded:
        raise _recorded()
    before = row.state
    if before != wanted or row.session != occasion.session:
        if not _unrecorded(row).update(state=wanted, **_times(occasion), updated_at=now()):
            raise _recorded()
        row.refresh_from_db()
        audit.record(by=by, action="attendance.said", subject=row, to=wanted.value)
    return row


@transaction.atomic
def check_in(*, application: Application, occasion: Occasion, by: User | None) -> Attendance:
    """The person is there, by the code that the group shows. Once; a second time changes nothing.
    Raises Conflict where it is not the time."""
    _check_placed(application)
    if not occasion.is_now:
        raise Conflict(_("It is not the time of this code."), code="not_now")
    locks.person(application.volunteer_id)
    row = _row(application, occasion, States.COMING)
    _record(row, occasion, States.ATTENDED, How.CODE, by=by)
    return row


@transaction.atomic
def follow_dates(opportunity_id: int) -> int:
    """Tell the people with a place in a role of the dates that its group has taken out since; give
    how many messages that makes. Safe to run at any time and again.

    Who said that they do not come need not know. Of those who have said nothing, people who act for
    the group are not told: it is theirs. Of a date that is back, what was said of it stays where
    nobody was told that it is out; else its people are asked anew.
    """
    _follow_dates_back(opportunity_id)
    return _tell_who_comes(opportunity_id) + _tell_the_others(opportunity_id)


def _follow_dates_back(opportunity_id: int) -> None:
    of_role = Session.objects.filter(opportunity=opportunity_id, starts_at__gt=now())
    back: dict[datetime | None, Session] = {one.starts_at: one for one in of_role}
    out = DateTakenOut.objects.filter(opportunity=opportunity_id)
    untold = set(out.values_list("starts_at", flat=True))
    rows = Attendance.objects.filter(
        application__opportunity=opportunity_id, session=None, starts_at__in=back
    )
    for row in rows.order_by("pk"):
        unchanged = _unrecorded(row).filter(session=None, state=row.state)
        # `_tell_who_comes` has made of who comes one who does not, which they never said.
        if row.state == States.COMING or row.starts_at in untold:
            unchanged.update(session=back[row.starts_at], updated_at=now())
        elif unchanged.delete()[0]:
            audit.record(by=None, action="attendance.date_put_back", subject=row.application)


def _tell_the_others(opportunity_id: int) -> int:
    told = 0
    for date_out in DateTakenOut.objects.filter(opportunity=opportunity_id).order_by("pk"):
        mine, _rows = DateTakenOut.objects.filter(pk=date_out.pk).delete()
        is_back = Session.objects.filter(opportunity=opportunity_id, starts_at=date_out.starts_at)
        if not mine or date_out.starts_at <= now() or is_back.exists():
            continue
        said = Attendance.objects.filter(application=OuterRef("pk"), starts_at=date_out.starts_at)
        acts = Membership.objects.filter(
            user=OuterRef("volunteer__user"), organisation=OuterRef("opportunity__organisation")
        )
        placed = Application.objects.placed().filter(opportunity=opportunity_id)
        people = placed.filter(~Exists(said), ~Exists(acts), created_at__lte=date_out.created_at)
        for application in people.select_related("volunteer__user", "opportunity__organisation"):
            volunteering_messages.not_on_that_date(application, date_out)
            told += 1
    return told


def _tell_who_comes(opportunity_id: int) -> int:
    gone = (
        Attendance.objects.filter(
            application__opportunity=opportunity_id,
            application__state__in=sorted(states.PLACED),
            state=States.COMING,
            session=None,
            starts_at__gt=now(),
        )
        .select_related("application__volunteer__user", "application__opportunity__organisation")
        .order_by("pk")
    )
    told = 0
    for row in gone:
        if (
            not _unrecorded(row)
            .filter(session=None)
            .update(state=States.NOT_COMING, updated_at=now())
        ):
            continue
        audit.record(by=None, action="attendance.date_taken_out", subject=row)
        volunteering_messages.date_taken_out(row)
        told += 1
    return told


@dataclass(frozen=True)
class Recorded:
    """For how many people something changed, and of how many hours were confirmed with it."""

    changed: int
    confirmed: int


@transaction.atomic
def record(
    *,
    occasion: Occasion,
    people: Mapping[int, str],
    minutes: int | None = None,
    by: User | None,
) -> Recorded:
    """The group says who was there: `people` gives a state by the id of the application.

    The hours of those who were there are confirmed with it: those of the session, or `minutes` on a
    day without a set hour; of those too who had checked in by the code. Hours that a person wrote
    down or changed wait for the group, who has not seen them here. Raises InvalidInput for a state
    that says nothing of the kind, Conflict before it has begun.
    """
    if not occasion.has_begun:
        raise Conflict(_("It has not begun yet."), code="not_begun")
    if unknown := {state for state in people.values() if state not in Attendance.RECORDED}:
        raise received.refuse("people", _("Choose from the list."), code=str(min(unknown)))
    changed = confirmed = 0
    there = expected(occasion).filter(pk__in=people)
    locks.people(there.order_by().values_list("volunteer", flat=True))
    for application in there:
        wanted = States(people[application.pk])
        row = _row(application, occasion, States.COMING)
        is_news = row.state != wanted
        if is_news:
            entry = _record(row, occasion, wanted, How.GROUP, minutes=minutes, by=by)
        else:
            entry = _confirm_hours(row, occasion, minutes, by=by) if row.was_there else None
        changed += is_news or entry is not None
        confirmed += entry is not None
    return Recorded(changed, confirmed)


def expected(occasion: Occasion) -> Any:
    """Give the applications of the people that a group sees at one time of a role: who has a place
    now and had the group's answer by that day, and of whom it is known that they came. With their
    people.
    """
    there = Attendance.objects.filter(
        application__opportunity=occasion.role, **_key(occasion), state__in=Attendance.RECORDED
    )
    # A day's end in London: who had their place by then could be there.
    end = datetime.combine(occasion.day + DAY, time(), LONDON)
    placed = Application.objects.filter(opportunity=occasion.role).filter(
        Q(answered_at__lt=end) | Q(answered_at=None, created_at__lt=end)
    )
    return (
        (
            placed.filter(state__in=sorted(states.PLACED))
            | placed.filter(pk__in=there.values("application"))
        )
        .select_related("volunteer__user", "opportunity__organisation")
        .order_by("volunteer__user__first_name", "pk")
    )


def first_day(role: Opportunity) -> date | None:
    """Give the first day at which somebody had a place in a role, None where nobody ever had one.
    One query.
    """
    taken_on = role.applications.filter(state__in=sorted(states.TAKEN_ON))
    first = taken_on.aggregate(first=Min(Coalesce("answered_at", "created_at")))["first"]
    return None if first is None else first.astimezone(LONDON).date()


def lately(role: Opportunity, *, most: int) -> list[Occasion]:
    """Give the last times of a role that have begun since somebody had a place, the latest first;
    as `occasions.lately`. One query more.
    """
    first = first_day(role)
    return occasions.lately(role, most=most, since=first) if first else []


@dataclass(frozen=True)
class Said:
    """One time to come of a role, and how many of those who have a place said of it that they come,
    and that they cannot.
    """

    occasion: Occasion
    coming: int = 0
    not_coming: int = 0


def said_of(role: Opportunity, times: Sequence[Occasion]) -> list[Said]:
    """Give what people said of each of these times of a role. One query."""
    rows = (
        Attendance.objects.filter(
            application__opportunity=role,
            application__state__in=sorted(states.PLACED),
            day__in=[one.day for one in times],
        )
        .order_by()
        .values("day", "starts_at")
        .annotate(
            # Who is there already comes.
            coming=Count("pk", filter=Q(state__in=[States.COMING, States.ATTENDED])),
            not_coming=Count("pk", filter=Q(state__in=[States.NOT_COMING, States.EXCUSED])),
        )
    )
    found = {(row["day"], row["starts_at"]): (row["coming"], row["not_coming"]) for row in rows}
    return [Said(one, *found.get((one.day, one.starts_at), (0, 0))) for one in times]


def at(occasion: Occasion) -> dict[int, Attendance]:
    """Give what is known of one time of a role, by the id of the application."""
    rows = Attendance.objects.filter(application__opportunity=occasion.role, **_key(occasion))
    return {row.application_id: row for row in rows}


def _record(
    row: Attendance,
    occasion: Occasion,
    wanted: Attendance.State,
    how: Attendance.How,
    *,
    minutes: int | None = None,
    by: User | None,
) -> HoursEntry | None:
    """Write down in `row` who was there, unless it says more already; give the hours that come of
    it."""
    if how == How.CODE:
        # What the group said is not undone by a code.
        rows = _unrecorded(row)
    else:
        rows = Attendance.objects.filter(pk=row.pk).exclude(state=wanted)
    before = row.state
    if not rows.update(
        state=wanted,
        how=how,
        recorded_by=by,
        recorded_at=now(),
        **_times(occasion),
        updated_at=now(),
    ):
        row.refresh_from_db()
        return None
    row.refresh_from_db()
    audit.record(
        by=by, action="attendance.recorded", subject=row, **{"from": before, "to": wanted.value}
    )
    application = row.application
    if wanted == States.ATTENDED:
        if application.state == State.ACCEPTED:
            row.application = applications.start(application=application, by=None)
        length = minutes or occasion.minutes
        return hours.follow_attendance(row, length, is_group=how == How.GROUP, by=by)
    _take_back_hours(row, by=by)
    if wanted == States.NO_SHOW:
        volunteering_messages.missed(row)
    return None


def _confirm_hours(
    row: Attendance, occasion: Occasion, minutes: int | None, *, by: User | None
) -> HoursEntry | None:
    """Confirm the hours of somebody of whom it is known that they were there, by the code for one;
    write them down where only the group knows how long it was."""
    length = minutes or occasion.minutes
    if length and (entry := hours.confirm_attended(row, most=length, by=by)):
        return entry
    return hours.follow_attendance(row, minutes, is_group=True, by=by)


def _take_back_hours(row: Attendance, *, by: User | None) -> None:
    """Whoever was not there has no hours from it."""
    for entry in HoursEntry.objects.filter(attendance=row):
        hours.take_out(entry, by=by)


def _row(application: Application, occasion: Occasion, state: Attendance.State) -> Attendance:
    """Give the person's row, which two who ask at once make only once."""
    row, _made = Attendance.objects.select_related("application").get_or_create(
        application=application,
        **_key(occasion),
        defaults={"state": state, **_times(occasion)},
    )
    row.application = application
    return row


def _key(occasion: Occasion) -> dict[str, Any]:
    return {"starts_at": occasion.starts_at, "day": occasion.day}


def _times(occasion: Occasion) -> dict[str, Any]:
    return {"session": occasion.session, "ends_at": occasion.ends_at}


def _unrecorded(row: Attendance) -> Any:
    return Attendance.objects.filter(pk=row.pk).exclude(state__in=Attendance.RECORDED)


def _check_placed(application: Application) -> None:
    if application.state not in states.PLACED:
        raise Conflict(_("You have no place in this role now."), code="no_place")


def _recorded() -> Conflict:
    return Conflict(
        _("It is written down already who was there. Please tell the group if that is wrong."),
        code="recorded",
    )
