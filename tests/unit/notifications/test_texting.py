"""Text messages: against a small server that answers as GOV.UK Notify does."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from accounts.models import User
from core.models import Fact
from notifications import stopping, topics
from notifications.models import Notification, SentText
from notifications.phones import mobile_number
from notifications.services import preferences, texting
from notifications.text_length import fits
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.messages import notified
from worker.performing import perform

pytestmark = pytest.mark.django_db

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
REFUSED = {
    "status_code": 400,
    "errors": [{"error": "ValidationError", "message": "phone_number Number is not valid"}],
}
TEAM_ONLY = {
    "status_code": 400,
    "errors": [{"error": "BadRequestError", "message": "Can't send to this recipient"}],
}


@dataclass
class Notify:
    """What was sent, and what is answered next: a status and a body."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    trouble: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


@pytest.fixture
def govuk(settings) -> Iterator[Notify]:
    state = Notify()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.keys.append(self.headers["Authorization"])
            if state.trouble:
                self.answer(*state.trouble.pop(0))
                return
            state.sent.append(given)
            self.answer(201, {"id": "1", "reference": given["reference"]})

        def do_GET(self) -> None:
            wanted = parse_qs(urlsplit(self.path).query)["reference"][0]
            found = [sent for sent in state.sent if sent["reference"] == wanted]
            self.answer(200, {"notifications": found, "links": {}})

        def answer(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        settings.LOCAL_OUTBOX = False
        settings.NOTIFY_API_KEY = f"test-{SERVICE}-{SECRET}"
        settings.NOTIFY_SMS_TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
        settings.NOTIFY_URL = f"http://127.0.0.1:{server.server_port}"
        yield state
        server.shutdown()


@pytest.fixture
def person() -> User:
    person = UserFactory(phone="07700 900 123")
    for topic in (topics.OFFERS, topics.APPLICATIONS):
        preferences.choose(user=person, topic=topic, by_mail="now", by_text=True, by=person)
    return person


def tell(person: User, subject: str = "You are offered a place", *, key: str = "k") -> Notification:
    return notified(
        recipient=person, kind="application.offer", key=key, subject=subject, body="b", link="/me/"
    )


def send(told: Notification) -> bool:
    sent = texting.deliver(told.pk, lease_on("notification.text", told.pk))
    told.refresh_from_db()
    return sent


def test_a_text_has_the_subject_and_the_link(govuk, person) -> None:
    told = tell(person, subject="Very long " * 20)
    assert Fact.objects.filter(kind="notification.text").count() == 1
    assert send(told)
    assert told.text_state == "sent"
    (text,) = govuk.sent
    assert text["phone_number"] == "+447700900123"
    words = text["personalisation"]["message"]
    assert words.startswith("Very long Very long")
    assert "http://localhost:8000/me/\n" in words
    assert fits(words), "one message"
    assert words.endswith(f"STOP: http://localhost:8000/t/{stopping.text_token(told)}/")
    assert govuk.keys[0].startswith("Bearer ")


def test_a_text_in_gujarati_is_one_message_with_one_link(govuk, person, settings) -> None:
    settings.SITE_URL = "https://volunteering.harrow.gov.uk"
    told = tell(person, subject="તમને “ચા પીરસવી” માં જગ્યા આપવામાં આવી છે")
    assert send(told)
    words = govuk.sent[0]["personalisation"]["message"]
    assert words.startswith("તમને")
    assert words.endswith(f"\n{stopping.text_address(told)}")
    assert len(words) <= 70


def test_delivered_ten_times_is_one_text(govuk, person) -> None:
    told = tell(person)
    assert [send(told) for __ in range(10)] == [True] + [False] * 9
    assert len(govuk.sent) == 1


def test_a_worker_that_died_after_handing_it_over_does_not_send_it_twice(govuk, person) -> None:
    told = tell(person)
    send(told)
    Notification.objects.update(text_state="sending")
    assert not send(told)
    assert told.text_state == "sent"
    assert len(govuk.sent) == 1


def test_one_that_died_before_sends_it(govuk, person) -> None:
    told = tell(person)
    Notification.objects.update(text_state="sending")
    assert send(told)
    assert len(govuk.sent) == 1


def test_what_may_pass_is_raised_and_tried_again(govuk, person) -> None:
    told = tell(person)
    govuk.trouble.append((400, TEAM_ONLY))
    with pytest.raises(Exception, match="400"):
        send(told)
    assert send(told)
    assert len(govuk.sent) == 1


@pytest.mark.parametrize("trouble", [(503, {}), (500, {}), (429, {"errors": []})])
def test_while_notify_is_away_a_text_waits_without_counting_attempts(
    govuk, person, settings, trouble
) -> None:
    settings.QUIET_HOURS = "21:00-08:00"
    with time_machine.travel(datetime(2026, 7, 7, 9, tzinfo=UTC), tick=False) as clock_hand:
        tell(person)
        fact = Fact.objects.get(kind="notification.text")
        govuk.trouble.extend([trouble] * 8)
        for _try in range(8):
            clock_hand.move_to(fact.not_before)
            perform(fact.pk)
            fact.refresh_from_db()
            assert (fact.state, fact.attempts) == ("waiting", 0)
        assert fact.not_before == datetime(2026, 7, 7, 10, 4, tzinfo=UTC)
        clock_hand.move_to(fact.not_before)
        perform(fact.pk)
    assert len(govuk.sent) == 1
    assert Notification.objects.get().text_state == "sent"


def test_where_notify_cannot_be_reached_nobody_is_woken_when_it_can(
    govuk, person, settings
) -> None:
    settings.QUIET_HOURS = "21:00-08:00"
    there, settings.NOTIFY_URL = settings.NOTIFY_URL, "http://127.0.0.1:1"
    with time_machine.travel(datetime(2026, 7, 7, 19, 59, 50, tzinfo=UTC), tick=False) as hand:
        tell(person)
        fact = Fact.objects.get(kind="notification.text")
        perform(fact.pk)
        fact.refresh_from_db()
        assert fact.not_before == datetime(2026, 7, 8, 7, tzinfo=UTC)
        settings.NOTIFY_URL = there
        hand.move_to(fact.not_before)
        perform(fact.pk)
    assert len(govuk.sent) == 1


def test_a_bad_number_is_marked_and_not_tried_again(govuk, person) -> None:
    told = tell(person)
    govuk.trouble.append((400, REFUSED))
    assert not send(told)
    assert told.text_state == "failed"
    assert not send(told)
    assert govuk.sent == []


def test_nothing_is_texted_to_who_did_not_say_yes_or_no_longer_wants_it(govuk, person) -> None:
    assert tell(UserFactory(phone="07700 900 124")).text_state == "none"
    Notification.objects.all().delete()
    told = tell(person)
    preferences.choose(user=person, topic=topics.OFFERS, by_mail="now", by=person)
    assert not send(told)
    assert (told.text_state, govuk.sent) == ("none", [])


def test_texts_wait_for_the_morning(govuk, person, settings) -> None:
    settings.QUIET_HOURS = "21:00-08:00"
    with time_machine.travel(datetime(2026, 10, 24, 22, tzinfo=UTC), tick=False):
        told = tell(person)
        morning = datetime(2026, 10, 25, 8, tzinfo=UTC)
        assert Fact.objects.get(kind="notification.text").not_before == morning
        Fact.objects.all().delete()  # say a worker took it too early
        assert not send(told)
        assert Fact.objects.get(kind="notification.text", state="waiting").not_before == morning
    assert govuk.sent == []


def test_without_a_key_nobody_is_texted(settings, person) -> None:
    settings.LOCAL_OUTBOX = False
    assert tell(person).text_state == "none"


def test_a_local_installation_keeps_texts_once(person) -> None:
    told = tell(person)
    send(told)
    Notification.objects.update(text_state="sending")
    send(told)
    kept = SentText.objects.get()
    assert kept.number == "+447700900123"
    assert kept.text.startswith("You are offered a place\n")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 7700 900123", "+447700900123"),
        ("+44 (0)7700-900123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("020 7946 0000", None),
        ("07700 90012", None),
        ("", None),
    ],
)
def test_mobile_numbers_as_people_write_them(written: str, number: str | None) -> None:
    assert mobile_number(written) == number


def test_a_refused_number_is_said_until_a_text_arrives_or_the_number_changes(govuk, person) -> None:
    govuk.trouble.append((400, REFUSED))
    told = tell(person)
    assert not texting.is_number_refused(person), "not before it was tried"
    send(told)
    assert texting.is_number_refused(person)

    person.phone = "07700 900 125"
    assert not texting.is_number_refused(person), "that was another number"

    person.phone = "+44 7700 900123"
    assert texting.is_number_refused(person), "the same, written otherwise"
    waits = tell(person, key="waits")
    assert texting.is_number_refused(person), "one that is on its way says nothing"
    send(waits)
    assert not texting.is_number_refused(person)
