"""Each kind of message has a topic, which says why somebody gets it and how to stop it."""

import pytest

from notifications.models import Notification
from notifications.topics import KINDS, TOPICS, UnknownTopicError, topic_of
from tests.factories.accounts import UserFactory
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


def test_what_is_urgent_cannot_be_stopped_or_wait() -> None:
    assert not topic_of("application.offer").can_stop
    assert all(topic.can_stop for topic in TOPICS.values() if topic.can_wait)
    assert {topic.code for topic in TOPICS.values() if not topic.can_stop} == {
        "offers",
        "safety",
        "account",
    }
