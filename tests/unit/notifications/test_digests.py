"""One mail with all that waits: nothing lost, nothing twice, whatever dies in between."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.core import mail
from django.db import transaction

from accounts.models import User
from core.models import Fact
from notifications import topics
from notifications.models import Digest, Notification
from notifications.services import digests, preferences
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on, lose
from tests.factories.messages import notified

pytestmark = pytest.mark.django_db

MONDAY_NOON = datetime(2026, 7, 6, 11, tzinfo=UTC)
TUESDAY = datetime(2026, 7, 7, 7, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 7, 13, 7, tzinfo=UTC)


@pytest.fixture
def person() -> User:
    """Gets their applications daily and suggestions weekly; two of each wait."""
    person = UserFactory()
    for topic, how in ((topics.APPLICATIONS, "daily"), (topics.INVITATIONS, "weekly")):
        preferences.choose(user=person, topic=topic, by_mail=how, by=person)
    with time_machine.travel(MONDAY_NOON):
        for number in range(2):
            tell(person, "application.invite", f"Application {number}")
            tell(person, "invitation", f"Suggestion {number}")
    return person


def tell(person: User, kind: str, words: str) -> Notification:
    return notified(
        recipient=person, kind=kind, key=words, subject=words, body=f"About {words}", link="/me/"
    )


def send(person: User, at: datetime) -> bool:
    with time_machine.travel(at):
        return digests.send(person.pk, lease_on("digest.due", person.pk))


def test_what_is_of_no_use_by_then_is_left_out(person) -> None:
    Notification.objects.filter(subject="Application 0").update(useful_until=TUESDAY)
    assert send(person, TUESDAY)
    (daily,) = mail.outbox
    assert "Application 1" in daily.body
    assert "Application 0" not in daily.body


def test_each_morning_has_one_mail_with_what_is_due(person) -> None:
    assert not send(person, TUESDAY - timedelta(minutes=1))
    assert send(person, TUESDAY)
    (daily,) = mail.outbox
    assert daily.subject == "2 messages from Harrow Volunteering"
    html = str(daily.alternatives[0][0])  # type: ignore[attr-defined]
    for words in ("Application 0", "About Application 1", "http://localhost:8000/me/"):
        assert words in daily.body
        assert words in html
    assert "Suggestion" not in daily.body
    assert send(person, NEXT_MONDAY)
    assert "Suggestion 1" in mail.outbox[1].body
    assert "Application" not in mail.outbox[1].body
    assert set(Notification.objects.values_list("email_state", flat=True)) == {"sent"}


def test_delivered_ten_times_is_one_mail(person) -> None:
    assert [send(person, TUESDAY) for __ in range(10)] == [True] + [False] * 9
    assert len(mail.outbox) == 1


def test_a_worker_dies_after_it_asked_the_mail_server(person) -> None:
    with patch.object(digests, "_close", side_effect=SystemExit), pytest.raises(SystemExit):
        send(person, TUESDAY)
    with time_machine.travel(TUESDAY):
        tell(person, "application.invite", "Came meanwhile")
    assert send(person, TUESDAY + timedelta(minutes=1))
    first, second = mail.outbox
    assert first.body == second.body
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    assert send(person, TUESDAY + timedelta(days=1))
    assert "Came meanwhile" in mail.outbox[2].body
    assert Digest.objects.filter(sent_at=None).count() == 0


def test_a_worker_dies_before_it_asked(person) -> None:
    with patch.object(digests, "digest_mail", side_effect=SystemExit), pytest.raises(SystemExit):
        send(person, TUESDAY)
    assert mail.outbox == []
    with time_machine.travel(TUESDAY + timedelta(hours=1)), transaction.atomic():
        assert digests.begin() == 1, "the next hour asks again for what was left open"
    assert send(person, TUESDAY + timedelta(hours=1))
    assert len(mail.outbox) == 1


def test_a_worker_that_lost_its_lease_gathers_nothing(person) -> None:
    with time_machine.travel(TUESDAY):
        lease = lease_on("digest.due", person.pk)
        lose(lease)
        with pytest.raises(Exception, match=r"digest\.due"):
            digests.send(person.pk, lease)
    assert mail.outbox == []
    assert not Digest.objects.exists()


def test_begin_asks_for_those_that_are_due_and_once(person) -> None:
    other = UserFactory()
    tell(other, "invitation", "At once")
    with time_machine.travel(MONDAY_NOON):
        assert digests.begin() == 0
    with time_machine.travel(TUESDAY):
        assert [digests.begin() for __ in range(2)] == [1, 1]
    assert Fact.objects.get(kind="digest.due", state="waiting").subject_id == person.pk


def test_a_stopped_topic_is_left_out(person) -> None:
    preferences.stop(user=person, topic=topics.APPLICATIONS, by=person)
    assert not send(person, TUESDAY)
    states = Notification.objects.filter(kind="application.invite").values_list("email_state")
    assert set(states) == {("none",)}
    assert send(person, NEXT_MONDAY)
    assert "Application" not in mail.outbox[0].body


def test_quiet_hours_hold_a_digest_back(person, settings) -> None:
    settings.QUIET_HOURS = "22:00-10:00"
    assert not send(person, TUESDAY)
    assert send(person, TUESDAY + timedelta(hours=2))


def test_nobody_is_mailed_after_the_account_ended(person) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert not send(person, TUESDAY)
    assert mail.outbox == []
    assert not send(person, TUESDAY)


def test_each_topic_says_why_and_how_to_stop_it(person) -> None:
    tell_at = MONDAY_NOON
    with time_machine.travel(tell_at):
        assert send(person, NEXT_MONDAY)
    (both,) = mail.outbox
    for topic in (topics.APPLICATIONS, topics.INVITATIONS):
        assert str(topic.reason) in both.body
        assert f"/stop/{person.pk}.{topic.code}:" in both.body
    assert f"/stop/{person.pk}.applications+invitations:" in both.message()["List-Unsubscribe"]
