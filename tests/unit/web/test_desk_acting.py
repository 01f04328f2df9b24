"""What the volunteer centre does for a person on the desk, who is told."""

from datetime import timedelta

import pytest

from accounts.models import AuditEntry
from core.clock import now
from desk.models import LetterBatch, Telling
from notifications.models import Notification
from placements.models import Application, TimedOffer
from tests.factories.desk import LetterWriterFactory, message_to, suggested
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.unit.web.pages import desk_page, text_of

pytestmark = pytest.mark.django_db


def test_a_question_of_the_profile_is_filled_in_under_a_banner(client, broker, caller):
    page = desk_page(caller.user, "profile/languages/")

    shown = client.get(page).text
    assert "You act for <strong>Demo Caller</strong>" in shown
    client.post(page, {"languages": ["gu"]})

    assert [item.code for item in caller.languages.all()] == ["gu"]
    assert Notification.objects.get(recipient=caller.user).kind == "centre.profile_changed"
    assert AuditEntry.objects.filter(action="volunteer.changed", actor=broker).exists()
    assert client.get(desk_page(caller.user, "profile/made-up/")).status_code == 404


def test_a_role_is_found_and_asked_for(client, broker, caller):
    role = OpportunityFactory(title="Pour tea")
    OpportunityFactory(title="Pour milk", draft=True)

    found = text_of(client.get(desk_page(caller.user, "roles/"), {"q": "pour"}))
    assert ("Pour tea" in found, "Pour milk" in found) == (True, False)
    page = text_of(client.get(desk_page(caller.user, f"roles/{role.pk}/apply/")))
    assert "It does not see their phone number or email address unless they share them" in page
    client.post(desk_page(caller.user, f"roles/{role.pk}/apply/"), {"message": "I like tea."})

    application = Application.objects.get()
    assert (application.volunteer, application.message) == (caller, "I like tea.")
    again = text_of(client.get(desk_page(caller.user, f"roles/{role.pk}/apply/")))
    assert "They cannot ask for this role now" in again


def test_an_offer_is_taken_up_and_an_application_withdrawn(client, broker, caller):
    offered = ApplicationFactory(volunteer=caller, state="offered")
    asked = ApplicationFactory(volunteer=caller)
    of_another = ApplicationFactory()

    client.post(desk_page(caller.user, f"applications/{offered.pk}/take-up/"))
    withdraw = desk_page(caller.user, f"applications/{asked.pk}/withdraw/")
    assert "They can ask for this role again later, as anybody can." in client.get(withdraw).text
    client.post(withdraw, {"reason": ""})
    stranger = client.post(desk_page(caller.user, f"applications/{of_another.pk}/withdraw/"))

    states = {one.pk: one.state for one in Application.objects.all()}
    assert states[offered.pk] == "accepted"
    assert states[asked.pk] == "withdrawn"
    assert stranger.status_code == 404


def test_a_call_says_what_to_tell_and_how_it_went(client, broker, caller):
    message = message_to(caller.user, "a")
    page = desk_page(caller.user, "call/")

    shown = client.get(page).text
    assert "First words of a." in shown
    assert f'name="shown" value="{message.pk}"' in shown
    assert "1 message to tell" in text_of(client.get("/desk/queues/calls/"))
    refused = client.post(page, {"shown": message.pk})
    assert "Say how the call went." in refused.text
    assert f'name="shown" value="{message.pk}"' in refused.text
    client.post(page, {"outcome": "reached", "shown": [message.pk]})

    assert Telling.objects.get().notification == message
    assert "told by phone" in text_of(client.get(desk_page(caller.user)))
    assert "There is nothing new to tell them." in text_of(client.get(page))


def test_whom_mail_does_not_reach_can_be_called_from_their_page(client, broker):
    person = VolunteerFactory(user__phone="07700 900321").user
    message = message_to(person, "a")
    assert "Call them" not in text_of(client.get(desk_page(person)))

    message.email_state = "failed"
    message.save()

    shown = client.get(desk_page(person))
    assert "Call them" in text_of(shown)
    assert desk_page(person, "call/") in shown.text


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


def test_a_suggestion_is_answered_for_a_person_who_is_told(client, broker, caller):
    role = OpportunityFactory(title="Pour tea")
    suggestion = suggested(caller, opportunity=role)
    assert "What they have to answer" in text_of(client.get(desk_page(caller.user)))

    client.post(desk_page(caller.user, f"suggestions/{suggestion.pk}/yes/"))

    application = Application.objects.get(volunteer=caller)
    assert (application.opportunity, application.came_by) == (role, "referral")
    assert Notification.objects.filter(
        recipient=caller.user, kind="application.submitted_for_you"
    ).exists()
    assert "What they have to answer" not in text_of(client.get(desk_page(caller.user)))


def test_no_thanks_is_said_for_a_person_with_their_reason(client, broker, caller):
    suggestion = suggested(caller)
    page = desk_page(caller.user, f"suggestions/{suggestion.pk}/no/")

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
    assert "A place is kept for them" in text_of(client.get(desk_page(caller.user)))

    client.post(desk_page(caller.user, f"offers/{offer.pk}/{answer}/"))

    offer.refresh_from_db()
    assert offer.state == state
    assert Notification.objects.get(recipient=caller.user, kind="centre.answered")


def test_what_somebody_else_has_to_answer_is_not_there(client, broker, caller):
    other = suggested(VolunteerFactory())

    for answer in ("yes", "no"):
        page = desk_page(caller.user, f"suggestions/{other.pk}/{answer}/")
        assert client.post(page, {"reason": "too_far"}).status_code == 404


def test_letters_are_said_to_be_posted_on_their_page(client, broker):
    person = LetterWriterFactory().user
    message_to(person, "a")
    client.post("/desk/letters/new/")
    page = f"/desk/letters/{LetterBatch.objects.get().pk}/"
    assert "in a letter that is not posted yet" in text_of(client.get(desk_page(person)))
    assert "Not posted yet" in text_of(client.get("/desk/letters/"))

    client.post(f"{page}posted/")
    assert "told by letter" in text_of(client.get(desk_page(person)))
    assert "to 1 person" in text_of(client.get("/desk/letters/"))
    client.post(f"{page}not-posted/")
    gone = client.post(f"{page}put-back/")

    assert gone.url == "/desk/queues/letters/"
    assert not LetterBatch.objects.exists()
    assert client.post(f"{page}posted/").status_code == 404


def test_a_pause_begins_and_ends_for_a_person_who_is_told(client, broker, caller):
    assert "Pause for them" in client.get(desk_page(caller.user)).text

    client.post(desk_page(caller.user, "pause/"))

    caller.refresh_from_db()
    assert caller.paused_at is not None
    assert "End the pause for them" in client.get(desk_page(caller.user)).text
    client.post(desk_page(caller.user, "go-on/"))
    caller.refresh_from_db()
    assert caller.paused_at is None
    subjects = Notification.objects.filter(recipient=caller.user).values_list("subject", flat=True)
    assert set(subjects) == {"We paused for you", "We look for roles for you again"}
    assert AuditEntry.objects.filter(action="volunteer.paused", actor=broker).exists()


def test_somebody_whose_mail_fails_is_called_and_the_desk_sees_why(client, broker):
    person = VolunteerFactory(user__email="gone@example.org").user
    message = message_to(person, "a")
    assert "Hears from us" not in text_of(client.get(desk_page(person)))
    message.email_state = "failed"
    message.save()

    page = text_of(client.get(desk_page(person)))
    assert "could not be mailed, and is not told yet" in page
    assert "Hears from us By phone" in page
    listed = text_of(client.get("/desk/queues/calls/"))
    assert "Mail to gone@example.org could not be delivered" in listed
    call = text_of(client.get(desk_page(person, "call/")))
    assert "Mail to gone@example.org could not be delivered. Ask whether" in call

    message.email_state = "late"
    message.save()
    for page in ("/desk/queues/calls/", desk_page(person, "call/")):
        words = text_of(client.get(page))
        assert "Mail to gone@example.org has been waiting for hours; we keep trying." in words
        assert "Ask whether the address is right" not in words
        assert "could not be delivered" not in words

    message.email_state, message.read_at = "failed", now()
    message.save()
    assert "could not be mailed, but was read here" in text_of(client.get(desk_page(person)))

    message.useful_until = now()
    message.save()
    assert "not told in time" in text_of(client.get(desk_page(person)))
