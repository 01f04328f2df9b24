"""The times at which a role is done: its dated sessions or, where it has none, days of its week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile

from django.utils.translation import gettext as _

from core.clock import LONDON, now, today
from core.errors import NotFound
from core.week import Slot, slots_in
from opportunities.models import Opportunity, Session
from placements.models.hours import MOST_A_DAY, QUARTER

#: People can be there so long before a session, and say so until so long after it.
BEFORE, AFTER = timedelta(hours=1), timedelta(hours=2)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Occasion:
    """One time at which `role` is done: a dated session, or a day without a set hour.

    `day` is a date in London.
    """

    role: Opportunity
    day: date
    session: Session | None = None

    @property
    def code(self) -> str:
        """What stands for it in addresses: the number of the session, or the day."""
        return str(self.session.pk) if self.session else self.day.isoformat()

    @property
    def starts_at(self) -> datetime | None:
        return self.session.starts_at if self.session else None

    @property
    def ends_at(self) -> datetime | None:
        return self.session.ends_at if self.session else None

    @property
    def minutes(self) -> int | None:
        """How long it is, to the next quarter of an hour and a day's hours at most; None where
        nobody has said."""
        if self.session is None:
            return None
        length = (self.session.ends_at - self.session.starts_at) // timedelta(minutes=1)
        return min(MOST_A_DAY, -(-length // QUARTER) * QUARTER)

    @property
    def opens_at(self) -> datetime:
        """From when on people can check in."""
        if self.session is not None:
            return self.session.starts_at - BEFORE
        return datetime.combine(self.day, time(), LONDON)

    @property
    def closes_at(self) -> datetime:
        """Until when people can check in."""
        if self.session is not None:
            return self.session.ends_at + AFTER
        return datetime.combine(self.day + DAY, time(), LONDON)

    @property
    def is_now(self) -> bool:
        """Whether people can check in."""
        return self.opens_at <= now() < self.closes_at

    @property
    def has_begun(self) -> bool:
        """Whether it can be said who was there."""
        return self.opens_at <= now()

    @property
    def is_ahead(self) -> bool:
        """Whether people can still say if they come."""
        if self.session is not None:
            return now() < self.session.starts_at
        return self.day >= today()

    @property
    def parts(self) -> list[Slot]:
        """The parts of the day at which a role with weekly times is done; none where it says no
        times or has a session."""
        if self.session is not None:
            return []
        return [s for s in slots_in(self.role.weekly_slots) if s.day == self.day.weekday()]


def of_session(session: Session, role: Opportunity) -> Occasion:
    """Give the occasion that a dated session of `role` is."""
    return Occasion(role, session.starts_at.astimezone(LONDON).date(), session)


def session_of(role: Opportunity, session_id: int) -> Occasion:
    """Give the role's session. Raises NotFound where it has no such."""
    session = role.sessions.filter(pk=session_id).first()
    if session is None:
        raise NotFound(_("There is no such session."))
    return of_session(session, role)


def day_of(role: Opportunity, day: date) -> Occasion:
    """Give a day of the role's week. Raises NotFound where the role has dated sessions, or is not
    done on that day of the week."""
    if role.sessions.exists() or not _is_a_day(role, day):
        raise NotFound(_("This role is not done on that day."))
    return Occasion(role, day)


def named(role: Opportunity, code: str) -> Occasion:
    """Give the time of a role that `Occasion.code` stands for. Raises NotFound where there is
    none."""
    if code.isdecimal():
        return session_of(role, int(code))
    try:
        return day_of(role, date.fromisoformat(code))
    except ValueError as error:
        raise NotFound(_("There is no such session.")) from error


def ahead(role: Opportunity, *, most: int) -> list[Occasion]:
    """Give the next times of a role, soonest first. Its sessions come from `role.sessions.all()`,
    which a caller with many roles prefetches; a role without any times has none."""
    sessions = role.sessions.all()
    if sessions:
        at = now()
        coming = sorted((s for s in sessions if s.ends_at > at), key=lambda s: s.starts_at)
        return [of_session(session, role) for session in coming[:most]]
    if not role.weekly_slots:
        return []
    return [found for found, _n in zip(_days(role, today(), 1), range(most), strict=False)]


def lately(role: Opportunity, *, most: int, since: date) -> list[Occasion]:
    """Give the last times of a role that have begun, the latest first, none before `since`; as
    `ahead`.
    """
    sessions = role.sessions.all()
    if sessions:
        at = now()
        begun = sorted(
            (
                s
                for s in sessions
                if s.starts_at - BEFORE <= at and s.starts_at.astimezone(LONDON).date() >= since
            ),
            key=lambda s: s.starts_at,
            reverse=True,
        )
        return [of_session(session, role) for session in begun[:most]]
    days = takewhile(lambda one: one.day >= since, _days(role, today(), -1))
    return list(islice(days, most))


def around_now(role: Opportunity) -> list[Occasion]:
    """Give the times of a role at which people can check in now; as `ahead`."""
    sessions = role.sessions.all()
    if sessions:
        found = [of_session(session, role) for session in sessions]
    else:
        found = [Occasion(role, today())] if _is_a_day(role, today()) else []
    return [occasion for occasion in found if occasion.is_now]


def _is_a_day(role: Opportunity, day: date) -> bool:
    """Whether the role is done on this day of the week; a role that says no times is on any."""
    return not role.weekly_slots or any(
        slot.day == day.weekday() for slot in slots_in(role.weekly_slots)
    )


def _days(role: Opportunity, first: date, step: int) -> Iterator[Occasion]:
    """The days of a role's week, from `first` on or back."""
    day = first
    while True:
        if _is_a_day(role, day):
            yield Occasion(role, day)
        day += step * DAY
