"""Campaigns through the API: read by those who steer, paused and stopped."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import AuditEntry
from core.clock import now
from insights.models import Campaign, CampaignGroup, CampaignMonth
from insights.services import campaigns
from tests.factories.accounts import UserFactory
from tests.factories.insights import CampaignFactory, ProspectusFactory
from tests.factories.opportunities import (
    MembershipFactory,
    OpportunityFactory,
    OrganisationFactory,
)
from tests.unit.api.insights.reading import BASE, broker, own_queries, read, send, steerer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def client() -> Client:
    return steerer()


def sent(**fields: Any) -> Campaign:
    """Sent to two groups, of which one made a draft and published it, and not to one."""
    given = {"state": "sent", "confirmed_at": now(), "finished_at": now()} | fields
    campaign = CampaignFactory(**given)
    for drafted_at in (None, now()):
        draft = OpportunityFactory(published_at=now()) if drafted_at else None
        prospectus = ProspectusFactory(drafted_at=drafted_at, draft=draft)
        _group(campaign, prospectus.organisation, arm="written", outcome="on_page",
               prospectus=prospectus)  # fmt: skip
    _group(campaign, OrganisationFactory(), arm="comparison")
    return campaign


def _group(campaign: Campaign, group: Any, **fields: Any) -> None:
    CampaignGroup.objects.create(campaign=campaign, organisation=group, supply="s", **fields)


def month(campaign: Campaign, groups: int) -> None:
    arm = {"groups": groups, "began": 20, "published": 15, "applied": 9, "placed": 8, "there": 0}
    figures = {
        "written": arm | {"due": 0},
        "comparison": arm | {"began": 2, "due": 0},
        "people": {"applied": 33, "placed": 5, "due": 0, "there": 0},
    }
    CampaignMonth.objects.create(
        campaign=campaign, month="2026-03", figures=figures, worked_out_at=now()
    )


def test_only_those_who_steer_find_them() -> None:
    one = sent()
    for address in ("campaigns/", f"campaigns/{one.pk}/"):
        assert broker().get(BASE + address).status_code == 404
    assert send(broker(), f"campaigns/{one.pk}/stop/").status_code == 404


def test_list_says_how_each_stands(client: Client) -> None:
    first, second = sent(name="Evenings"), CampaignFactory(name="Draft")
    rows = read(client, "campaigns/")["results"]
    assert [(row["id"], row["name"], row["state"]) for row in rows] == [
        (second.pk, "Draft", "draft"),
        (first.pk, "Evenings", "sent"),
    ]
    stands = rows[1]["sent"]
    assert (stands["groups"], stands["sent"], stands["held_back"]) == (3, 2, 1)
    assert (stands["drafted"], stands["published"]) == (1, 1)


def test_a_draft_says_whom_it_would_reach(client: Client) -> None:
    MembershipFactory()
    found = read(client, f"campaigns/{CampaignFactory().pk}/")
    assert found["audience"]["groups"] == found["audience"]["on_page"] == 1
    assert (found["finding"], found["chain"]) == ("", None)
    assert found["people"][0].endswith("about 25 people")
    assert found["groups_meant"] == ["Any group near the people"]


def test_chain_with_its_comparison(client: Client) -> None:
    campaign = sent()
    before = read(client, f"campaigns/{campaign.pk}/")
    assert before["chain"] is None
    assert before["finding"].startswith("Sent to 2 groups")
    month(campaign, 40)
    found = read(client, f"campaigns/{campaign.pk}/")
    assert found["finding"].startswith("Groups that were written to began a role more often")
    began = found["chain"]["steps"][0]
    assert (began["written_to"], began["not_written_to"]) == (20, 2)
    assert began["difference"]["value"] == 0.45
    assert began["difference"]["is_clear"]
    people = {one["code"]: one["people"] for one in found["chain"]["people"]}
    assert (people["applied"]["value"], people["placed"]["why"]) == (35, "few")


def test_too_few_groups_say_nothing(client: Client) -> None:
    campaign = sent()
    month(campaign, 19)
    found = read(client, f"campaigns/{campaign.pk}/")["chain"]
    assert found["is_enough"] is False
    assert {step["difference"] for step in found["steps"]} == {None}


def test_how_many_are_still_there_is_kept_back(client: Client) -> None:
    campaign = sent()
    month(campaign, 40)
    row = campaign.months.get()
    row.figures["people"] |= {"due": 30, "there": 28}
    row.save()
    people = read(client, f"campaigns/{campaign.pk}/")["chain"]["people"]
    assert people[-1]["people"]["why"] == "kept_back"


def test_pause_go_on_and_stop(client: Client) -> None:
    campaign = sent(state="sending", finished_at=None)
    for act, state in (("pause", "paused"), ("go-on", "sending"), ("stop", "stopped")):
        answer = send(client, f"campaigns/{campaign.pk}/{act}/")
        assert (answer.status_code, answer.json()["state"]) == (200, state)
        campaign.refresh_from_db()
        assert campaign.state == state
    again = send(client, f"campaigns/{campaign.pk}/stop/")
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "conflict")
    assert AuditEntry.objects.filter(action="campaign.stopped").count() == 1


def test_a_body_with_something_in_it_changes_nothing(client: Client) -> None:
    campaign = sent(state="sending")
    assert send(client, f"campaigns/{campaign.pk}/stop/", {"now": True}).status_code == 400
    campaign.refresh_from_db()
    assert campaign.state == "sending"


def test_queries(client: Client) -> None:
    one = sent()
    month(one, 40)
    few = own_queries(client, "campaigns/")
    for _ in range(3):
        sent()
    assert own_queries(client, "campaigns/") == few == 3
    assert own_queries(client, f"campaigns/{one.pk}/") == 3
    draft = campaigns.begin(name="Draft", by=UserFactory(delivery_group=True))
    assert own_queries(client, f"campaigns/{draft.pk}/") <= 5
