"""A person's times as a calendar feed (iCalendar, RFC 5545), for the calendar on their phone.

The address is the key: there is no sign-in, and it can be made anew, which ends the old one. It is
made of a number in the database and a signature by the service's secret key. So it can be shown
again, which a hash could not; and a copy of the database, which plain text would give away, opens
nobody's calendar. The feed holds nothing of other people.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.languages import in_language_of
from accounts.models import User
from accounts.services import audit
from core.clock import LONDON, now
from core.errors import NotFound
from core.week import Slot, part_name, slots_in
from opportunities.models import Opportunity
from placements.models import Application, Attendance, CalendarFeed
from volunteers.models import Volunteer

#: Sessions stay in the feed so long after they are over.
KEPT = timedelta(days=90)
#: A role with more times in its week is not in the feed: nobody comes to all of them.
MOST_SLOTS = 3
_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_signer = Signer(salt="placements.calendar", sep=".")


@transaction.atomic
def renew(*, volunteer: Volunteer, by: User | None) -> CalendarFeed:
    """Give the person a new address; the one they had opens nothing any more."""
    feed, _made = CalendarFeed.objects.update_or_create(
        volunteer=volunteer, defaults={"number": get_random_string(24), "made_at": now()}
    )
    audit.record(by=by, action="calendar.renewed", subject=volunteer)
    return feed


@transaction.atomic
def stop(*, volunteer: Volunteer, by: User | None) -> None:
    """End the person's address without giving another. Raises NotFound where they have none."""
    own_feed(volunteer).delete()
    audit.record(by=by, action="calendar.stopped", subject=volunteer)


def own_feed(volunteer: Volunteer) -> CalendarFeed:
    """Give the person's feed. Raises NotFound where they have none."""
    feed = CalendarFeed.objects.filter(volunteer=volunteer).first()
    if feed is None:
        raise _not_there()
    return feed


def address_of(feed: CalendarFeed) -> str:
    """Give the address of a feed, to be put into a calendar."""
    return f"{settings.SITE_URL}/calendar/{token_of(feed)}.ics"


def token_of(feed: CalendarFeed) -> str:
    """Give what stands for a feed in its address."""
    return _signer.sign(feed.number)


def volunteer_with(token: str) -> Volunteer:
    """Give the person whose calendar this is. Raises NotFound for a token that opens none."""
    try:
        number = _signer.unsign(token)
    except BadSignature as error:
        raise _not_there() from error
    person = (
        Volunteer.objects.filter(calendar_feed__number=number, user__is_active=True)
        .select_related("user")
        .first()
    )
    if person is None:
        raise _not_there()
    return person


def left_out_of(volunteer: Volunteer) -> list[Opportunity]:
    """Give the roles in which a person has a place and that are not in their feed: they have no
    dates, and more weekly times than `MOST_SLOTS`, or none. Two queries.
    """
    roles = [application.opportunity for application in _places_of(volunteer)]
    return [role for role in roles if not role.sessions.all() and not _slots_shown(role)]


@in_language_of(lambda volunteer: volunteer.user)
def feed_of(volunteer: Volunteer) -> bytes:
    """Give the person's times, in their language. The same bytes as long as nothing has changed.
    Three queries.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", settings.SITE_NAME)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    applications = list(_places_of(volunteer))
    said: dict[int, list[Attendance]] = {application.pk: [] for application in applications}
    for row in Attendance.objects.filter(application__in=said):
        said[row.application_id].append(row)
    for application in applications:
        for event in _events(application, said[application.pk]):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _places_of(volunteer: Volunteer) -> QuerySet[Application]:
    return (
        Application.objects.placed()
        .filter(volunteer=volunteer)
        .select_related("opportunity__organisation")
        .prefetch_related("opportunity__sessions")
        .order_by("pk")
    )


def _slots_shown(role: Opportunity) -> tuple[Slot, ...]:
    slots = slots_in(role.weekly_slots)
    return slots if len(slots) <= MOST_SLOTS else ()


def _events(application: Application, said: list[Attendance]) -> Iterator[Event]:
    role = application.opportunity
    sessions = role.sessions.all()
    since = now() - KEPT
    by_start = {row.starts_at: row for row in said if row.starts_at is not None}
    for session in sessions:
        row = by_start.pop(session.starts_at, None)
        if session.ends_at < since:
            continue
        cannot = row is not None and row.state == Attendance.State.NOT_COMING
        changed = max(session.updated_at, row.updated_at) if row else session.updated_at
        yield _session(role, session.starts_at, session.ends_at, changed, is_on=not cannot)
    for start, row in by_start.items():
        # The group has taken this date out since the person spoke of it.
        if row.ends_at is not None and row.ends_at > now() and not row.is_recorded:
            yield _session(role, start, row.ends_at, role.updated_at, is_on=False)
    if not sessions:
        yield from _week(application, said)


def _session(
    role: Opportunity, start: datetime, end: datetime, changed: datetime, *, is_on: bool
) -> Event:
    begins = start.astimezone(UTC)
    event = _event(role, f"session-{role.pk}-{begins:%Y%m%dT%H%M%SZ}", changed)
    event.add("dtstart", begins)
    event.add("dtend", end.astimezone(UTC))
    event.add("status", "CONFIRMED" if is_on else "CANCELLED")
    return event


def _week(application: Application, said: list[Attendance]) -> Iterator[Event]:
    """Weekly times have no hour: whole days that leave the person free, each week, with the part of
    the day in words."""
    role = application.opportunity
    since = (application.started_at or application.state_since).astimezone(LONDON).date()
    off = [row for row in said if row.state == Attendance.State.NOT_COMING]
    for slot in _slots_shown(role):
        first = since + timedelta(days=(slot.day - since.weekday()) % 7)
        skipped = sorted(r.day for r in off if r.day.weekday() == slot.day and r.day >= first)
        changed = max([application.state_since, *(row.updated_at for row in off)])
        event = _event(role, f"week-{application.pk}-{slot.code}", changed, part_name(slot.part))
        event.add("dtstart", first)
        event.add("dtend", first + timedelta(days=1))
        event.add("rrule", {"freq": "weekly", "byday": _DAYS[slot.day]})
        if skipped:
            _leave_out(event, skipped)
        event.add("transp", "TRANSPARENT")
        yield event


def _leave_out(event: Event, days: list[date]) -> None:
    event.add("exdate", days, parameters={"VALUE": "DATE"})


def _event(role: Opportunity, name: str, changed: datetime, part: str = "") -> Event:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    event = Event()
    event.add("uid", f"{name}@{host}")
    event.add("dtstamp", changed.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", changed.astimezone(UTC).replace(microsecond=0))
    # It only has to grow with each change.
    event.add("sequence", max(0, (changed - _BEGINNING) // timedelta(minutes=1)))
    title = f"{role.title} ({part.lower()})" if part else role.title
    event.add("summary", title)
    where = ", ".join(filter(None, (role.place_name, role.postcode)))
    if where and not role.from_home:
        event.add("location", where)
    words: list[Any] = [role.organisation.name]
    if part:
        words.append(_("You agree the hour with the group."))
    words.append(f"{settings.SITE_URL}/me/volunteering/")
    event.add("description", "\n".join(words))
    return event


def _not_there() -> NotFound:
    return NotFound(_("There is no such calendar."))
