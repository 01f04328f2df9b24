"""A volunteer's places, times and hours."""

from datetime import timedelta

import pytest
import time_machine

from core.clock import now, today
from placements import check_in
from placements.models import Attendance, HoursEntry
from placements.occasions import Occasion, of_session
from tests.factories.opportunities import SessionFactory
from tests.factories.placements import ApplicationFactory, HoursEntryFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import error_links, text_of

pytestmark = pytest.mark.django_db

MINE, HOURS = "/me/volunteering/", "/me/volunteering/hours/"


@pytest.fixture
def volunteer(client):
    volunteer = VolunteerFactory(last_used_at=now())
    client.force_login(volunteer.user)
    return volunteer


@pytest.fixture
def place(volunteer):
    return ApplicationFactory(volunteer=volunteer, state="started", answered_at=now())


def coming(place, when, said="yes"):
    return f"{MINE}{place.pk}/coming/", {"when": when, "coming": said}


def test_without_a_place_the_page_says_what_will_be_there(client, volunteer):
    ApplicationFactory(volunteer=volunteer)
    words = text_of(client.get(MINE))
    assert "once a group has given you a place" in words
    assert "See roles that suit you" in words


def test_what_is_next_and_hours_so_far(client, place):
    SessionFactory(opportunity=place.opportunity)
    HoursEntryFactory(application=place)
    HoursEntryFactory(application=place, minutes=90, state="confirmed", confirmed_at=now())
    ApplicationFactory(volunteer=place.volunteer, state="ended", opportunity__title="Long ago")

    words = text_of(client.get(MINE))

    assert "Next" in words
    assert "1.5 hours confirmed, 2 hours not confirmed yet" in words
    assert "Long ago" in words


def test_saying_that_they_come_or_not(client, place):
    session = SessionFactory(opportunity=place.opportunity)
    address, sent = coming(place, session.pk)

    page = client.post(address, sent, follow=True)
    assert "We wrote down that you come on" in text_of(page)
    page = client.post(address, sent | {"coming": "no"}, follow=True)

    assert "you cannot come" in text_of(page)
    assert Attendance.objects.get().state == "not_coming"
    assert "Next" not in text_of(page)


@pytest.mark.parametrize("when", ["", "nonsense", "2027-13-01"])
def test_a_time_that_is_none_is_refused_in_words(client, place, when):
    address, sent = coming(place, when)
    assert "Something was missing." in text_of(client.post(address, sent, follow=True))


def test_a_session_of_another_role_is_not_there(client, place):
    address, sent = coming(place, SessionFactory().pk)
    assert client.post(address, sent).status_code == 404


def test_hours_are_written_down_changed_and_taken_out(client, place):
    page = client.get(f"{HOURS}new/")
    assert page.context["form"].initial["role"] == str(place.pk)
    day = {"day_0": today().day, "day_1": today().month, "day_2": today().year}
    sent = {"role": place.pk, "hours": "2:30", "what": "Soup", **day}

    assert "Saved." in text_of(client.post(f"{HOURS}new/", sent, follow=True))
    entry = HoursEntry.objects.get()
    assert (entry.minutes, entry.what) == (150, "Soup")
    client.post(f"{HOURS}{entry.pk}/", sent | {"hours": "1,25"})
    entry.refresh_from_db()
    assert entry.minutes == 75
    client.post(f"{HOURS}{entry.pk}/remove/")
    assert not HoursEntry.objects.exists()


@pytest.mark.parametrize("typed", ["", "two", "2.1", "17", "-1", "nan", "1:99x"])
def test_hours_that_cannot_be_are_said_beside_the_field(client, place, typed):
    day = {"day_0": today().day, "day_1": today().month, "day_2": today().year}
    page = client.post(f"{HOURS}new/", {"role": place.pk, "hours": typed, **day})
    assert list(error_links(page).values()) == ["id_hours"]


def test_confirmed_hours_can_be_objected_to(client, place):
    entry = HoursEntryFactory(application=place, state="confirmed", confirmed_at=now())
    client.post(f"{HOURS}{entry.pk}/object/", {"words": "It was longer."})
    entry.refresh_from_db()
    assert entry.state == "questioned"
    assert "You asked: It was longer." in text_of(client.get(HOURS))


def test_hours_need_a_place(client, volunteer):
    page = client.get(f"{HOURS}new/", follow=True)
    assert "once you have a place in a role" in text_of(page)
    assert "There are no hours yet." in text_of(client.get(HOURS))


@pytest.mark.parametrize("address", ["", "remove/", "object/"])
def test_other_peoples_hours_are_not_there(client, place, address):
    others = HoursEntryFactory()
    sent = {"words": "x", "hours": "1"}
    assert client.post(f"{HOURS}{others.pk}/{address}", sent).status_code == 404


class TestCheckIn:
    @pytest.fixture
    def code(self, place):
        start = now() + timedelta(minutes=5)
        session = SessionFactory(
            opportunity=place.opportunity, starts_at=start, ends_at=start + timedelta(hours=1)
        )
        return check_in.code_of(of_session(session, place.opportunity))

    def test_the_code_leads_to_one_button(self, client, place, code):
        page = client.post("/check-in/", {"code": code.lower()}, follow=True)
        assert place.opportunity.title in text_of(page)
        assert not Attendance.objects.exists()
        page = client.post(f"/check-in/{code}/", follow=True)
        assert "You are there" in text_of(page)
        assert Attendance.objects.get().state == "attended"
        assert HoursEntry.objects.get().minutes == 60

    def test_a_wrong_or_old_code_is_explained(self, client, place, code):
        page = client.post("/check-in/", {"code": "ABCDEF"})
        assert list(error_links(page).values()) == ["id_code"]
        with time_machine.travel(now() + timedelta(days=1)):
            page = client.post(f"/check-in/{code}/")
        assert "This code does not work now" in text_of(page)
        assert not Attendance.objects.exists()

    def test_who_is_not_signed_in_comes_back_to_it(self, client, code):
        client.logout()
        assert client.get(f"/check-in/{code}/").url.endswith(f"?next=/check-in/{code}/")

    def test_a_day_without_an_hour(self, client, place):
        code = check_in.code_of(Occasion(place.opportunity, today()))
        assert "Write down your hours when you go." in text_of(
            client.post(f"/check-in/{code}/", follow=True)
        )


@pytest.mark.parametrize("count", [1, 4])
def test_as_many_queries_for_many_places(client, volunteer, django_assert_max_num_queries, count):
    for _ in range(count):
        place = ApplicationFactory(volunteer=volunteer, state="started")
        SessionFactory(opportunity=place.opportunity)
        HoursEntryFactory(application=place)
    with django_assert_max_num_queries(11):
        client.get(MINE)
    with django_assert_max_num_queries(10):
        client.get(HOURS)
