"""Hours that people gave: either side writes them down, the group confirms.

Quarters of an hour, 16 hours a day at most, no day to come and none before the person had a place.
A confirmation says which minutes it has seen: of two who change an entry at the same time one wins,
and the other is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import LONDON, now, today
from core.errors import Conflict
from opportunities.models import Organisation
from placements import states
from placements.models import MOST_A_DAY, QUARTER, Application, Attendance, HoursEntry
from placements.services import applications, locks, volunteering_messages
from placements.states import State

States, Side = HoursEntry.State, HoursEntry.Side
WHAT_LENGTH, QUESTION_LENGTH = 200, 500


@transaction.atomic
def log(
    *, application: Application, day: date, minutes: int, what: str = "", by: User | None
) -> HoursEntry:
    """The person writes down hours, which the group then confirms. Raises InvalidInput, field by
    field, for what cannot be."""
    _check(application, day, minutes)
    entry = HoursEntry.objects.create(
        application=application, day=day, minutes=minutes, what=_words(what), recorded_by=by
    )
    audit.record(by=by, action="hours.logged", subject=entry, minutes=minutes)
    _begin(application)
    return entry


@transaction.atomic
def record(
    *, application: Application, day: date, minutes: int, what: str = "", by: User | None
) -> HoursEntry:
    """The group writes down hours for a person, which are confirmed with it. The person is told and
    can object."""
    _check(application, day, minutes)
    entry = HoursEntry.objects.create(
        application=application,
        day=day,
        minutes=minutes,
        what=_words(what),
        recorded_by=by,
        **_confirmed(by),
    )
    audit.record(by=by, action="hours.recorded", subject=entry, minutes=minutes)
    _begin(application)
    volunteering_messages.hours_recorded(entry)
    return entry


def follow_attendance(
    row: Attendance, minutes: int | None, *, is_group: bool, by: User | None
) -> HoursEntry | None:
    """Write down the hours of somebody who was there, in the caller's transaction. None where
    nobody knows how long it was, where they are written down already (by the person too), or where
    the day is full."""
    entries = HoursEntry.objects.filter(application=row.application, day=row.day)
    if minutes is None or entries.filter(Q(attendance=row) | Q(attendance=None)).exists():
        return None
    room = MOST_A_DAY - _minutes_of_day(row.application, row.day)
    minutes = min(minutes, room)
    if minutes < QUARTER:
        return None
    entry = HoursEntry.objects.create(
        application=row.application,
        attendance=row,
        day=row.day,
        minutes=minutes,
        recorded_by=by,
        **(_confirmed(by) if is_group else {}),
    )
    audit.record(by=by, action="hours.attended", subject=entry, minutes=minutes)
    return entry


def confirm_attended(row: Attendance, *, most: int, by: User | None) -> HoursEntry | None:
    """Confirm what was written down for somebody who was there, in the caller's transaction. None
    where nothing waits, somebody has a question, or the person changed it to another day or to more
    than `most` minutes: the group has not seen that.
    """
    waits = HoursEntry.objects.filter(
        attendance=row, day=row.day, minutes__lte=most, state=States.LOGGED
    )
    if not waits.update(**_confirmed(by), updated_at=now()):
        return None
    entry = HoursEntry.objects.get(attendance=row)
    minutes = [entry.minutes, entry.minutes]
    audit.record(by=by, action="hours.confirmed", subject=entry, minutes=minutes)
    return entry


@transaction.atomic
def change(
    *, entry: HoursEntry, day: date, minutes: int, what: str = "", by: User | None
) -> HoursEntry:
    """The person changes what is not confirmed; a question of the group's is answered by it."""
    _check(entry.application, day, minutes, without=entry)
    before = entry.minutes
    if not _open(entry).update(
        day=day,
        minutes=minutes,
        what=_words(what),
        state=States.LOGGED,
        question="",
        questioned_by=Side.NONE,
        updated_at=now(),
    ):
        raise _confirmed_already()
    entry.refresh_from_db()
    audit.record(by=by, action="hours.changed", subject=entry, minutes=[before, minutes])
    return entry


@transaction.atomic
def remove(*, entry: HoursEntry, by: User | None) -> None:
    """The person takes out what is not confirmed."""
    if not _open(entry).exists():
        raise _confirmed_already()
    take_out(entry, by=by)


def take_out(entry: HoursEntry, *, by: User | None) -> None:
    """Delete an entry, in the caller's transaction. The audit trail keeps how many minutes."""
    audit.record(by=by, action="hours.removed", subject=entry, minutes=entry.minutes)
    entry.delete()


@dataclass(frozen=True)
class Confirmed:
    """How many entries were confirmed, and how many had changed meanwhile and were not."""

    done: int
    changed_meanwhile: int


@dataclass(frozen=True)
class Tick:
    """What a group saw of an entry, and what it confirms."""

    seen: int
    minutes: int


@transaction.atomic
def confirm(*, organisation: Organisation, ticks: Mapping[int, Tick], by: User | None) -> Confirmed:
    """The group confirms entries of its people, by id, each as it was seen or with other minutes.

    Who gets other minutes than they wrote down is told. Raises InvalidInput for minutes that cannot
    be; then nothing is confirmed.
    """
    entries = open_for(organisation).filter(pk__in=ticks)
    locks.people(entries.order_by().values_list("application__volunteer", flat=True))
    done = 0
    for entry in entries:
        tick = ticks[entry.pk]
        if tick.minutes != entry.minutes:
            _check(entry.application, entry.day, tick.minutes, without=entry)
        if (
            not _open(entry)
            .filter(minutes=tick.seen)
            .update(minutes=tick.minutes, **_confirmed(by), updated_at=now())
        ):
            continue
        done += 1
        audit.record(
            by=by, action="hours.confirmed", subject=entry, minutes=[tick.seen, tick.minutes]
        )
        if tick.minutes != tick.seen:
            entry.refresh_from_db()
            volunteering_messages.hours_corrected(entry, before=tick.seen)
    return Confirmed(done, len(ticks) - done)


@transaction.atomic
def question(*, entry: HoursEntry, words: str, by: User | None) -> HoursEntry:
    """The group asks about an entry that is not confirmed."""
    return _ask(entry, _open(entry), Side.GROUP, words, by=by)


@transaction.atomic
def object_to(*, entry: HoursEntry, words: str, by: User | None) -> HoursEntry:
    """The person objects to hours that the group has confirmed: the group looks at them again."""
    rows = HoursEntry.objects.filter(pk=entry.pk, state=States.CONFIRMED)
    return _ask(entry, rows, Side.VOLUNTEER, words, by=by)


def open_for(organisation: Organisation) -> QuerySet[HoursEntry]:
    """Give the entries that a group has to look at, oldest first, with people and roles."""
    return (
        HoursEntry.objects.open()
        .filter(application__opportunity__organisation=organisation)
        .select_related("application__volunteer__user", "application__opportunity__organisation")
        .order_by("day", "pk")
    )


def first_day(application: Application) -> date:
    """Give the first day for which hours can be written down: that of the group's answer."""
    return (application.answered_at or application.created_at).astimezone(LONDON).date()


def last_day(application: Application) -> date:
    """Give the last day for which hours can be written down."""
    if application.state == State.ENDED:
        return min(today(), application.state_since.astimezone(LONDON).date())
    return today()


def _ask(
    entry: HoursEntry,
    rows: QuerySet[HoursEntry],
    side: HoursEntry.Side,
    words: str,
    *,
    by: User | None,
) -> HoursEntry:
    words = words.strip()
    if not words:
        raise received.refuse("words", _("Write what you want to ask."))
    if not rows.update(
        state=States.QUESTIONED,
        question=_words(words, field="words", most=QUESTION_LENGTH),
        questioned_by=side,
        confirmed_at=None,
        confirmed_by=None,
        updated_at=now(),
    ):
        raise Conflict(_("These hours have changed meanwhile. Please look again."), code="changed")
    entry.refresh_from_db()
    audit.record(by=by, action="hours.questioned", subject=entry, side=side.value)
    volunteering_messages.hours_questioned(entry)
    return entry


def _check(
    application: Application, day: date, minutes: int, *, without: HoursEntry | None = None
) -> None:
    if application.state not in states.TAKEN_ON:
        raise Conflict(_("There is no place in this role."), code="no_place")
    if not QUARTER <= minutes <= MOST_A_DAY or minutes % QUARTER:
        raise received.refuse("hours", _("Enter hours in quarters, up to 16, for example 2.5."))
    if day > today():
        raise received.refuse("day", _("This day is still to come."))
    if day > last_day(application):
        raise received.refuse("day", _("This day is after the place ended."))
    if day < first_day(application):
        raise received.refuse("day", _("This day is before the place began."))
    taken = _minutes_of_day(application, day, without=without)
    if taken + minutes > MOST_A_DAY:
        raise received.refuse("hours", _("With the other hours of this day it is more than 16."))


def _minutes_of_day(
    application: Application, day: date, *, without: HoursEntry | None = None
) -> int:
    """Give the person's minutes of a day in all roles. Holds the person until the end of the
    transaction, so that nobody adds hours at the same moment."""
    locks.person(application.volunteer_id)
    entries = HoursEntry.objects.filter(application__volunteer=application.volunteer_id, day=day)
    if without is not None:
        entries = entries.exclude(pk=without.pk)
    total: int | None = entries.aggregate(total=Sum("minutes"))["total"]
    return total or 0


def _begin(application: Application) -> None:
    """Whoever gave hours has started."""
    if application.state == State.ACCEPTED:
        applications.start(application=application, by=None)


def _confirmed(by: User | None) -> dict[str, object]:
    return {
        "state": States.CONFIRMED,
        "confirmed_by": by,
        "confirmed_at": now(),
        "question": "",
        "questioned_by": Side.NONE,
    }


def _open(entry: HoursEntry) -> QuerySet[HoursEntry]:
    return HoursEntry.objects.open().filter(pk=entry.pk)


def _words(text: str, *, field: str = "what", most: int = WHAT_LENGTH) -> str:
    text = text.strip()
    if len(text) > most:
        raise received.refuse(
            field, _("Write no more than %(count)s characters.") % {"count": most}
        )
    return text


def _confirmed_already() -> Conflict:
    return Conflict(_("The group has confirmed these hours already."), code="confirmed")
