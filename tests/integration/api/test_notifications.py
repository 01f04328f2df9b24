"""What the service told a person, and how they want to be told."""

import pytest

from notifications.models import Notification, Preference
from notifications.topics import TOPICS
from tests.integration.api.answers import errors

pytestmark = pytest.mark.django_db

BASE = "/api/v1/notifications/"


def test_person_reads_their_own_and_marks_them_as_read(full_cast):
    Notification.objects.all().delete()
    for reader in ("volunteer", "other_volunteer"):
        Notification.objects.create(
            recipient=full_cast.users[reader], kind="k", key=reader, subject=reader, body="b"
        )
    client = full_cast["volunteer"]
    (said,) = client.get(BASE).json()["results"]
    assert (said["subject"], said["read_at"]) == ("volunteer", None)
    assert client.post(f"{BASE}read/").status_code == 204
    assert client.get(BASE).json()["results"][0]["read_at"]
    assert full_cast["other_volunteer"].get(BASE).json()["results"][0]["read_at"] is None


@pytest.mark.parametrize(
    ("reader", "there", "missing"),
    [
        ("volunteer", {"offers", "reminders", "centre"}, {"groups", "desk", "safety"}),
        ("member", {"groups", "centre", "account"}, {"offers", "desk", "safety"}),
        ("broker", {"desk", "safety"}, {"offers", "groups", "centre"}),
        ("delivery_group", {"conversations", "account"}, {"offers", "groups", "centre"}),
    ],
)
def test_topics_are_those_that_concern_the_person(full_cast, reader, there, missing):
    listed = full_cast[reader].get(f"{BASE}choices/?page_size=100").json()["results"]
    codes = {one["topic"] for one in listed}
    assert there <= codes
    assert not missing & codes


def test_person_chooses_how_they_are_told(full_cast):
    client = full_cast["volunteer"]
    said = client.put(f"{BASE}choices/reminders/", {"by_mail": "daily", "by_text": True}).json()
    assert (said["by_mail"], said["by_text"]) == ("daily", True)
    row = Preference.objects.get()
    assert (row.topic, row.by_mail, row.by_text) == ("reminders", "daily", True)


@pytest.mark.parametrize(
    ("topic", "sent", "attr"),
    [
        ("offers", {"by_mail": "never"}, "by_mail"),
        ("account", {"by_mail": "weekly"}, "by_mail"),
        ("centre", {"by_mail": "now", "by_text": True}, "by_text"),
        ("reminders", {"by_mail": "hourly"}, "by_mail"),
        ("reminders", {}, "by_mail"),
    ],
)
def test_what_a_topic_does_not_allow_is_refused(full_cast, topic, sent, attr):
    assert topic in TOPICS
    answer = full_cast["volunteer"].put(f"{BASE}choices/{topic}/", sent)
    assert answer.status_code == 400
    assert set(errors(answer)) == {attr}
    assert not Preference.objects.exists()


def test_topic_that_is_none_is_not_there(full_cast):
    answer = full_cast["volunteer"].put(f"{BASE}choices/made-up/", {"by_mail": "now"})
    assert answer.status_code == 404


def test_person_chooses_their_quiet_hours(full_cast):
    client, address = full_cast["volunteer"], f"{BASE}quiet-hours/"
    sent = {"starts": "20:00", "ends": "09:00"}
    assert client.get(address).json() != sent
    assert client.put(address, sent).json() == sent
    assert client.get(address).json() == sent
