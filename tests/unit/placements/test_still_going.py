"""Still going? Asked once, answered with one tap, an end with consent."""

from datetime import timedelta

import pytest

from core.clock import now
from core.errors import Conflict, NotFound
from matching.models import Impression
from matching.services import impressions
from notifications.models import Notification
from placements.models import Application, StillGoing
from placements.services import still_going
from tests.factories.opportunities import MembershipFactory
from tests.factories.placements import ApplicationFactory
from tests.unit.web.pages import error_links, text_of

pytestmark = pytest.mark.django_db


def started(days: int, **fields) -> Application:
    return ApplicationFactory(
        state="started", started_at=now() - timedelta(days=days, minutes=1), **fields
    )


@pytest.fixture
def question() -> StillGoing:
    started(31)
    still_going.ask_due()
    return StillGoing.objects.select_related(
        "application__opportunity__organisation", "application__volunteer__user"
    ).get()


@pytest.mark.parametrize(
    ("days", "months"),
    [(29, []), (30, [1]), (74, [1]), (80, []), (91, [3]), (149, [3]), (151, [])],
)
def test_asked_after_one_month_and_three_and_not_long_after(days, months):
    started(days)
    for _ in range(2):
        still_going.ask_due()
    assert list(StillGoing.objects.values_list("months", flat=True)) == months
    assert Notification.objects.count() == len(months)


def test_only_people_who_have_a_place_are_asked():
    for state in ("offered", "ended", "withdrawn"):
        long_ago = now() - timedelta(days=40)
        ApplicationFactory(state=state, started_at=long_ago, state_since=long_ago)
    assert still_going.ask_due() == 0


@pytest.mark.parametrize(("days", "asked"), [(29, 0), (31, 1), (80, 0), (92, 1)])
def test_who_has_a_place_and_was_never_marked_as_started_is_asked(days, asked):
    ApplicationFactory(state="accepted", state_since=now() - timedelta(days=days))
    assert still_going.ask_due() == asked
    assert still_going.ask_due() == 0


def test_yes_starts_a_place_that_nobody_marked_and_no_ends_it(client):
    long_ago = now() - timedelta(days=31)
    for _ in range(2):
        ApplicationFactory(state="accepted", state_since=long_ago)
    still_going.ask_due()
    first, second = Notification.objects.order_by("pk")
    assert first.subject.startswith("Have you started with")
    assert "If you have not begun yet" in text_of(client.get(first.link))

    client.post(first.link)
    client.post(f"{second.link}stopped/", {"reason": "no_time", "looks_again": "yes"})

    newest_first = Application.objects.order_by("-pk").values_list("state", flat=True)
    assert list(newest_first) == [
        "started",
        "ended",
    ]


@pytest.mark.parametrize(
    ("state", "said", "told", "wrote"),
    [
        ("started", "You have stopped", "has stopped with", "why they stopped with"),
        (
            *("accepted", "You do not volunteer there"),
            *("does not volunteer in", "why they do not volunteer in"),
        ),
    ],
)
def test_a_no_is_worded_by_whether_they_had_started(client, state, said, told, wrote):
    begun = {"started_at": now() - timedelta(days=31)} if state == "started" else {}
    placed = ApplicationFactory(state=state, state_since=now() - timedelta(days=31), **begun)
    MembershipFactory(organisation=placed.opportunity.organisation)
    still_going.ask_due()
    address = f"{Notification.objects.get().link}stopped/"
    page = text_of(client.get(address))
    assert said in page
    assert ("have stopped" in page) == (state == "started")
    client.post(
        address,
        {"reason": "no_time", "looks_again": "yes", "words": "Sorry!", "share_words": "on"},
    )
    assert told in Notification.objects.get(kind="application.stopped").subject
    assert wrote in Notification.objects.get(kind="still_going.words").subject


def test_yes_from_the_message_without_signing_in(client, question):
    address = Notification.objects.get().link
    assert "Are you still going?" in text_of(client.get(address))
    question.refresh_from_db()
    assert question.answered_at is None  # opening it answers nothing
    page = client.post(address, follow=True)
    assert "Good to hear." in text_of(page)
    question.refresh_from_db()
    assert question.still_there is True
    client.post(address)
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_no_ends_the_place_and_tells_the_group_only_that(client, question):
    application = question.application
    MembershipFactory(organisation=application.opportunity.organisation)
    address = f"{still_going.address_of(question)}stopped/"
    assert set(error_links(client.post(address, {}))) == {"Choose a reason.", "Choose yes or no."}
    sent = {"reason": "not_for_me", "words": "wordscanary", "looks_again": "yes"}
    page = client.post(address, sent, follow=True)
    assert "Your place has ended." in text_of(page)
    application.refresh_from_db()
    assert (application.state, application.reason) == ("ended", "not_for_me")
    assert StillGoing.objects.get().words == "wordscanary"
    assert not Notification.objects.filter(body__contains="wordscanary").exists()
    assert Notification.objects.filter(kind="application.stopped").count() == 1
    assert client.get(address).status_code == 302


def test_the_group_reads_the_words_that_are_shared(question):
    MembershipFactory(organisation=question.application.opportunity.organisation)
    still_going.say_no(
        question=question, reason="no_time", words="Sorry!", share_words=True, by=None
    )
    assert "Sorry!" in Notification.objects.get(kind="still_going.words").body


def test_nobody_answers_twice_or_after_the_end(question):
    still_going.say_yes(question=question, by=None)
    with pytest.raises(Conflict):
        still_going.say_no(question=question, reason="no_time", by=None)
    other = StillGoing.objects.create(application=ApplicationFactory(state="ended"), months=1)
    with pytest.raises(Conflict):
        still_going.say_yes(question=other, by=None)


def test_an_address_that_is_made_up_or_old_opens_nothing(client, question):
    assert client.get("/still-going/1.made-up/").status_code == 404
    StillGoing.objects.update(asked_at=now() - timedelta(days=61))
    with pytest.raises(NotFound):
        still_going.question_with(still_going.address_of(question).split("/")[2])


@pytest.mark.parametrize(("months", "events"), [(1, ["started"]), (3, ["started", "stayed"])])
def test_yes_after_three_months_teaches_the_ranking_once(months, events):
    question = StillGoing.objects.create(application=started(100), months=months)
    still_going.say_yes(question=question, by=None)
    for _ in range(2):
        impressions.follow_placement(question.application_id)
    assert list(Impression.objects.order_by("pk").values_list("event", flat=True)) == events


def test_a_question_that_is_open_is_on_the_persons_page(client, question):
    client.force_login(question.application.volunteer.user)
    assert "Are you still going?" in text_of(client.get("/me/volunteering/"))
