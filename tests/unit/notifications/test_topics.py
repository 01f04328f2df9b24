"""Each kind of message has a topic, which says why somebody gets it and how to stop it."""

import pytest

from notifications.models import Notification
from notifications.services import delivery, preferences
from notifications.topics import KINDS, NEVER_WAIT, TOPICS, UnknownTopicError, topic_of
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.messages import notified


@pytest.mark.django_db
def test_a_kind_without_a_topic_is_refused() -> None:
    person = UserFactory()
    with pytest.raises(UnknownTopicError, match=r"made\.up"):
        notified(recipient=person, kind="made.up", key="k", subject="s", body="b")
    assert not Notification.objects.exists()


def test_each_topic_stands_under_its_own_code() -> None:
    assert {topic.code for topic in KINDS.values()} <= TOPICS.keys()
    assert all(topic.code == code for code, topic in TOPICS.items())


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_each_topic_says_why_in_a_sentence(topic) -> None:
    assert str(topic.reason).startswith("You get this because ")
    assert str(topic.reason).endswith(".")
    assert str(topic.name)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(NEVER_WAIT))
def test_what_is_of_no_use_later_waits_for_no_digest(kind: str) -> None:
    person = UserFactory()
    topic = topic_of(kind)
    preferences.choose(user=person, topic=topic, by_mail="weekly", by=person)
    told = notified(recipient=person, kind=kind, key="k", subject="s", body="b")
    assert told.email_state == Notification.Email.WAITING
    assert delivery.deliver(told.pk, lease_on("notification.created", told.pk))

    preferences.choose(user=person, topic=topic, by_mail="never", by=person)
    told = notified(recipient=person, kind=kind, key="other", subject="s", body="b")
    assert told.email_state == Notification.Email.NONE


def test_what_is_urgent_cannot_be_stopped_or_wait() -> None:
    assert not topic_of("application.offer").can_stop
    assert all(topic.can_stop for topic in TOPICS.values() if topic.can_wait)
    assert {topic.code for topic in TOPICS.values() if not topic.can_stop} == {
        "offers",
        "safety",
        "account",
    }
