"""The calendar feed: valid, stable, and somebody's own."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar

from core.clock import now
from core.errors import NotFound
from placements import calendar
from placements.models import Application, CalendarFeed
from placements.occasions import Occasion, of_session
from placements.services import attendance
from tests.factories.opportunities import SessionFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Application:
    return ApplicationFactory(state="started", started_at=now(), opportunity__title="Tea, please")


def events(place: Application) -> list:
    return list(Calendar.from_ical(calendar.feed_of(place.volunteer)).walk("VEVENT"))


def test_a_session_is_an_event_with_its_time_in_utc(place):
    start = datetime(2027, 6, 1, 17, tzinfo=UTC)
    SessionFactory(
        opportunity=place.opportunity, starts_at=start, ends_at=start + timedelta(hours=2)
    )
    (event,) = events(place)
    assert str(event["summary"]) == "Tea, please"
    assert event.decoded("dtstart") == start
    assert event.decoded("dtend") == start + timedelta(hours=2)
    assert str(event["uid"]).startswith(f"session-{place.opportunity.pk}-20270601T170000Z@")
    assert event["status"] == "CONFIRMED"
    for required in ("dtstamp", "sequence"):
        assert required in event


def test_what_has_no_dates_and_too_many_times_or_none_is_named_as_left_out(place):
    role = place.opportunity
    for slots, is_left_out in ((0, True), (0b111, False), (0b1111, True)):
        type(role).objects.filter(pk=role.pk).update(weekly_slots=slots)
        assert calendar.left_out_of(place.volunteer) == ([role] if is_left_out else [])
        assert bool(events(place)) is not is_left_out
    SessionFactory(opportunity=role)
    assert calendar.left_out_of(place.volunteer) == []


def test_the_page_names_what_is_left_out(client, place):
    place.opportunity.sessions.all().delete()
    type(place.opportunity).objects.update(weekly_slots=0)
    client.force_login(place.volunteer.user)
    assert "Tea, please" in client.get("/me/volunteering/calendar/").text


def test_its_words_are_in_the_persons_language(place):
    type(place.opportunity).objects.update(weekly_slots=1)
    person = place.volunteer.user
    person.preferred_language = "pl"
    person.save()
    (event,) = events(place)
    assert "hour with the group" not in str(event["description"])
    assert "(morning)" not in str(event["summary"])


def test_the_same_bytes_until_something_changes(place):
    session = SessionFactory(opportunity=place.opportunity)
    first = calendar.feed_of(place.volunteer)
    with time_machine.travel(now() + timedelta(hours=3)):
        assert calendar.feed_of(place.volunteer) == first
        occasion = of_session(session, place.opportunity)
        attendance.say(application=place, occasion=occasion, coming=False, by=None)
    before, after = Calendar.from_ical(first).walk("VEVENT")[0], events(place)[0]
    assert (after["uid"], after["status"]) == (before["uid"], "CANCELLED")
    assert after["sequence"] > before["sequence"]


def test_a_session_that_the_group_takes_out_is_cancelled_for_who_meant_to_come(place):
    session = SessionFactory(opportunity=place.opportunity)
    other = SessionFactory(
        opportunity=place.opportunity,
        starts_at=session.starts_at + timedelta(days=7),
        ends_at=session.ends_at + timedelta(days=7),
    )
    occasion = of_session(session, place.opportunity)
    attendance.say(application=place, occasion=occasion, coming=True, by=None)
    session.delete()
    said = {event.decoded("dtstart").date(): str(event["status"]) for event in events(place)}
    assert said == {
        session.starts_at.date(): "CANCELLED",
        other.starts_at.date(): "CONFIRMED",
    }


@time_machine.travel(datetime(2027, 3, 23, 12, tzinfo=UTC), tick=False)
def test_weekly_times_are_free_days_each_week_with_days_left_out(place):
    role = place.opportunity
    role.weekly_slots = 0b100 << 6  # Wednesday evening
    role.save()
    Application.objects.update(started_at=now())
    place.refresh_from_db()
    attendance.say(
        application=place, occasion=Occasion(role, date(2027, 3, 31)), coming=False, by=None
    )
    (event,) = events(place)
    assert event.decoded("dtstart") == date(2027, 3, 24)
    assert event["rrule"] == {"FREQ": ["WEEKLY"], "BYDAY": ["WE"]}
    assert event["exdate"].dts[0].dt == date(2027, 3, 31)
    assert event["transp"] == "TRANSPARENT"
    assert str(event["summary"]) == "Tea, please (evening)"


def test_a_role_at_any_time_has_no_events(place):
    role = place.opportunity
    role.weekly_slots = 2**21 - 1
    role.save()
    assert events(place) == []


@pytest.mark.parametrize("state", ["submitted", "offered", "ended", "withdrawn"])
def test_only_roles_with_a_place(state):
    other = ApplicationFactory(state=state)
    SessionFactory(opportunity=other.opportunity)
    assert events(other) == []


def test_a_new_address_ends_the_old_one(place):
    old = calendar.token_of(calendar.renew(volunteer=place.volunteer, by=None))
    assert calendar.volunteer_with(old) == place.volunteer
    new = calendar.token_of(calendar.renew(volunteer=place.volunteer, by=None))
    assert calendar.volunteer_with(new) == place.volunteer
    number = CalendarFeed.objects.get().number
    for token in (old, number, f"{number}.x", ""):
        with pytest.raises(NotFound):
            calendar.volunteer_with(token)


def test_a_closed_account_has_no_calendar(place):
    token = calendar.token_of(calendar.renew(volunteer=place.volunteer, by=None))
    place.volunteer.user.is_active = False
    place.volunteer.user.save()
    with pytest.raises(NotFound):
        calendar.volunteer_with(token)


def test_three_queries_for_many_roles(place, django_assert_num_queries):
    for _ in range(3):
        more = ApplicationFactory(volunteer=place.volunteer, state="accepted")
        SessionFactory(opportunity=more.opportunity)
    with django_assert_num_queries(3):
        calendar.feed_of(place.volunteer)


def test_the_page_gives_the_address_and_the_feed_needs_no_sign_in(client, place):
    client.force_login(place.volunteer.user)
    page = client.get("/me/volunteering/calendar/")
    assert "Make my address" in page.text
    page = client.post("/me/volunteering/calendar/new/", follow=True)
    path = "/calendar/" + page.context["address"].partition("/calendar/")[2]
    client.logout()
    SessionFactory(opportunity=place.opportunity)

    feed = client.get(path)

    assert feed["Content-Type"].startswith("text/calendar")
    assert feed["Cache-Control"] == "no-store"
    assert feed["X-Robots-Tag"] == "noindex"
    assert place.volunteer.user.first_name not in feed.content.decode()
    again = client.get(path, headers={"if-none-match": feed["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/calendar/made-up.ics").status_code == 404


def test_a_feed_that_is_stopped_opens_nothing_and_can_be_made_again(place, client):
    feed = calendar.renew(volunteer=place.volunteer, by=None)
    address = calendar.address_of(feed).partition("/calendar/")[2]
    client.force_login(place.volunteer.user)
    assert "Stop this address" in client.get("/me/volunteering/calendar/").content.decode()
    page = client.post("/me/volunteering/calendar/stop/", follow=True).content.decode()
    assert "Make my address" in page
    assert "Stop this address" not in page
    assert client.get(f"/calendar/{address}").status_code == 404
    with pytest.raises(NotFound):
        calendar.stop(volunteer=place.volunteer, by=None)
    assert calendar.renew(volunteer=place.volunteer, by=None).number
