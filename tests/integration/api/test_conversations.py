"""What a person and a group write to each other, and what the person shares."""

from datetime import timedelta

import pytest

from core.clock import now
from placements.models import Application, Message
from tests.integration.api.answers import errors

pytestmark = pytest.mark.django_db


def address(cast, rest="messages/"):
    return f"/api/v1/applications/{cast.application.pk}/{rest}"


def test_each_side_writes_and_reads_the_other_by_first_name(full_cast):
    member = full_cast.users["member"]
    member.first_name = "Memberly"
    member.save()
    made = full_cast["member"].post(address(full_cast), {"words": "Come on Tuesday."})
    assert made.status_code == 201, made.json()
    full_cast["volunteer"].post(address(full_cast), {"words": "I will."})
    for reader in ("volunteer", "member"):
        said = full_cast[reader].get(address(full_cast)).json()["results"]
        assert [(one["side"], one["name"], one["words"]) for one in said] == [
            ("volunteer", "Demo", "I will."),
            ("group", "Memberly", "Come on Tuesday."),
        ]


def test_messages_are_read_when_it_is_said_and_not_by_listing(full_cast):
    full_cast["member"].post(address(full_cast), {"words": "Come on Tuesday."})
    full_cast["volunteer"].get(address(full_cast))
    assert Message.objects.get().read_at is None
    full_cast["member"].post(address(full_cast, "messages/read/"))
    assert Message.objects.get().read_at is None
    full_cast["volunteer"].post(address(full_cast, "messages/read/"))
    assert Message.objects.get().read_at is not None


def test_after_two_weeks_nobody_writes_and_the_group_reads_nothing(full_cast):
    full_cast["volunteer"].post(address(full_cast), {"words": "I cannot come."})
    Application.objects.filter(pk=full_cast.application.pk).update(
        state="withdrawn", state_since=now() - timedelta(days=15)
    )
    assert full_cast["volunteer"].get(address(full_cast)).json()["count"] == 1
    assert full_cast["member"].get(address(full_cast)).json()["count"] == 0
    full_cast["member"].post(address(full_cast, "messages/read/"))
    assert Message.objects.get().read_at is None
    answer = full_cast["member"].post(address(full_cast), {"words": "Why?"})
    assert answer.status_code == 409
    assert errors(answer) == {None: "conversation_closed"}
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [(" ", "blank"), ("me@example.org", "address"), ("x" * 2001, "max_length")],
)
def test_words_that_cannot_be_sent_are_said(full_cast, words, code):
    answer = full_cast["volunteer"].post(address(full_cast), {"words": words})
    assert answer.status_code == 400
    assert errors(answer) == {"words": code}
    assert not Message.objects.exists()


def test_person_shares_and_takes_it_back(full_cast):
    person, sharing = full_cast["volunteer"], address(full_cast, "sharing/")
    assert person.get(sharing).json() == {"email": False, "phone": False}
    assert person.put(sharing, {"email": False, "phone": True}).json()["phone"] is True
    seen = full_cast["member"].get(address(full_cast, "")).json()["person"]
    assert (seen["phone"], seen["email"]) == ("07700 900001", "")
    person.put(sharing, {"email": False, "phone": False})
    assert full_cast["member"].get(address(full_cast, "")).json()["person"]["phone"] == ""


def test_nothing_is_shared_once_it_is_over(full_cast):
    Application.objects.filter(pk=full_cast.application.pk).update(state="withdrawn")
    sharing = address(full_cast, "sharing/")
    answer = full_cast["volunteer"].put(sharing, {"email": True, "phone": False})
    assert answer.status_code == 409
    assert full_cast["volunteer"].get(sharing).json()["email"] is False
