import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts.models import AuditEntry, User
from core.clock import now
from desk.models import DeskNote, LetterBatch, Telling, WayToTell
from notifications.models import Notification
from opportunities.models import Organisation
from placements.models import Application, TimedOffer
from tests.factories.accounts import UserFactory
from tests.factories.desk import LetterWriterFactory, message_to, suggested
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker(client):
    broker = UserFactory(broker=True)
    client.force_login(broker)
    return broker


@pytest.fixture
def caller():
    """A volunteer without an email address."""
    return VolunteerFactory(
        user__email=None,
        user__first_name="Demo",
        user__last_name="Caller",
        user__phone="07700 900321",
    )


def page_of(person, more=""):
    return f"/desk/people/{person.pk}/{more}"


def test_people_are_found_and_pages_of_them_kept_short(client, broker, caller):
    VolunteerFactory.create_batch(26)

    found = text_of(client.get("/desk/people/", {"q": "900321"}))
    without = text_of(client.get("/desk/people/", {"only": "no_email"}))

    assert "Demo Caller" in found
    assert "Demo Caller" in without
    assert client.get("/desk/people/?page=2").status_code == 200
    assert "Nobody is found by that." in text_of(client.get("/desk/people/", {"q": "zoo"}))


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

    page = text_of(client.get(page_of(caller.user)))

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

    with django_assert_max_num_queries(20):
        client.get(page_of(caller.user))


def test_somebody_who_is_no_volunteer_has_a_page_and_nothing_to_act_on(client, broker):
    person = MembershipFactory().user

    assert "Not a volunteer" in text_of(client.get(page_of(person)))
    assert client.get(page_of(person, "profile/time/")).status_code == 404
    assert client.get(page_of(person, "roles/")).status_code == 404


def test_a_person_is_registered_by_phone(client, broker):
    page = "/desk/people/register/"
    answers = {"first_name": "Demo", "phone": "07700 900111"}

    refused = client.post(page, answers)
    assert "Ask the person first, then tick the box." in refused.text
    done = client.post(page, answers | {"agreed": "on"}, follow=True)

    person = User.objects.get(phone="07700 900111")
    assert done.redirect_chain[-1][0] == page_of(person)
    assert person.volunteer.date_of_birth is None
    assert not mail.outbox


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

    client.post(page_of(person, "email/"), {"email": "New@Example.org"})

    person.refresh_from_db()
    assert person.email is None
    assert "new@example.org, not confirmed yet" in text_of(client.get(page_of(person)))
    link = re.search(r"http\S+(/accounts/confirm-email/\S+)", mail.outbox[0].body)[1]
    assert mail.outbox[0].to == ["new@example.org"]
    client.logout()
    client.post(link)

    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert EmailAddress.objects.get(user=person).verified
    assert not WayToTell.objects.exists()
    assert not Telling.objects.filter(notification=waits).exists()


def test_nobody_is_given_somebody_elses_address(client, broker, caller):
    UserFactory(email="taken@example.org")

    page = client.post(page_of(caller.user, "email/"), {"email": "taken@example.org"})

    assert "Somebody has this address already." in page.text
    assert not mail.outbox
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


def test_a_question_of_the_profile_is_filled_in_under_a_banner(client, broker, caller):
    page = page_of(caller.user, "profile/languages/")

    shown = client.get(page).text
    assert "You act for <strong>Demo Caller</strong>" in shown
    client.post(page, {"languages": ["gu"]})

    assert [item.code for item in caller.languages.all()] == ["gu"]
    assert Notification.objects.get(recipient=caller.user).kind == "centre.profile_changed"
    assert AuditEntry.objects.filter(action="volunteer.changed", actor=broker).exists()
    assert client.get(page_of(caller.user, "profile/made-up/")).status_code == 404


def test_a_role_is_found_and_asked_for(client, broker, caller):
    role = OpportunityFactory(title="Pour tea")
    OpportunityFactory(title="Pour milk", draft=True)

    found = text_of(client.get(page_of(caller.user, "roles/"), {"q": "pour"}))
    assert ("Pour tea" in found, "Pour milk" in found) == (True, False)
    client.post(page_of(caller.user, f"roles/{role.pk}/apply/"), {"message": "I like tea."})

    application = Application.objects.get()
    assert (application.volunteer, application.message) == (caller, "I like tea.")
    again = text_of(client.get(page_of(caller.user, f"roles/{role.pk}/apply/")))
    assert "They cannot ask for this role now" in again


def test_an_offer_is_taken_up_and_an_application_withdrawn(client, broker, caller):
    offered = ApplicationFactory(volunteer=caller, state="offered")
    asked = ApplicationFactory(volunteer=caller)
    of_another = ApplicationFactory()

    client.post(page_of(caller.user, f"applications/{offered.pk}/take-up/"))
    client.post(page_of(caller.user, f"applications/{asked.pk}/withdraw/"), {"reason": ""})
    stranger = client.post(page_of(caller.user, f"applications/{of_another.pk}/withdraw/"))

    states = {one.pk: one.state for one in Application.objects.all()}
    assert states[offered.pk] == "accepted"
    assert states[asked.pk] == "withdrawn"
    assert stranger.status_code == 404


def test_a_call_says_what_to_tell_and_how_it_went(client, broker, caller):
    message = message_to(caller.user, "a")
    page = page_of(caller.user, "call/")

    shown = client.get(page).text
    assert "First words of a." in shown
    assert f'name="up_to" value="{message.pk}"' in shown
    assert "1 message to tell" in text_of(client.get("/desk/queues/calls/"))
    refused = client.post(page, {"up_to": message.pk})
    assert "Say how the call went." in refused.text
    client.post(page, {"outcome": "reached", "up_to": message.pk})

    assert Telling.objects.get().notification == message
    assert "told by phone" in text_of(client.get(page_of(caller.user)))
    assert "There is nothing new to tell them." in text_of(client.get(page))


def test_letters_are_put_together_and_opened(client, broker):
    person = LetterWriterFactory().user
    message_to(person, "a")

    assert "Put today’s letters together" in client.get("/desk/queues/letters/").text
    done = client.post("/desk/letters/new/", follow=True)
    batch = LetterBatch.objects.get()
    document = client.get(f"/desk/letters/{batch.pk}/pdf/")

    assert str(person) in text_of(done)
    assert document["Content-Type"] == "application/pdf"
    assert document.content.startswith(b"%PDF-")
    none = client.post("/desk/letters/new/", follow=True).text
    assert "No letter waits to be printed." in none


def test_how_to_tell_them_is_chosen(client, broker, caller):
    page = page_of(caller.user, "way/")

    refused = client.post(page, {"way": "letter", "postal_address": ""})
    assert "Enter the address where letters go." in refused.text
    client.post(page, {"way": "letter", "postal_address": "1 Example Road"})

    assert "1 Example Road" in text_of(client.get(page_of(caller.user)))


def test_details_and_notes_are_kept(client, broker, caller):
    details = {"first_name": "Demo", "last_name": "Called", "phone": "07700 900322"}
    client.post(page_of(caller.user, "details/"), details)
    client.post(page_of(caller.user, "note/"), {"words": "Likes mornings."})

    caller.user.refresh_from_db()
    assert caller.user.phone == "07700 900322"
    assert DeskNote.objects.get().person == caller.user
    assert Notification.objects.get().kind == "centre.details_changed"


def test_a_group_is_registered_by_phone_for_two_people(client, broker):
    page = "/desk/groups/register/"
    answers = {
        "name": "Example Gardeners",
        "description": "We garden.",
        "legal_form": "unincorporated",
        "postcode": "HA1 1AA",
        "first_1": "Demo",
        "phone_1": "07700 900111",
        "first_2": "Second",
    }

    refused = client.post(page, answers)
    assert "Enter the phone number on which we can reach them." in refused.text
    client.post(page, answers | {"phone_2": "07700 900222", "email_2": "new@example.org"})
    assert [message.to for message in mail.outbox] == [["new@example.org"]]

    group = Organisation.objects.get()
    twice = client.post(page, answers | {"phone_2": "07700 900222", "name": "Example Gardener"})
    assert "Is the group here already?" in twice.text
    assert Organisation.objects.count() == 1
    assert [member.user.first_name for member in group.memberships.order_by("pk")] == [
        "Demo",
        "Second",
    ]


def test_a_group_is_not_half_registered_where_an_address_is_that_of_a_suspended_account(
    client, broker
):
    UserFactory(email="closed@example.org", is_active=False)
    answers = {
        "name": "Example Gardeners",
        "description": "We garden.",
        "legal_form": "unincorporated",
        "postcode": "HA1 1AA",
        "first_1": "Demo",
        "phone_1": "07700 900111",
        "email_1": "closed@example.org",
    }

    page = client.post("/desk/groups/register/", answers)

    assert "Somebody has this address already." in page.text
    assert not Organisation.objects.exists()


def test_the_groups_own_pages_say_that_the_centre_acts(client, broker):
    membership = MembershipFactory(organisation__name="Example Choir")
    page = f"/groups/{membership.organisation_id}/"

    assert "You act for <strong>Example Choir</strong>" in client.get(page).text
    client.force_login(membership.user)
    assert "You act for" not in client.get(page).text


def test_a_person_is_suspended_and_let_back_in(client, broker, caller):
    refused = client.post(page_of(caller.user, "suspend/"), {})
    assert "Choose why they are suspended." in refused.text
    client.post(page_of(caller.user, "suspend/"), {"reason": "safeguarding"})
    assert "Let them back in" in client.get(page_of(caller.user)).text
    client.post(page_of(caller.user, "reinstate/"))

    caller.user.refresh_from_db()
    assert caller.user.is_active
    page = text_of(client.get(page_of(caller.user)))
    assert "Suspended and let back in" in page
    assert f"suspended (Somebody may come to harm), {broker}" in page


def test_a_suggestion_is_answered_for_a_person_who_is_told(client, broker, caller):
    role = OpportunityFactory(title="Pour tea")
    suggestion = suggested(caller, opportunity=role)
    assert "What they have to answer" in text_of(client.get(page_of(caller.user)))

    client.post(page_of(caller.user, f"suggestions/{suggestion.pk}/yes/"))

    application = Application.objects.get(volunteer=caller)
    assert (application.opportunity, application.came_by) == (role, "referral")
    assert Notification.objects.filter(
        recipient=caller.user, kind="application.submitted_for_you"
    ).exists()
    assert "What they have to answer" not in text_of(client.get(page_of(caller.user)))


def test_no_thanks_is_said_for_a_person_with_their_reason(client, broker, caller):
    suggestion = suggested(caller)
    page = page_of(caller.user, f"suggestions/{suggestion.pk}/no/")

    assert "Choose a reason." in client.post(page, {}).text
    client.post(page, {"reason": "too_far"})

    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.reason) == ("refused", "too_far")
    told = Notification.objects.get(recipient=caller.user, kind="centre.answered")
    assert "said no for you" in told.subject
    again = client.post(page, {"reason": "too_far"}).text
    assert "answered this already" in again


@pytest.mark.parametrize(("answer", "state"), [("yes", "taken"), ("no", "refused")])
def test_a_place_that_is_kept_is_answered_for_a_person(client, broker, caller, answer, state):
    role = OpportunityFactory(title="Pour tea", places=3, places_taken=1)
    entry = WaitingListEntryFactory(volunteer=caller, opportunity=role, state="offered")
    offer = TimedOffer.objects.create(
        entry=entry,
        volunteer=caller,
        opportunity=role,
        made_at=now(),
        answer_by=now() + timedelta(days=1),
    )
    assert "A place is kept for them" in text_of(client.get(page_of(caller.user)))

    client.post(page_of(caller.user, f"offers/{offer.pk}/{answer}/"))

    offer.refresh_from_db()
    assert offer.state == state
    assert Notification.objects.get(recipient=caller.user, kind="centre.answered")


def test_what_somebody_else_has_to_answer_is_not_there(client, broker, caller):
    other = suggested(VolunteerFactory())

    for answer in ("yes", "no"):
        page = page_of(caller.user, f"suggestions/{other.pk}/{answer}/")
        assert client.post(page, {"reason": "too_far"}).status_code == 404


def test_letters_are_said_to_be_posted_on_their_page(client, broker):
    person = LetterWriterFactory().user
    message_to(person, "a")
    client.post("/desk/letters/new/")
    page = f"/desk/letters/{LetterBatch.objects.get().pk}/"
    assert "in a letter that is not posted yet" in text_of(client.get(page_of(person)))
    assert "Not posted yet" in text_of(client.get("/desk/letters/"))

    client.post(f"{page}posted/")
    assert "told by letter" in text_of(client.get(page_of(person)))
    assert "to 1 person" in text_of(client.get("/desk/letters/"))
    client.post(f"{page}not-posted/")
    gone = client.post(f"{page}put-back/")

    assert gone.url == "/desk/queues/letters/"
    assert not LetterBatch.objects.exists()
    assert client.post(f"{page}posted/").status_code == 404


def test_a_group_is_told_what_the_centre_changed_on_its_pages(client, broker):
    membership = MembershipFactory(organisation__name="Example Choir")
    role = OpportunityFactory(organisation=membership.organisation, title="Pour tea")
    page = f"/groups/{membership.organisation_id}/roles/{role.pk}/close/"

    client.get(page)
    assert not Notification.objects.filter(kind="centre.acted_for_group").exists()
    for _ in range(2):
        client.post(page, {"because": "found"})

    told = Notification.objects.get(kind="centre.acted_for_group")
    assert told.recipient == membership.user
    assert "We closed the role “Pour tea”." in told.body


def test_a_pause_begins_and_ends_for_a_person_who_is_told(client, broker, caller):
    assert "Pause for them" in client.get(page_of(caller.user)).text

    client.post(page_of(caller.user, "pause/"))

    caller.refresh_from_db()
    assert caller.paused_at is not None
    assert "End the pause for them" in client.get(page_of(caller.user)).text
    client.post(page_of(caller.user, "go-on/"))
    caller.refresh_from_db()
    assert caller.paused_at is None
    subjects = Notification.objects.filter(recipient=caller.user).values_list("subject", flat=True)
    assert set(subjects) == {"We paused for you", "We look for roles for you again"}
    assert AuditEntry.objects.filter(action="volunteer.paused", actor=broker).exists()
