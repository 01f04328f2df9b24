"""Pages of the desk on which somebody writes, waits, starts and stops for a person who calls."""

from datetime import timedelta

import pytest

from core.clock import now, today
from notifications.models import Notification
from placements.models import HoursEntry, Message, StillGoing, WaitingListEntry
from placements.services import conversations
from placements.services.still_going import TIME_TO_ANSWER
from placements.states import Mover
from tests.factories.opportunities import MembershipFactory, OpportunityFactory, SessionFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.unit.web.pages import desk_page, error_links, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(caller):
    organisation = MembershipFactory(organisation__name="Example Cooks").organisation
    role = OpportunityFactory(organisation=organisation, title="Pour tea")
    return ApplicationFactory(volunteer=caller, opportunity=role)


def page_about(application, page):
    person = application.volunteer.user
    return desk_page(person, f"applications/{application.pk}/{page}/")


def test_a_message_is_read_to_a_person_and_answered_for_them(client, broker, caller, application):
    heard = conversations.write(application=application, side=Mover.GROUP, words="When?", by=None)
    assert "1 not heard" in text_of(client.get(desk_page(caller.user)))
    page = page_about(application, "messages")

    shown = client.get(page)
    assert "When?" in text_of(shown)
    assert "You act for <strong>Demo Caller</strong>" in shown.text
    heard.refresh_from_db()
    assert heard.read_at is None, "that somebody looked is not that the person has heard it"
    assert list(error_links(client.post(page, {"words": " "}))) == ["Write something first."]
    sent = client.post(page, {"words": "On Friday."}, follow=True)

    assert "Sent. The group has it now, and the person is told." in text_of(sent)
    assert "Demo Caller" in text_of(sent)
    assert Message.objects.get(side="volunteer").words == "On Friday."
    assert "not heard" not in text_of(client.get(desk_page(caller.user)))


def test_no_words_are_asked_for_where_one_has_blocked_the_other(client, broker, application):
    from placements.services import blocks

    blocks.block(
        volunteer=application.volunteer,
        organisation=application.opportunity.organisation,
        side=Mover.GROUP,
        by=None,
    )
    page = client.get(page_about(application, "messages"))

    assert "You cannot write to each other on this service." in text_of(page)
    assert "<textarea" not in page.text


def test_a_number_is_shared_for_a_person(client, broker, caller, application):
    page = page_about(application, "sharing")
    assert "Their phone number: 07700 900321" in text_of(client.get(page))

    saved = client.post(page, {"shared": ["phone"]}, follow=True)

    assert "Example Cooks sees what you ticked." in text_of(saved)
    application.refresh_from_db()
    assert (application.share_phone, application.share_email) == (True, False)
    hidden = client.post(page, {}, follow=True)
    assert "Example Cooks sees no address or number of theirs." in text_of(hidden)


def test_a_full_role_is_found_and_waited_for(client, broker, caller):
    full = OpportunityFactory(title="Pour tea", status="full", places=1, places_taken=1)
    assert "Pour tea" in text_of(client.get(desk_page(caller.user, "roles/"), {"q": "pour"}))
    wait = desk_page(caller.user, f"roles/{full.pk}/wait/")
    assert wait in client.get(desk_page(caller.user, f"roles/{full.pk}/apply/")).text
    assert "Nobody waits for a place yet." in text_of(client.get(wait))

    done = client.post(wait, follow=True)

    assert "They are on the waiting list, and are told." in text_of(done)
    assert "Number 1 of 1" in text_of(done)
    entry = WaitingListEntry.objects.get(volunteer=caller)
    left = client.post(desk_page(caller.user, f"waiting/{entry.pk}/leave/"), follow=True)
    assert "They are on no waiting list." in text_of(left)


def test_a_role_that_can_be_asked_for_has_no_list(client, broker, caller):
    wait = desk_page(caller.user, f"roles/{OpportunityFactory().pk}/wait/")

    assert "They cannot wait for this role" in text_of(client.get(wait))
    assert "This role has no waiting list now" in text_of(client.post(wait))


def test_a_kind_of_role_is_waited_for(client, broker, caller):
    page = desk_page(caller.user, "waiting/join/")
    assert "Choose what you would like to do." in error_links(client.post(page, {}))

    client.post(page, {"activity": "gardening"})

    assert WaitingListEntry.objects.get(volunteer=caller).activity.code == "gardening"
    again = client.post(page, {"activity": "gardening"})
    assert "You are on this waiting list already." in text_of(again)


def test_a_start_and_an_end_are_written_down(client, broker, caller, application):
    placed = ApplicationFactory(volunteer=caller, state="accepted")
    assert "They have started" in text_of(client.get(desk_page(caller.user)))

    started = client.post(page_about(placed, "started"), follow=True)
    assert "Written down: they have started." in text_of(started)
    stop = page_about(placed, "stopped")
    assert "You cannot undo this." in text_of(client.get(stop))
    assert "Choose a reason." in error_links(client.post(stop, {"looks_again": "yes"}))
    stopped = client.post(stop, {"reason": "no_time", "looks_again": "yes"}, follow=True)

    assert "They have stopped." in text_of(stopped)
    placed.refresh_from_db()
    assert placed.state == "ended"
    assert Notification.objects.filter(recipient=caller.user).count() == 2
    again = client.post(page_about(placed, "started"), follow=True)
    assert Notification.objects.filter(recipient=caller.user).count() == 2, text_of(again)


def test_whether_they_come_is_written_down(client, broker, caller):
    start = now() + timedelta(days=2)
    placed = ApplicationFactory(volunteer=caller, state="started")
    made = SessionFactory(
        opportunity=placed.opportunity, starts_at=start, ends_at=start + timedelta(hours=2)
    )
    page = page_about(placed, "times")
    assert page in client.get(desk_page(caller.user)).text
    assert "They can come" in text_of(client.get(page))

    said = client.post(page, {"when": made.pk, "coming": "yes"}, follow=True)

    assert "Written down: they come on" in text_of(said)
    assert ": they come" in text_of(said)
    wrong = client.post(page, {"when": "never", "coming": "yes"}, follow=True)
    assert "Something was missing." in text_of(wrong)


def test_hours_are_written_down(client, broker, caller):
    placed = ApplicationFactory(volunteer=caller, state="started")
    page = page_about(placed, "hours")
    assert page in client.get(desk_page(caller.user)).text
    day = {"day_0": today().day, "day_1": today().month, "day_2": today().year}
    assert error_links(client.post(page, {**day, "hours": "99"}))

    saved = client.post(page, {**day, "hours": "1.5", "what": "Tea"}, follow=True)

    assert "Saved. The group confirms the hours" in text_of(saved)
    assert HoursEntry.objects.get(application=placed).minutes == 90


@pytest.mark.parametrize(("state", "name"), [("submitted", "withdraw"), ("started", "stopped")])
def test_reasons_are_said_of_the_person(client, broker, caller, state, name):
    page = text_of(client.get(page_about(ApplicationFactory(volunteer=caller, state=state), name)))
    assert "They no longer have the time" in page
    assert "It is not for them after all" in page
    assert not any(words in page for words in ("I no longer", "I found", "I did", "I have"))


def test_whether_they_still_go_is_answered(client, broker, caller):
    for answer in ("yes", "no"):
        placed = ApplicationFactory(volunteer=caller, state="started")
        question = StillGoing.objects.create(application=placed, months=1)
        assert "We asked whether they still go on" in text_of(client.get(desk_page(caller.user)))

        page = desk_page(caller.user, f"still-going/{question.pk}/{answer}/")
        done = client.post(page, {"reason": "no_time", "looks_again": "yes"}, follow=True)

        assert "The person is told." in text_of(done) or "the person are told" in text_of(done)
        assert "We asked whether they still go on" not in text_of(done)
        placed.refresh_from_db()
        assert placed.state == ("started" if answer == "yes" else "ended")


def test_who_was_not_marked_as_started_is_asked_whether_they_have(client, broker, caller):
    for answer, state in (("yes", "started"), ("no", "ended")):
        placed = ApplicationFactory(volunteer=caller, state="accepted")
        question = StillGoing.objects.create(application=placed, months=1)
        shown = text_of(client.get(desk_page(caller.user)))
        assert "We asked whether they have started" in shown
        assert "We asked whether they still go on" not in shown

        page = desk_page(caller.user, f"still-going/{question.pk}/{answer}/")
        if answer == "no":
            asked = text_of(client.get(page))
            assert "They do not volunteer there" in asked
            assert "still want to, go back: no answer is needed" in asked
            assert "have stopped" not in asked
        done = text_of(client.post(page, {"reason": "no_time", "looks_again": "yes"}, follow=True))

        said = "they have started." if answer == "yes" else "Their place has ended."
        assert said in done
        assert "They have stopped" not in done
        assert "still going" not in done
        placed.refresh_from_db()
        assert placed.state == state


def test_a_question_whose_time_is_over_is_not_answered(client, broker, caller):
    placed = ApplicationFactory(volunteer=caller, state="started")
    question = StillGoing.objects.create(application=placed, months=1)
    StillGoing.objects.update(asked_at=now() - TIME_TO_ANSWER - timedelta(minutes=1))

    for answer in ("yes", "no"):
        page = desk_page(caller.user, f"still-going/{question.pk}/{answer}/")
        sent = client.post(page, {"reason": "no_time", "looks_again": "yes"})
        assert sent.status_code == 404

    question.refresh_from_db()
    assert question.answered_at is None


def test_what_they_have_answered_meanwhile_is_said(client, broker, caller):
    placed = ApplicationFactory(volunteer=caller, state="started")
    question = StillGoing.objects.create(
        application=placed, months=1, answered_at=now(), still_there=True
    )
    page = desk_page(caller.user, f"still-going/{question.pk}/yes/")
    assert "answered this already" in text_of(client.post(page, follow=True))


def test_what_is_somebody_elses_is_not_there(client, broker, caller):
    others = ApplicationFactory(state="accepted")
    entry = WaitingListEntryFactory(opportunity=others.opportunity)
    question = StillGoing.objects.create(application=others, months=1)
    for answer in ("yes", "no"):
        address = desk_page(caller.user, f"still-going/{question.pk}/{answer}/")
        assert client.post(address, {"reason": "no_time"}).status_code == 404
    for page in ("messages", "sharing", "started", "stopped", "times", "hours"):
        address = desk_page(caller.user, f"applications/{others.pk}/{page}/")
        assert client.post(address, {"words": "Hello"}).status_code == 404
    assert client.post(desk_page(caller.user, f"waiting/{entry.pk}/leave/")).status_code == 404


@pytest.mark.parametrize(
    ("state", "has_place"), [("submitted", False), ("invited", False), ("accepted", True)]
)
def test_a_place_goes_to_somebody_else_only_where_there_is_one(
    client, broker, caller, state, has_place
):
    application = ApplicationFactory(volunteer=caller, state=state)
    words = text_of(client.get(page_about(application, "withdraw")))
    assert ("the place goes to somebody else" in words) is has_place
    assert "The group is told" in words


def test_who_withdraws_hears_that_they_can_ask_again(client, broker, application):
    words = text_of(client.get(page_about(application, "withdraw")))

    assert "They can ask for this role again later" in words
