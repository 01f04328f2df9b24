"""Answers to several people at once, and answers that are taken back."""

from datetime import timedelta

import pytest
import time_machine

from core.clock import now
from notifications.models import Notification
from placements.models import Application
from placements.services import held
from tests.factories.placements import ApplicationFactory
from tests.integration.api.answers import errors

pytestmark = pytest.mark.django_db


def one(application, rest=""):
    return f"/api/v1/applications/{application.pk}/{rest}"


def test_answer_that_can_be_taken_back_is_not_told_before_it_is_sent(full_cast):
    application = full_cast.application
    sent = {"reason": "no_place", "words": "Thank you.", "can_be_taken_back": True}
    said = full_cast["member"].post(one(application, "decline/"), sent).json()
    assert (said["state"], said["on_its_way"]["move"]) == ("submitted", "decline")
    theirs = full_cast["volunteer"].get(one(application)).json()
    assert (theirs["state"], theirs["on_its_way"], theirs["words"]) == ("submitted", None, "")
    assert not Notification.objects.filter(recipient=full_cast.volunteer.user).filter(
        kind="application.decline"
    )
    back = full_cast["member"].post(one(application, "take-back/")).json()
    assert (back["state"], back["on_its_way"]) == ("submitted", None)
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        assert not held.send(application.pk)


def test_answer_that_has_been_sent_cannot_be_taken_back(full_cast):
    application = full_cast.things["held"]
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        answer = full_cast["member"].post(one(application, "take-back/"))
    assert answer.status_code == 409
    assert errors(answer) == {None: "not_held"}
    application.refresh_from_db()
    assert application.held_move == "invite"


def test_without_a_word_about_it_an_answer_is_given_at_once(full_cast):
    said = full_cast["member"].post(one(full_cast.application, "invite/")).json()
    assert (said["state"], said["on_its_way"]) == ("invited", None)


def test_several_are_answered_each_as_they_were_seen(full_cast):
    role = full_cast.role
    second = ApplicationFactory(opportunity=role)
    changed = ApplicationFactory(opportunity=role, state=Application.State.INVITED)
    foreign = ApplicationFactory()
    address = f"/api/v1/opportunities/{role.pk}/answers/"
    sent = {
        "applications": [
            {"id": application.pk, "state": "submitted"}
            for application in (full_cast.application, second, changed, foreign)
        ],
        "answer": "decline",
        "reason": "no_place",
    }
    said = full_cast["member"].post(address, sent).json()
    assert said["done"] == [full_cast.application.pk, second.pk]
    assert [refused["application"] for refused in said["refused"]] == [changed.pk]
    assert said["refused"][0]["sentence"]
    on_their_way = Application.objects.filter(held_move="decline")
    assert set(on_their_way) == {full_cast.application, second}

    back = (
        full_cast["member"]
        .post(f"{address}take-back/", {"applications": [second.pk, changed.pk, foreign.pk]})
        .json()
    )
    assert back["done"] == [second.pk]
    assert [refused["application"] for refused in back["refused"]] == [changed.pk]
    assert list(on_their_way.all()) == [full_cast.application]


def test_no_more_places_are_given_than_there_are(full_cast):
    role = full_cast.role
    role.places, role.places_taken = 1, 0
    role.save()
    second = ApplicationFactory(opportunity=role)
    sent = {
        "applications": [
            {"id": second.pk, "state": "submitted"},
            {"id": full_cast.application.pk, "state": "submitted"},
        ],
        "answer": "accept",
    }
    said = full_cast["member"].post(f"/api/v1/opportunities/{role.pk}/answers/", sent).json()
    assert said["done"] == [full_cast.application.pk]
    second.refresh_from_db()
    assert second.state == "submitted"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"reason": ""}, {"reason"}),
        ({"answer": "end"}, {"answer"}),
        ({"applications": []}, {"applications"}),
    ],
)
def test_answer_that_is_none_changes_nothing(full_cast, change, expected):
    sent = {
        "applications": [{"id": full_cast.application.pk, "state": "submitted"}],
        "answer": "decline",
        "reason": "no_place",
    }
    address = f"/api/v1/opportunities/{full_cast.role.pk}/answers/"
    answer = full_cast["member"].post(address, sent | change)
    assert answer.status_code == 400
    assert set(errors(answer)) == expected
    assert not Application.objects.filter(held_move="decline").exists()


def test_an_id_that_no_row_can_have_is_refused(full_cast):
    address = f"/api/v1/opportunities/{full_cast.role.pk}/answers/"
    one_of_many = {"applications": [{"id": 10**30, "state": "submitted"}], "answer": "invite"}
    assert full_cast["member"].post(address, one_of_many).status_code == 400
    taken_back = {"applications": [10**30]}
    assert full_cast["member"].post(f"{address}take-back/", taken_back).status_code == 400
