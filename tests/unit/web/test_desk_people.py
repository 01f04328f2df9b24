"""People on the desk: found, registered by phone, changed, suspended."""

import re

import pytest
from allauth.account.models import EmailAddress

from accounts.models import AuditEntry, User
from desk.models import DeskNote, Telling, WayToTell
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.desk import LetterWriterFactory, message_to
from tests.factories.opportunities import MembershipFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import desk_page, text_of
from tests.work import mails_about_accounts

pytestmark = pytest.mark.django_db


def test_people_are_found_and_pages_of_them_kept_short(client, broker, caller):
    VolunteerFactory.create_batch(26)

    found = text_of(client.get("/desk/people/", {"q": "900321"}))
    without = text_of(client.get("/desk/people/", {"only": "no_email"}))

    assert "Demo Caller" in found
    assert "Demo Caller" in without
    assert client.get("/desk/people/?page=2").status_code == 200
    assert "Nobody is found by that." in text_of(client.get("/desk/people/", {"q": "zoo"}))


def test_people_who_wait_and_have_not_said_what_they_would_like_are_found(client, broker):
    VolunteerFactory(user__first_name="Silent")
    VolunteerFactory(user__first_name="Placed", waiting_since=None)
    VolunteerFactory(user__first_name="Gardener", activities=["gardening"])
    VolunteerFactory(user__first_name="Animal", causes=["animals"])

    found = text_of(client.get("/desk/people/", {"only": "silent"}))

    assert "Silent" in found
    assert not [name for name in ("Placed", "Gardener", "Animal") if name in found]


def test_a_list_of_people_needs_as_many_queries_for_many(
    client, broker, django_assert_max_num_queries
):
    VolunteerFactory.create_batch(10)

    with django_assert_max_num_queries(6):
        client.get("/desk/people/")


def test_a_persons_page_shows_what_is_theirs_and_that_it_was_opened(client, broker, caller):
    ApplicationFactory(volunteer=caller, opportunity__title="Pour tea", state="offered")
    message_to(caller.user, "a")
    MembershipFactory(user=caller.user, organisation__name="Example Choir")
    DeskNote.objects.create(person=caller.user, by=broker, words="Call in the evening.")

    page = text_of(client.get(desk_page(caller.user)))

    for words in ("Pour tea", "Subject a", "not told yet", "Example Choir", "Call in the evening."):
        assert words in page
    entry = AuditEntry.objects.get(action="person.looked_at")
    assert (entry.actor, entry.subject_id) == (broker, caller.user.pk)


def test_a_persons_page_needs_as_many_queries_for_many_applications(
    client, broker, caller, django_assert_max_num_queries
):
    for number in range(5):
        ApplicationFactory(volunteer=caller)
        message_to(caller.user, str(number))

    with django_assert_max_num_queries(24):
        client.get(desk_page(caller.user))


def test_somebody_who_is_no_volunteer_has_a_page_and_nothing_to_act_on(client, broker):
    person = MembershipFactory().user

    assert "Not a volunteer" in text_of(client.get(desk_page(person)))
    assert client.get(desk_page(person, "profile/time/")).status_code == 404
    assert client.get(desk_page(person, "roles/")).status_code == 404


def test_a_person_is_registered_by_phone(client, broker):
    page = "/desk/people/register/"
    answers = {"first_name": "Demo", "phone": "07700 900111"}

    refused = client.post(page, answers)
    assert "Ask the person first, then tick the box." in refused.text
    done = client.post(page, answers | {"agreed": "on"}, follow=True)

    person = User.objects.get(phone="07700 900111")
    assert done.redirect_chain[-1][0] == desk_page(person)
    assert person.volunteer.date_of_birth is None
    assert not mails_about_accounts()


def test_who_has_the_same_phone_is_shown_before_somebody_is_registered_twice(
    client, broker, caller
):
    page = "/desk/people/register/"
    answers = {"first_name": "Demo", "phone": "07700900321", "agreed": "on"}

    twice = text_of(client.post(page, answers))

    assert "Are they here already? Demo Caller" in twice
    assert "Somebody with this phone number is registered." in twice
    assert User.objects.filter(first_name="Demo").count() == 1
    client.post(page, answers | {"another_person": "on"})
    assert User.objects.filter(first_name="Demo").count() == 2


def test_an_email_address_counts_once_they_confirm_it_and_their_address_for_letters_goes(
    client, broker
):
    person = LetterWriterFactory().user
    waits = message_to(person, "a")

    client.post(desk_page(person, "email/"), {"email": "New@Example.org"})

    person.refresh_from_db()
    assert person.email is None
    assert "new@example.org, not confirmed yet" in text_of(client.get(desk_page(person)))
    link = re.search(r"http\S+(/accounts/confirm-email/\S+)", mails_about_accounts()[0].body)[1]
    assert mails_about_accounts()[0].to == ["new@example.org"]
    client.logout()
    client.post(link)

    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert EmailAddress.objects.get(user=person).verified
    assert not WayToTell.objects.exists()
    assert not Telling.objects.filter(notification=waits).exists()


def test_nobody_is_given_somebody_elses_address(client, broker, caller):
    UserFactory(email="taken@example.org")

    page = client.post(desk_page(caller.user, "email/"), {"email": "taken@example.org"})

    assert "Somebody has this address already." in page.text
    assert not mails_about_accounts()
    registered = client.post(
        "/desk/people/register/",
        {
            "first_name": "Demo",
            "phone": "07700 900111",
            "email": "taken@example.org",
            "agreed": "on",
        },
    )
    assert "Somebody has this address already." in registered.text
    assert not User.objects.filter(phone="07700 900111").exists()


def test_how_to_tell_them_is_chosen(client, broker, caller):
    page = desk_page(caller.user, "way/")

    refused = client.post(page, {"way": "letter", "postal_address": ""})
    assert "Enter the address where letters go." in refused.text
    client.post(page, {"way": "letter", "postal_address": "1 Example Road"})

    assert "1 Example Road" in text_of(client.get(desk_page(caller.user)))


def test_details_and_notes_are_kept(client, broker, caller):
    details = {"first_name": "Demo", "last_name": "Called", "phone": "07700 900322"}
    client.post(desk_page(caller.user, "details/"), details)
    client.post(desk_page(caller.user, "note/"), {"words": "Likes mornings."})

    caller.user.refresh_from_db()
    assert caller.user.phone == "07700 900322"
    assert DeskNote.objects.get().person == caller.user
    assert Notification.objects.get().kind == "centre.details_changed"


def test_a_person_is_suspended_and_let_back_in(client, broker, caller):
    refused = client.post(desk_page(caller.user, "suspend/"), {})
    assert "Choose why they are suspended." in refused.text
    client.post(desk_page(caller.user, "suspend/"), {"reason": "safeguarding"})
    assert "Let them back in" in client.get(desk_page(caller.user)).text
    client.post(desk_page(caller.user, "reinstate/"))

    caller.user.refresh_from_db()
    assert caller.user.is_active
    page = text_of(client.get(desk_page(caller.user)))
    assert "Suspended and let back in" in page
    assert f"suspended (Somebody may come to harm), {broker}" in page
