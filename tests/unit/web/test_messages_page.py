import pytest

from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.messages import notified
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db


def tell(person, words):
    return notified(
        recipient=person, kind="application.invite", key=words, subject=words, body="b", link="/me/"
    )


def test_messages_are_new_once_and_other_peoples_are_not_there(client):
    person, other = UserFactory(), UserFactory()
    tell(person, "For you")
    tell(other, "For somebody else")
    client.force_login(person)

    assert "Messages (1 new)" in client.get("/").content.decode()
    first, second = (text_of(client.get("/me/messages/")) for _ in range(2))

    assert "For you New" in first
    assert "For you New" not in second
    assert "For somebody else" not in first
    assert "(1 new)" not in client.get("/").content.decode()
    assert Notification.objects.get(recipient=other).read_at is None


def test_what_was_not_shown_stays_new(client):
    person = UserFactory()
    for number in range(25):
        tell(person, f"Number {number}")
    client.force_login(person)

    client.get("/me/messages/")

    assert Notification.objects.filter(read_at=None).count() == 5


def test_nothing_yet(client):
    client.force_login(UserFactory())

    assert "Nothing yet." in text_of(client.get("/me/messages/"))


def test_only_what_is_new(client):
    person = UserFactory()
    tell(person, "Old")
    client.force_login(person)
    client.get("/me/messages/")
    tell(person, "Fresh")

    words = text_of(client.get("/me/messages/?show=new"))
    assert "Fresh" in words
    assert "Old" not in words
    assert "Nothing new." in text_of(client.get("/me/messages/?show=new"))
    assert "Old" in text_of(client.get("/me/messages/"))


def test_marking_all_as_read_leaves_other_peoples(client):
    person, other = UserFactory(), UserFactory()
    for number in range(25):
        tell(person, f"Number {number}")
    tell(other, "For somebody else")
    client.force_login(person)
    assert "Mark all as read" in text_of(client.get("/me/messages/"))
    client.post("/me/messages/read/")
    assert list(Notification.objects.filter(read_at=None)) == [other.notifications.get()]
