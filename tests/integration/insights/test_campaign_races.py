"""Campaigns that are sent at once, and taps on one button at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from insights.models import Campaign, CampaignGroup, Prospectus
from insights.selectors import campaigns as selectors
from insights.selectors.campaigns import MOST
from insights.services import campaign_sending, campaigns, prospectuses
from notifications.models import Notification
from opportunities.models import Opportunity
from tests.factories.core import lease_on
from tests.factories.insights import CampaignFactory, ProspectusFactory, ProspectusMailFactory
from tests.factories.opportunities import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> None:
    """Start all at the same moment, each in a thread of its own; whatever one raises is raised."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))


def test_five_campaigns_at_once_tell_no_group_more_than_twice_a_month() -> None:
    members = MembershipFactory.create_batch(3)
    for member in members:
        ProspectusMailFactory(organisation=member.organisation, user=member.user)
    acts = []
    for _ in range(5):
        campaign = CampaignFactory()
        campaigns.confirm(campaign=campaign, by=campaign.made_by)
        lease = lease_on("campaign.sending", campaign.pk)
        acts.append(lambda pk=campaign.pk, held=lease: campaign_sending.send(pk, held))

    at_once(*acts)

    for member in members:
        told = Prospectus.objects.filter(organisation=member.organisation)
        assert told.count() == MOST
        sent = Notification.objects.filter(recipient=member.user, kind="prospectus")
        assert sent.count() == MOST


def test_campaigns_that_are_confirmed_at_once_leave_each_others_comparison_alone() -> None:
    MembershipFactory.create_batch(30)
    first, other = CampaignFactory(held_back=50), CampaignFactory(held_back=50, seed=8)

    at_once(
        *[
            lambda one=campaign: campaigns.confirm(campaign=one, by=one.made_by)
            for campaign in (first, other)
        ]
    )

    earlier, later = Campaign.objects.order_by("confirmed_at")
    compared = earlier.groups.filter(arm=CampaignGroup.Arm.COMPARISON).values("organisation")
    assert compared.count() == 15
    assert not later.groups.filter(organisation__in=compared).exists()


def test_nobody_waits_while_the_groups_of_a_campaign_are_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    MembershipFactory.create_batch(3)
    other, campaign = CampaignFactory(), CampaignFactory()
    audience = selectors.audience

    def rename() -> None:
        campaigns.rename(campaign=other, name="Weekends", by=other.made_by)
        connection.close()

    def meanwhile(looked_at: Campaign) -> selectors.Audience:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(rename).result(timeout=5)
        return audience(looked_at)

    monkeypatch.setattr(selectors, "audience", meanwhile)
    campaigns.confirm(campaign=campaign, by=campaign.made_by)

    other.refresh_from_db()
    assert other.name == "Weekends"
    assert campaign.groups.count() == 3


def test_taps_at_once_make_one_draft() -> None:
    prospectus = ProspectusFactory()
    member = MembershipFactory(organisation=prospectus.organisation).user

    at_once(*[lambda: prospectuses.draft(prospectus=prospectus, by=member)] * 6)

    assert Opportunity.objects.count() == 1
