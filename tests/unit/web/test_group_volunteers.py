"""A group's people: who is there, the code at the door, hours to confirm."""

from datetime import date, timedelta

import pytest

from core.clock import now, today
from placements import check_in
from placements.models import Application, Attendance, HoursEntry
from placements.occasions import Occasion, of_session
from placements.services import attendance
from tests.factories.opportunities import OpportunityFactory, SessionFactory
from tests.factories.placements import ApplicationFactory, HoursEntryFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def role(membership):
    return OpportunityFactory(organisation=membership.organisation, places=20)


@pytest.fixture
def place(role):
    return ApplicationFactory(
        opportunity=role,
        state="started",
        volunteer__user__first_name="Demo-Ada",
        volunteer__user__phone="020 7946 0111",
        share_phone=True,
    )


def volunteers(role, rest=""):
    return f"/groups/{role.organisation_id}/roles/{role.pk}/{rest or 'volunteers/'}"


def hours_of(role):
    return f"/groups/{role.organisation_id}/hours/"


def test_who_is_with_us_since_when_and_how_to_reach_them(client, role, place):
    HoursEntryFactory(application=place, state="confirmed", confirmed_at=now())
    ApplicationFactory(opportunity=role, volunteer__user__first_name="Demo-Asks")
    words = text_of(client.get(volunteers(role)))
    assert "Demo-Ada" in words
    assert "2 hours confirmed" in words
    assert "020 7946 0111" in words
    assert "Demo-Asks" not in words


def test_each_time_to_come_says_how_many_come_and_cannot(client, role, place):
    soon = SessionFactory(opportunity=role)
    SessionFactory(opportunity=role, starts_at=soon.starts_at + timedelta(days=1))
    people = [place, *ApplicationFactory.create_batch(3, opportunity=role, state="accepted")]
    *coming, cannot = people
    occasion = of_session(soon, role)
    for one in people:
        attendance.say(application=one, occasion=occasion, coming=one != cannot, by=None)
    # Who has no place any more does not count.
    Application.objects.filter(pk=coming[0].pk).update(state="ended")

    words = text_of(client.get(volunteers(role)))
    assert words.count("2 people come, 1 cannot come") == 1
    assert words.count("cannot come") == 1


def test_an_id_that_no_row_can_have_is_nobodys(client, role):
    for huge in ("9" * 30, "9" * 5000):
        assert client.post(hours_of(role), {"entry": huge}).status_code < 500
        taken_back = f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/take-back/"
        assert client.post(taken_back, {"person": huge}).status_code < 500


def test_how_to_reach_a_child_is_never_shown(client, role):
    ApplicationFactory(
        opportunity=role,
        state="started",
        volunteer__date_of_birth=date(today().year - 14, 1, 1),
        volunteer__user__email="childcanary@example.org",
        volunteer__user__phone="020 7946 0222",
        share_email=True,
        share_phone=True,
    )
    page = client.get(volunteers(role)).text
    assert "childcanary" not in page
    assert "0222" not in page


def test_earlier_times_are_reached_also_when_nobody_has_a_place_any_more(client, role, place):
    begun = now() - timedelta(days=40)
    Application.objects.filter(pk=place.pk).update(
        state="ended", state_since=now(), created_at=begun, answered_at=begun, started_at=begun
    )
    for day in range(1, 9):
        SessionFactory(opportunity=role, starts_at=now() - timedelta(days=day), ends_at=now())
    latest = client.get(volunteers(role)).text
    assert latest.count("/sessions/") == 6
    assert "Earlier times" in latest

    every = client.get(volunteers(role, "volunteers/?earlier=1")).text
    assert every.count("/sessions/") == 8
    assert "Earlier times" not in every


def test_nobody_yet(client, role):
    assert "Nobody has a place in this role yet." in text_of(client.get(volunteers(role)))


def test_before_it_begins_the_page_says_who_comes(client, role, place):
    session = SessionFactory(opportunity=role)
    address = volunteers(role, f"sessions/{session.pk}/")
    assert "Demo-Ada Person: has not said" in text_of(client.get(address))
    page = client.post(address, {f"person-{place.pk}": "attended"}, follow=True)
    assert "It has not begun yet." in text_of(page)
    assert not Attendance.objects.exists()


def test_ticking_people_off_a_list_with_their_hours(client, role, place):
    address = volunteers(role, f"sessions/{today()}/")
    page = client.post(address, {f"person-{place.pk}": "attended", "hours": "1.5"}, follow=True)
    assert "Saved." in text_of(page)
    assert HoursEntry.objects.get().minutes == 90
    page = client.post(address, {f"person-{place.pk}": "no_show"}, follow=True)
    assert Attendance.objects.get().state == "no_show"
    for sent in ({"hours": "x"}, {f"person-{place.pk}": "coming"}):
        assert "There" not in text_of(client.post(address, sent, follow=True))
    assert Attendance.objects.get().state == "no_show"


def test_hours_of_who_checked_in_by_the_code_are_confirmed_with_saving(client, role, place):
    day = Occasion(role, today())
    attendance.check_in(application=place, occasion=day, by=None)
    address = volunteers(role, f"sessions/{today()}/")
    assert "those too who checked in by the code" in text_of(client.get(address))
    sent = {f"person-{place.pk}": "attended"}
    assert "Nothing has changed." in text_of(client.post(address, sent, follow=True))
    page = client.post(address, sent | {"hours": "1.5"}, follow=True)
    assert "Saved. The hours of 1 person are confirmed." in text_of(page)
    assert HoursEntry.objects.confirmed().get().minutes == 90


def test_where_no_hours_come_of_it_the_page_does_not_say_that_they_are_confirmed(
    client, role, place
):
    address = volunteers(role, f"sessions/{today()}/")
    page = client.post(address, {f"person-{place.pk}": "no_show"}, follow=True)
    assert "Saved. No hours are confirmed with it." in text_of(page)


def test_hours_that_people_wrote_down_themselves_are_pointed_out(client, role, place):
    address = volunteers(role, f"sessions/{today()}/")
    assert "themselves. What you save" not in text_of(client.get(address))
    HoursEntryFactory(application=place, day=today())
    page = client.get(address)
    assert "What you save here leaves those as they are" in text_of(page)
    assert hours_of(role) in page.text


@pytest.mark.parametrize("when", ["0", "nonsense", "2027-02-30"])
def test_a_time_that_the_role_does_not_have_is_not_there(client, role, when):
    assert client.get(volunteers(role, f"sessions/{when}/")).status_code == 404


def test_the_code_at_the_door_is_drawn_and_written(client, role):
    page = client.get(volunteers(role, f"sessions/{today()}/check-in/"))
    code = check_in.code_of(Occasion(role, today()))
    assert f"{code[:3]} {code[3:]}" in text_of(page)
    assert "<svg" in page.text
    assert "style=" not in page.text.partition("<svg")[2].partition("</svg>")[0]


def test_hours_written_down_for_somebody(client, role, place):
    day = {"day_0": today().day, "day_1": today().month, "day_2": today().year}
    address = volunteers(role, f"volunteers/{place.pk}/hours/")
    client.post(address, {"hours": "2", **day})
    entry = HoursEntry.objects.get()
    assert (entry.state, entry.minutes) == ("confirmed", 120)


def test_hours_are_confirmed_in_bulk_one_changed_one_left(client, role, place):
    first, second, left = HoursEntryFactory.create_batch(3, application=place)
    sent = {"entry": [first.pk, second.pk]}
    for entry, typed in ((first, "2"), (second, "1.5"), (left, "2")):
        sent |= {f"seen-{entry.pk}": 120, f"hours-{entry.pk}": typed}

    page = client.post(hours_of(role), sent, follow=True)

    assert "2 entries confirmed." in text_of(page)
    said = dict(HoursEntry.objects.values_list("pk", "state"))
    assert said == {first.pk: "confirmed", second.pk: "confirmed", left.pk: "logged"}
    assert HoursEntry.objects.get(pk=second.pk).minutes == 90


def test_what_cannot_be_is_said_in_its_row_and_nothing_is_confirmed(client, role, place):
    first, second = HoursEntryFactory.create_batch(2, application=place)
    seen = {f"seen-{entry.pk}": 120 for entry in (first, second)}
    sent = {"entry": [first.pk, second.pk], f"hours-{first.pk}": "lots", **seen}
    page = client.post(hours_of(role), sent)
    assert "Enter hours in quarters" in text_of(page)
    assert not HoursEntry.objects.confirmed().exists()


def test_hours_that_changed_meanwhile_are_not_confirmed(client, role, place):
    entry = HoursEntryFactory(application=place)
    sent = {"entry": [entry.pk, 10**6], f"seen-{entry.pk}": 90, f"hours-{entry.pk}": "1.5"}
    page = client.post(hours_of(role), sent, follow=True)
    assert "have changed since you opened the page" in text_of(page)
    page = client.post(hours_of(role), {}, follow=True)
    assert "Tick the hours" in text_of(page)
    assert not HoursEntry.objects.confirmed().exists()


def test_asking_about_hours(client, role, place):
    entry = HoursEntryFactory(application=place)
    client.post(f"{hours_of(role)}{entry.pk}/ask/", {"words": "Which day?"})
    entry.refresh_from_db()
    assert (entry.state, entry.questioned_by) == ("questioned", "group")
    assert "You asked: Which day?" in text_of(client.get(hours_of(role)))


def test_other_groups_hours_are_not_there(client, role):
    others = HoursEntryFactory()
    assert client.get(f"{hours_of(role)}{others.pk}/ask/").status_code == 404
    assert "No hours wait for you." in text_of(client.get(hours_of(role)))


@pytest.mark.parametrize("count", [1, 5])
def test_as_many_queries_for_many_people(client, role, django_assert_max_num_queries, count):
    SessionFactory(opportunity=role, starts_at=now() - timedelta(minutes=5), ends_at=now())
    for _ in range(count):
        HoursEntryFactory(application__opportunity=role)
    with django_assert_max_num_queries(15):
        client.get(volunteers(role))
    with django_assert_max_num_queries(12):
        client.get(volunteers(role, f"sessions/{role.sessions.get().pk}/"))
    with django_assert_max_num_queries(10):
        client.get(hours_of(role))
