"""Roles that the volunteer centre suggests, and roles that are not for somebody."""

import pytest

from matching.models import HiddenRole, Impression, Suggestion
from placements.models import Application
from tests.integration.api.answers import errors

pytestmark = pytest.mark.django_db

SUGGESTIONS, HIDDEN = "/api/v1/suggestions/", "/api/v1/hidden-roles/"


def test_person_reads_what_is_suggested_and_no_draft(full_cast):
    suggestion = full_cast.things["suggestion"]
    Suggestion.objects.create(volunteer=full_cast.volunteer, opportunity=full_cast.role)
    (said,) = full_cast["volunteer"].get(SUGGESTIONS).json()["results"]
    assert said["id"] == suggestion.pk
    assert said["opportunity"]["title"] == "Suggested"
    assert (said["state"], said["is_open"], said["application"]) == ("sent", True, None)


def test_yes_makes_an_application_once(full_cast):
    suggestion = full_cast.things["suggestion"]
    address = f"{SUGGESTIONS}{suggestion.pk}/accept/"
    answer = full_cast["volunteer"].post(address)
    assert answer.status_code == 200, answer.json()
    assert (answer.json()["state"], answer.json()["came_by"]) == ("submitted", "referral")
    assert Impression.objects.get(event="applied").surface == "api"
    again = full_cast["volunteer"].post(address)
    assert again.status_code == 409
    assert errors(again) == {None: "over"}
    assert Application.objects.filter(opportunity=suggestion.opportunity_id).count() == 1


def test_no_hides_the_role_and_says_why_once(full_cast):
    suggestion = full_cast.things["suggestion"]
    address = f"{SUGGESTIONS}{suggestion.pk}/refuse/"
    answer = full_cast["volunteer"].post(address, {"reason": "other_times"})
    assert (answer.json()["state"], answer.json()["reason"]) == ("refused", "other_times")
    assert HiddenRole.objects.filter(opportunity=suggestion.opportunity_id).exists()
    assert Impression.objects.get(event="hidden").surface == "api"
    assert full_cast["volunteer"].post(address, {"reason": "too_far"}).status_code == 409
    suggestion.refresh_from_db()
    assert suggestion.reason == "other_times"


def test_no_needs_a_reason(full_cast):
    answer = full_cast["volunteer"].post(
        f"{SUGGESTIONS}{full_cast.things['suggestion'].pk}/refuse/", {"reason": "made_up"}
    )
    assert errors(answer) == {"reason": "invalid_choice"}
    assert full_cast["volunteer"].get(SUGGESTIONS).json()["results"][0]["state"] == "sent"


# -- hidden roles ----------------------------------------------------------------------------------


def test_role_is_hidden_with_a_reason_and_back_again(full_cast):
    client, role = full_cast["other_volunteer"], full_cast.role
    answer = client.post(HIDDEN, {"opportunity": role.pk, "reason": "too_far"})
    assert answer.status_code == 201, answer.json()
    again = client.post(HIDDEN, {"opportunity": role.pk, "reason": "too_hard"})
    assert again.json()["reason"] == "too_hard"
    (listed,) = client.get(HIDDEN).json()["results"]
    assert (listed["opportunity"]["id"], listed["reason"]) == (role.pk, "too_hard")

    assert client.delete(f"{HIDDEN}{role.pk}/").status_code == 204
    assert client.get(HIDDEN).json()["count"] == 0
    assert client.delete(f"{HIDDEN}{role.pk}/").status_code == 404
    assert set(Impression.objects.values_list("event", "surface")) == {
        ("hidden", "api"),
        ("undone", "api"),
    }


def test_role_that_one_may_not_know_cannot_be_hidden(full_cast):
    sent = {"opportunity": full_cast.draft.pk, "reason": "too_far"}
    assert full_cast["other_volunteer"].post(HIDDEN, sent).status_code == 404
