"""What people who have started did: who came and who did not, hours, and whether they still go.

Some groups keep a register, some show the code at the door, the others leave it to people to write
down their hours. What is written is what `placements.services` (`attendance`, `hours`,
`still_going`) would have written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random

from accounts.models import User
from core.clock import LONDON
from core.week import slots_in
from demonstration.kinds import read
from demonstration.plan import weighted
from demonstration.season import END_OF_PART
from demonstration.written import Written
from placements.models import Application, Attendance, HoursEntry, StillGoing
from placements.services.still_going import WHEN
from placements.states import PLACED, State

BATCH = 1000
DAY = timedelta(days=1)
#: How groups know who was there, and how many of 100 do it so.
REGISTERS: dict[str, float] = {"group": 26, "code": 14, "none": 60}
#: How it goes on a day, of 100.
COMES: dict[str, float] = {"attended": 88, "excused": 7, "no_show": 5}
#: Without a register, days of volunteering that people put together in one entry.
DAYS_AT_ONCE = (2, 4)
#: What part of those who say something about the next time come.
COMING = 0.85
States, Hours = Attendance.State, HoursEntry.State


@dataclass(frozen=True, slots=True)
class _Time:
    """One time at which somebody was to come: a session, or a day."""

    day: date
    start: datetime | None
    end: datetime | None
    over: datetime


@dataclass(slots=True)
class _Rows:
    attendances: list[Attendance] = field(default_factory=list)
    hours: list[HoursEntry] = field(default_factory=list)
    questions: list[StillGoing] = field(default_factory=list)


def write(written: Written) -> None:
    """Write attendance, hours and answers of everybody who has or had a place."""
    chance = written.plan.chance("volunteering")
    registers = {pk: weighted(chance, REGISTERS) for pk in written.number_of}
    registers[written.groups[1].pk] = "group"
    rows = _Rows()
    for application in written.applications:
        register = registers[application.opportunity.organisation_id]
        if application.started_at is not None:
            _follow(written, chance, application, register, rows)
            _ask(written, chance, application, rows)
        if application.state in PLACED:
            _say_next(written, chance, application, rows)
    rows.hours += _for_the_login(written)
    Attendance.objects.bulk_create(rows.attendances, batch_size=BATCH)
    HoursEntry.objects.bulk_create(rows.hours, batch_size=BATCH)
    StillGoing.objects.bulk_create(rows.questions, batch_size=BATCH)
    _note_all(written, rows)


def _follow(
    written: Written, chance: Random, application: Application, register: str, rows: _Rows
) -> None:
    member = written.owner(application.opportunity)
    person = application.volunteer.user
    minutes = 60 * (application.opportunity.hours_a_week or 2)
    own: list[_Time] = []
    for number, one in enumerate(_times(written, application)):
        if register == "none":
            own.append(one)
            continue
        state = States.ATTENDED if number == 0 else States(weighted(chance, COMES))
        by_code = register == "code" and state == States.ATTENDED
        row = _attendance(written, application, one, state)
        row.how = Attendance.How.CODE if by_code else Attendance.How.GROUP
        row.recorded_by = person if by_code else member
        row.recorded_at = row.created_at = one.over - timedelta(minutes=35 if by_code else 0)
        rows.attendances.append(row)
        known = minutes if one.start is None else _length(one)
        if state == States.ATTENDED and not (by_code and one.start is None):
            rows.hours.append(_hours(application, one, known, row=row, member=member))
    if own:
        rows.hours += _own_hours(written, chance, application, own, minutes, member)


def _for_the_login(written: Written) -> list[HoursEntry]:
    """Hours that some people of the login's group wrote down beside its register."""
    group = written.groups[1]
    theirs = [
        one
        for one in written.applications
        if one.opportunity.organisation_id == group.pk and one.state == State.STARTED
    ]
    entries = []
    for number, application in enumerate(theirs[:3]):
        over = written.plan.end - timedelta(days=number, hours=4)
        if application.started_at is not None and application.started_at < over:
            one = _Time(over.astimezone(LONDON).date(), None, None, over)
            what = _voices()["hours"][2 + number]
            entries.append(_hours(application, one, 90, row=None, member=None, what=what))
    return entries


def _times(written: Written, application: Application) -> Iterator[_Time]:
    """The times from their first one on, until they stopped or the borough's day."""
    begins = application.started_at
    assert begins is not None  # noqa: S101  - the caller's word
    has_ended = application.state == State.ENDED
    until = application.state_since if has_ended else written.plan.end
    role = written.plan_of[application.opportunity_id]
    if sessions := role.fields.get("sessions"):
        for start, end in sessions:
            if begins <= end < until:
                yield _Time(start.astimezone(LONDON).date(), start, end, end)
        return
    days = {slot.day: slot.part for slot in reversed(slots_in(int(role.fields["weekly_slots"])))}
    first = begins.astimezone(LONDON).date()
    hour = END_OF_PART[days.get(first.weekday(), 0)]
    for week in range((until - begins) // (7 * DAY) + 1):
        day = first + 7 * week * DAY
        over = datetime.combine(day, time(hour, 5), tzinfo=LONDON)
        if over < until:
            yield _Time(day, None, None, over)


def _attendance(
    written: Written, application: Application, one: _Time, state: Attendance.State
) -> Attendance:
    return Attendance(
        application=application,
        session=written.sessions.get((application.opportunity_id, one.start)),
        day=one.day,
        starts_at=one.start,
        ends_at=one.end,
        state=state,
    )


def _length(one: _Time) -> int:
    assert one.start is not None  # noqa: S101  - a session
    assert one.end is not None  # noqa: S101
    return int((one.end - one.start) / timedelta(minutes=1))


def _hours(
    application: Application,
    one: _Time,
    minutes: int,
    *,
    row: Attendance | None,
    member: User | None,
    what: str = "",
) -> HoursEntry:
    """Hours of one day; with a `member` confirmed by the group as they were written down."""
    entry = HoursEntry(
        application=application,
        attendance=row,
        day=one.day,
        minutes=minutes,
        what=what,
        created_at=one.over,
        recorded_by=application.volunteer.user if row is None else row.recorded_by,
    )
    if row is None or row.how == Attendance.How.GROUP:
        _confirm(entry, member, one.over)
    return entry


def _confirm(entry: HoursEntry, member: User | None, at: datetime) -> None:
    if member is not None:
        entry.state, entry.confirmed_by, entry.confirmed_at = Hours.CONFIRMED, member, at


def _own_hours(
    written: Written,
    chance: Random,
    application: Application,
    times: list[_Time],
    minutes: int,
    member: User,
) -> list[HoursEntry]:
    """What people wrote down themselves: some never do, and groups confirm as they answer."""
    if chance.random() < 0.2:
        return []
    answering = written.plan_of[application.opportunity_id].group.answering
    entries: list[HoursEntry] = []
    place = 0
    while place < len(times):
        together = chance.randint(*DAYS_AT_ONCE)
        one = times[place]
        what = chance.choice(_voices()["hours"]) if chance.random() < 0.4 else ""
        entry = _hours(application, one, minutes, row=None, member=None, what=what)
        entry.minutes = min(minutes * min(together, len(times) - place), 8 * 60)
        confirmed = one.over + chance.uniform(1, 2 * answering.days) * DAY
        if chance.random() < 0.02:
            entry.state, entry.questioned_by = Hours.QUESTIONED, HoursEntry.Side.GROUP
            entry.question = _voices()["question"][0]
        elif chance.random() < answering.share and confirmed < written.plan.end:
            _confirm(entry, member, confirmed)
        entries.append(entry)
        place += together
    return entries


def _ask(written: Written, chance: Random, application: Application, rows: _Rows) -> None:
    """After one month and after three, as long as they are there: "still going?" """
    started = application.started_at
    assert started is not None  # noqa: S101  - the caller's word
    has_ended = application.state == State.ENDED
    until = application.state_since if has_ended else written.plan.end
    for months, (first, _last) in WHEN.items():
        day = (started + first).astimezone(LONDON).date() + DAY
        asked = datetime.combine(day, time(9), tzinfo=LONDON)
        if asked >= until:
            return
        question = StillGoing(application=application, months=months, asked_at=asked)
        rows.questions.append(question)
        answered = asked + timedelta(hours=chance.uniform(1, 24 * 6))
        by_person = application.reason not in ("finished", "group_ended")
        if has_ended and by_person and application.state_since - asked < 16 * DAY:
            question.answered_at, question.still_there = application.state_since, False
            question.words = chance.choice(_voices()["stopped"])
            question.share_words = chance.random() < 0.5
        elif answered < until and chance.random() < 0.72:
            question.answered_at, question.still_there = answered, True


def _say_next(written: Written, chance: Random, application: Application, rows: _Rows) -> None:
    """Half of them have said whether they come to the next time that has not begun."""
    if chance.random() < 0.5:
        return
    role = written.plan_of[application.opportunity_id]
    said = max(written.plan.ago(chance.uniform(0.2, 3)), application.state_since)
    today = written.plan.today
    if sessions := role.fields.get("sessions"):
        ahead = [_Time(s.astimezone(LONDON).date(), s, e, e) for s, e in sessions]
    else:
        days = {slot.day for slot in slots_in(int(role.fields["weekly_slots"]))}
        week = [today + DAY * (1 + number) for number in range(7)]
        ahead = [_Time(d, None, None, said) for d in week if d.weekday() in days]
    for one in ahead:
        if one.day > today:
            state = States.COMING if chance.random() < COMING else States.NOT_COMING
            row = _attendance(written, application, one, state)
            row.created_at = said
            rows.attendances.append(row)
            return


def _note_all(written: Written, rows: _Rows) -> None:
    for row in rows.attendances:
        person = row.application.volunteer.user
        if row.recorded_at is None:
            to = {"to": str(row.state)}
            written.note("attendance.said", row, by=person, at=row.created_at, **to)
        else:
            how = {"from": States.COMING.value, "to": str(row.state)}
            written.note("attendance.recorded", row, by=row.recorded_by, at=row.recorded_at, **how)
    for entry in rows.hours:
        person = entry.application.volunteer.user
        if entry.attendance is not None:
            action, by = "hours.attended", entry.recorded_by
        else:
            action, by = "hours.logged", person
        written.note(action, entry, by=by, at=entry.created_at, minutes=entry.minutes)
        if entry.attendance is None and entry.confirmed_at is not None:
            seen = [entry.minutes, entry.minutes]
            by, at = entry.confirmed_by, entry.confirmed_at
            written.note("hours.confirmed", entry, by=by, at=at, minutes=seen)
    for question in rows.questions:
        of, at = question.application, question.asked_at
        written.note("still_going.asked", of, by=None, at=at, months=question.months)
        if question.answered_at is not None:
            by, at, yes = of.volunteer.user, question.answered_at, question.still_there
            written.note("still_going.answered", of, by=by, at=at, yes=yes)


@lru_cache(maxsize=1)
def _voices() -> dict[str, list[str]]:
    return read("voices")
