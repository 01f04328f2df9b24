"""What people with a place do besides: show their group how to reach them, have their times in the
calendar of their phone, and take home a record of what they gave."""

from datetime import timedelta
from random import Random

from django.conf import settings
from django.utils.crypto import get_random_string

from demonstration.plan import by_day
from demonstration.written import Written
from placements.check_in import ALPHABET
from placements.models import Application, CalendarFeed, ServiceRecord
from placements.service_record import VALID_FOR, contents_of
from placements.states import PLACED, TAKEN_ON, State
from volunteers.models import Volunteer

#: How many of 100 with a place show the group their address, their phone number, and have a feed.
SHOW_EMAIL, SHOW_PHONE, HAVE_FEED = 0.4, 0.25, 0.15
#: So many records were made, the first of them by the login outdoors.
RECORDS = 4


def write(written: Written) -> None:
    """Write all of it, once places and hours are written."""
    chance = written.plan.chance("placed people")
    login = written.volunteers[0]
    placed = [one for one in written.applications if State(one.state) in PLACED]
    _share(written, chance, placed)
    people = {one.volunteer_id: one.volunteer for one in placed}
    with_feed = [one for one in people.values() if chance.random() < HAVE_FEED]
    _make_feeds(written, chance, [login, *(one for one in with_feed if one.pk != login.pk)])
    taken_on = {
        one.volunteer_id: one.volunteer
        for one in written.applications
        if State(one.state) in TAKEN_ON
    }
    _make_records(written, [login, *(one for one in taken_on.values() if one.pk != login.pk)])


def _share(written: Written, chance: Random, placed: list[Application]) -> None:
    changed = []
    for application in placed:
        person = application.volunteer.user
        application.share_email = bool(person.email) and chance.random() < SHOW_EMAIL
        application.share_phone = bool(person.phone) and chance.random() < SHOW_PHONE
        shared = [name for name in ("email", "phone") if getattr(application, f"share_{name}")]
        at = (application.answered_at or application.created_at) + timedelta(hours=3)
        if shared and at < written.plan.end:
            changed.append(application)
            written.note(
                "application.sharing_changed",
                application,
                by=person if person.email else written.broker,
                at=at,
                shared=shared,
                hidden=[],
            )
    Application.objects.bulk_update(changed, ["share_email", "share_phone"], batch_size=1000)


def _make_feeds(written: Written, chance: Random, people: list[Volunteer]) -> None:
    feeds = []
    for person in people:
        at = by_day(written.plan.ago(chance.uniform(1, 60)))
        feeds.append(CalendarFeed(volunteer=person, number=get_random_string(24), made_at=at))
        written.note("calendar.renewed", person, by=person.user, at=at)
    CalendarFeed.objects.bulk_create(feeds)


def _make_records(written: Written, people: list[Volunteer]) -> None:
    """Of the first people who have something to show."""
    at = by_day(written.plan.ago(0.5))
    made = 0
    for person in people:
        contents = contents_of(person)
        if not contents["roles"]:
            continue
        record = ServiceRecord.objects.create(
            volunteer=person,
            code=get_random_string(16, ALPHABET),
            contents=contents | {"made": at.date().isoformat()},
            language=settings.LANGUAGE_CODE,
            made_at=at,
            expires_at=at + VALID_FOR,
        )
        written.note("service_record.made", record, by=person.user, at=at)
        made += 1
        if made == RECORDS:
            return
