"""A person's waiting lists, and the places that are kept for them."""

from datetime import timedelta

import pytest
import time_machine

from accounts.models import AuditEntry
from core.clock import now
from placements.models import Application, TimedOffer, WaitingListEntry
from tests.factories.opportunities import OpportunityFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.integration.api.answers import errors

pytestmark = pytest.mark.django_db

LISTS, OFFERS = "/api/v1/waiting-lists/", "/api/v1/offers/"
States = WaitingListEntry.State


def test_person_joins_the_list_of_a_full_role_and_sees_their_place(full_cast):
    role = full_cast.things["full"]
    WaitingListEntryFactory(opportunity=role)
    answer = full_cast["other_volunteer"].post(LISTS, {"opportunity": role.pk})
    assert answer.status_code == 201, answer.json()
    said = answer.json()
    assert (said["position"], said["length"], said["state"]) == (2, 2, "waiting")
    assert said["opportunity"]["title"] == "Full"
    assert (said["activity"], said["cause"], said["offer"]) == (None, None, None)
    (listed,) = full_cast["other_volunteer"].get(LISTS).json()["results"]
    assert listed == said

    again = full_cast["other_volunteer"].post(LISTS, {"opportunity": role.pk})
    assert again.status_code == 409
    assert errors(again) == {None: "on_the_list_already"}
    assert role.waiting_list_entries.count() == 2


def test_person_joins_the_list_of_a_kind_of_role(full_cast):
    sent = {"activity": "cooking", "cause": "older-people"}
    said = full_cast["other_volunteer"].post(LISTS, sent).json()
    assert (said["activity"], said["cause"], said["opportunity"]) == (
        "cooking",
        "older-people",
        None,
    )


def test_role_that_can_be_asked_for_has_no_waiting_list(full_cast):
    before = WaitingListEntry.objects.count()
    answer = full_cast["other_volunteer"].post(LISTS, {"opportunity": full_cast.role.pk})
    assert answer.status_code == 409
    assert errors(answer) == {None: "no_waiting_list"}
    assert WaitingListEntry.objects.count() == before


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, {"non_field_errors": "either"}),
        ({"cause": "health"}, {"non_field_errors": "either"}),
        ({"opportunity": 1, "activity": "cooking"}, {"non_field_errors": "either"}),
        ({"opportunity": 1, "cause": "health"}, {"non_field_errors": "either"}),
        ({"activity": "made-up"}, {"activity": "invalid"}),
        ({"activity": "cooking", "cause": "made-up"}, {"cause": "invalid"}),
        ({"activity": "cooking", "role": 1}, {"role": "unknown_field"}),
    ],
)
def test_wrong_wishes_are_said(full_cast, sent, expected):
    answer = full_cast["other_volunteer"].post(LISTS, sent)
    assert answer.status_code == 400
    assert errors(answer) == expected


def test_person_leaves_once(full_cast):
    entry = full_cast.things["entry"]
    client = full_cast["volunteer"]
    assert client.post(f"{LISTS}{entry.pk}/leave/").status_code == 204
    entry.refresh_from_db()
    assert (entry.state, entry.why_ended) == ("left", "chose")
    audited = AuditEntry.objects.about(entry).count()
    again = client.post(f"{LISTS}{entry.pk}/leave/")
    assert again.status_code == 409
    assert errors(again) == {None: "not_on_the_list"}
    assert AuditEntry.objects.about(entry).count() == audited


# -- a place that is kept --------------------------------------------------------------------------


def test_offer_shows_on_the_list_that_it_comes_from(full_cast):
    offer = full_cast.things["offer"]
    lists = full_cast["volunteer"].get(LISTS).json()["results"]
    assert {one["id"]: one["offer"] for one in lists} == {
        offer.entry_id: offer.pk,
        full_cast.things["entry"].pk: None,
    }
    (kept,) = full_cast["volunteer"].get(OFFERS).json()["results"]
    assert (kept["id"], kept["is_open"], kept["can_keep_place"]) == (offer.pk, True, True)


def test_yes_takes_the_place_once(full_cast):
    offer = full_cast.things["offer"]
    address = f"{OFFERS}{offer.pk}/take-up/"
    answer = full_cast["volunteer"].post(address)
    assert answer.status_code == 200, answer.json()
    assert answer.json()["came_by"] == "waiting_list"
    application = Application.objects.get(pk=answer.json()["id"])
    assert application.opportunity_id == offer.opportunity_id
    again = full_cast["volunteer"].post(address)
    assert again.status_code == 409
    assert Application.objects.filter(opportunity=offer.opportunity_id).count() == 1
    assert full_cast["volunteer"].get(OFFERS).json()["count"] == 0
    assert full_cast["volunteer"].get(f"{OFFERS}{offer.pk}/").json()["state"] == "taken"


@pytest.mark.parametrize(("sent", "state"), [({}, "left"), ({"keep_place": True}, "waiting")])
def test_no_gives_the_place_on_and_keeps_the_persons_own_if_they_like(full_cast, sent, state):
    offer = full_cast.things["offer"]
    answer = full_cast["volunteer"].post(f"{OFFERS}{offer.pk}/refuse/", sent)
    assert answer.json()["state"] == "refused"
    assert WaitingListEntry.objects.get(pk=offer.entry_id).state == state


@pytest.mark.parametrize("answered", ["take-up", "refuse"])
def test_offer_whose_time_is_over_cannot_be_answered(full_cast, answered):
    offer = full_cast.things["offer"]
    offer.opportunity.refresh_from_db()
    taken = offer.opportunity.places_taken
    with time_machine.travel(now() + timedelta(days=4), tick=False):
        TimedOffer.objects.filter(pk=offer.pk).update(state=TimedOffer.State.LAPSED, ended_at=now())
        answer = full_cast["volunteer"].post(f"{OFFERS}{offer.pk}/{answered}/")
    assert answer.status_code == 409
    offer.opportunity.refresh_from_db()
    assert offer.opportunity.places_taken == taken
    assert not Application.objects.filter(opportunity=offer.opportunity_id).exists()


def test_person_under_16_joins_no_list_of_a_role_without_a_parent(full_cast):
    answer = full_cast["under_16"].post(
        LISTS, {"opportunity": OpportunityFactory(full=True, minimum_age=13).pk}
    )
    assert answer.status_code == 403
    assert errors(answer) == {None: "parent_confirmed"}
