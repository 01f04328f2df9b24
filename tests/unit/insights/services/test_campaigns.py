"""A campaign writes to each group once, to none too often, and to none that is compared with."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from core.clock import now
from core.errors import Conflict, InvalidInput, NotFound
from core.models import Cause
from core.models.fact import Fact
from core.outbox.leases import LeaseLostError
from insights.analysis.comparison import held_back
from insights.models import Campaign, CampaignGroup, Prospectus, RolePlan, Segment
from insights.selectors import campaigns as selectors
from insights.selectors.supplies import supplies
from insights.services import campaign_sending, campaigns
from insights.supply import Supply
from notifications.models import Notification
from opportunities.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.core import chosen, lease_on, lose
from tests.factories.insights import (
    SEGMENT_FIGURES,
    WARD,
    CampaignFactory,
    ProspectusFactory,
    ProspectusMailFactory,
    SegmentFactory,
)
from tests.factories.opportunities import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def groups(number: int, *, mailed: bool = False, **fields: Any) -> list[Organisation]:
    made = []
    for _ in range(number):
        membership = MembershipFactory(organisation=OrganisationFactory(**fields))
        made.append(membership.organisation)
        if mailed:
            ProspectusMailFactory(organisation=membership.organisation, user=membership.user)
    return made


def confirmed(**fields: Any) -> Campaign:
    campaign = CampaignFactory(**fields)
    campaigns.confirm(campaign=campaign, by=campaign.made_by)
    return campaign


def send(campaign: Campaign) -> int:
    return campaign_sending.send(campaign.pk, lease_on("campaign.sending", campaign.pk))


class TestDrawingUp:
    def test_in_steps(self) -> None:
        steerer = UserFactory(delivery_group=True)
        segment = SegmentFactory()
        campaign = campaigns.begin(name=" Evenings ", by=steerer)
        campaigns.choose_people(campaign=campaign, supplies=[f"segment:{segment.pk}"], by=steerer)
        campaigns.choose_groups(
            campaign=campaign, wards=[WARD], kinds=["faith"], only_suggested=False, by=steerer
        )
        campaigns.hold_back(campaign=campaign, share=30, by=steerer)
        campaign.refresh_from_db()
        assert (campaign.name, campaign.state, campaign.held_back) == ("Evenings", "draft", 30)
        assert Supply.of_json(campaign.supplies[0]).segment_id == segment.pk
        assert campaign.wards == [WARD]

    def test_a_draft_can_be_called_something_else(self) -> None:
        campaign = CampaignFactory(name="Evenings")
        steerer = campaign.made_by
        campaigns.rename(campaign=campaign, name=" Weekends ", by=steerer)
        campaigns.rename(campaign=campaign, name="Weekends", by=steerer)
        campaign.refresh_from_db()
        assert campaign.name == "Weekends"
        (entry,) = AuditEntry.objects.filter(action="campaign.changed")
        assert (entry.actor, entry.details) == (steerer, {"fields": ["name"]})
        for name in (" ", "x" * 81):
            with pytest.raises(InvalidInput):
                campaigns.rename(campaign=campaign, name=name, by=steerer)
        with pytest.raises(NotFound):
            campaigns.rename(campaign=campaign, name="Mine", by=UserFactory(broker=True))
        groups(1)
        campaigns.confirm(campaign=campaign, by=steerer)
        with pytest.raises(Conflict):
            campaigns.rename(campaign=campaign, name="Evenings", by=steerer)
        campaign.refresh_from_db()
        assert campaign.name == "Weekends"

    def test_refused(self) -> None:
        campaign = CampaignFactory()
        steerer = campaign.made_by
        for refused in (
            lambda: campaigns.begin(name=" ", by=steerer),
            lambda: campaigns.choose_people(campaign=campaign, supplies=[], by=steerer),
            lambda: campaigns.choose_people(campaign=campaign, supplies=["segment:0"], by=steerer),
            lambda: campaigns.choose_groups(
                campaign=campaign, wards=["nowhere"], only_suggested=True, by=steerer
            ),
            lambda: campaigns.hold_back(campaign=campaign, share=51, by=steerer),
        ):
            with pytest.raises(InvalidInput):
                refused()

    def test_only_the_delivery_group(self) -> None:
        campaign = CampaignFactory()
        for person in (UserFactory(), UserFactory(broker=True)):
            with pytest.raises(NotFound):
                campaigns.begin(name="Evenings", by=person)
            with pytest.raises(NotFound):
                campaigns.confirm(campaign=campaign, by=person)

    def test_none_of_fewer_than_eight_people(self) -> None:
        SegmentFactory(people=7)
        large = SegmentFactory(people=8)
        assert [one.segment_id for one in supplies()] == [large.pk]

    def test_a_confirmed_one_does_not_change(self) -> None:
        groups(1)
        campaign = confirmed()
        with pytest.raises(Conflict):
            campaigns.hold_back(campaign=campaign, share=0, by=campaign.made_by)
        with pytest.raises(Conflict):
            campaigns.confirm(campaign=campaign, by=campaign.made_by)
        assert campaign.groups.count() == 1


class TestWhichGroups:
    def test_verified_ones_near_the_people_with_somebody_who_acts_for_them(self) -> None:
        (near,) = groups(1)
        groups(1, postcode="HA5 1AA")
        groups(1, unverified=True)
        groups(1, suspended=True)
        OrganisationFactory()
        found = selectors.audience(CampaignFactory())
        assert [one.group_id for one in found.chosen] == [near.pk]
        assert found.out_of_reach == 1

    def test_by_ward_cause_and_kind(self) -> None:
        first, second, third = groups(3)
        first.legal_form = "faith"
        first.save()
        second.causes.set(_causes("older-people"))
        third.causes.set(_causes("sports-clubs"))
        (cause,) = second.causes.all()
        steered = {
            "kinds": (["faith"], {first.pk}),
            "causes": ([cause.parent.code if cause.parent else cause.code], {second.pk}),
            "wards": (["E05013542"], set()),
        }
        for side, (codes, meant) in steered.items():
            campaign = CampaignFactory(**{side: codes})
            found = selectors.audience(campaign)
            assert {one.group_id for one in found.chosen} == meant, side
        suggested = selectors.audience(CampaignFactory(only_suggested=True))
        assert {one.group_id for one in suggested.chosen} == {second.pk}

    def test_each_is_told_of_the_people_that_it_would_take(self) -> None:
        one, other = groups(2)
        one.causes.set(_causes("older-people"))
        other.causes.set(_causes("parks-and-green-spaces"))
        befriending = Supply.of_segment(SegmentFactory(people=90))
        gardening = Supply.of_segment(SegmentFactory(activity="gardening"))
        campaign = CampaignFactory(supplies=[befriending.as_json(), gardening.as_json()])
        told = {it.group_id: it.supply for it in selectors.audience(campaign).chosen}
        assert told == {one.pk: befriending.code, other.pk: gardening.code}

    def test_which_of_two_that_look_alike_does_not_say_which_is_larger(self) -> None:
        """Of about 25 each: whom a group is told of would say that one has more."""
        groups(1)
        first, second = SegmentFactory(), SegmentFactory()
        told = set()
        for sizes in ((23, 27), (27, 23)):
            supplies = [
                replace(Supply.of_segment(segment), people=people)
                for segment, people in zip((first, second), sizes, strict=True)
            ]
            campaign = CampaignFactory(supplies=[one.as_json() for one in supplies])
            told |= {it.supply for it in selectors.audience(campaign).chosen}
        assert len(told) == 1

    def test_those_that_the_plan_of_roles_names_first(self) -> None:
        named, other = groups(2, postcode="HA5 1AA")
        role = {"activity": "befriending", "time": "saturday", "ward": WARD, "named": 30}
        planned = Supply.of_planned_role(role | {"hosts": [{"group": named.pk, "parts": {}}]})
        RolePlan.objects.create(
            made_at=now(), waiting=40, placeable=1, roles=[role | {"hosts": [{"group": named.pk}]}]
        )
        assert supplies() == [planned]
        near = Supply.of_segment(SegmentFactory(area=["E05013555"]))
        campaign = CampaignFactory(
            supplies=[near.as_json(), planned.as_json()], only_suggested=False
        )
        told = {it.group_id: it.supply for it in selectors.audience(campaign).chosen}
        assert told == {named.pk: planned.code, other.pk: near.code}
        campaign.only_suggested = True
        assert [it.group_id for it in selectors.audience(campaign).chosen] == [named.pk]

    def test_not_those_that_had_two_within_a_month(self) -> None:
        (group,) = groups(1)
        ProspectusFactory(organisation=group, made_at=now() - timedelta(days=31))
        ProspectusFactory(organisation=group)
        campaign = CampaignFactory()
        assert len(selectors.audience(campaign).chosen) == 1
        ProspectusFactory(organisation=group, made_at=now() - timedelta(days=29))
        assert selectors.audience(campaign).over_limit == 1
        assert not selectors.audience(campaign).chosen

    def test_by_mail_and_on_the_page(self) -> None:
        groups(2, mailed=True)
        groups(3)
        found = selectors.audience(CampaignFactory())
        assert (found.by_mail, found.on_page) == (2, 3)

    def test_in_two_queries_however_many(self) -> None:
        groups(4, mailed=True)
        campaign = CampaignFactory()
        with CaptureQueriesContext(connection) as queries:
            selectors.audience(campaign)
        assert len(queries) == 2


class TestComparison:
    def test_drawn_at_random_kept_and_not_written_to(self) -> None:
        groups(10)
        campaign = confirmed(held_back=30)
        compared = set(
            campaign.groups.filter(arm="comparison").values_list("organisation", flat=True)
        )
        assert len(compared) == 3
        send(campaign)
        assert Prospectus.objects.count() == 7
        assert not Prospectus.objects.filter(organisation__in=compared)
        # Whoever has the seed can draw again and finds the same.
        strata = ["page"] * 10
        drawn = held_back(strata, campaign.held_back / 100, campaign.seed)
        in_order = list(campaign.groups.order_by("organisation"))
        assert [row.arm == "comparison" for row in in_order] == drawn.tolist()

    def test_nobody_where_the_delivery_group_does_not_want_it(self) -> None:
        groups(10)
        assert not confirmed(held_back=0).groups.filter(arm="comparison")

    def test_left_alone_by_other_campaigns_for_three_months(self) -> None:
        groups(10)
        first = confirmed(held_back=50)
        found = selectors.audience(CampaignFactory())
        assert (found.compared, len(found.chosen)) == (5, 5)
        Campaign.objects.confirmed().update(confirmed_at=now() - timedelta(days=93))
        assert selectors.audience(CampaignFactory()).compared == 0
        assert first.groups.count() == 10


class TestSending:
    def test_by_mail_to_those_who_want_it_on_the_page_to_the_others(self) -> None:
        groups(2, mailed=True)
        groups(3)
        campaign = confirmed()
        assert send(campaign) == 5
        assert Notification.objects.filter(kind="prospectus").count() == 2
        outcomes = campaign.groups.values_list("outcome", flat=True)
        assert sorted(outcomes) == ["mailed"] * 2 + ["on_page"] * 3
        campaign.refresh_from_db()
        assert campaign.state == "sent"
        assert set(Prospectus.objects.values_list("counted__people", flat=True)) == {25}

    def test_delivered_ten_times_it_is_sent_once(self) -> None:
        groups(3, mailed=True)
        campaign = confirmed()
        assert [send(campaign) for _ in range(10)] == [3] + [0] * 9
        assert Prospectus.objects.count() == Notification.objects.count() == 3

    def test_confirming_states_the_work(self) -> None:
        groups(1)
        campaign = confirmed()
        assert Fact.objects.filter(kind="campaign.sending", subject_id=campaign.pk).exists()

    def test_what_was_changed_while_groups_were_looked_for_is_not_sent(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        groups(4)
        campaign = CampaignFactory()
        audience = selectors.audience

        def meanwhile(looked_at: Campaign) -> selectors.Audience:
            found = audience(looked_at)
            campaigns.hold_back(campaign=campaign, share=50, by=campaign.made_by)
            return found

        monkeypatch.setattr(selectors, "audience", meanwhile)
        with pytest.raises(Conflict):
            campaigns.confirm(campaign=campaign, by=campaign.made_by)
        assert not campaign.groups.exists()

    def test_a_worker_that_lost_its_lease_sends_nothing(self) -> None:
        groups(3, mailed=True)
        campaign = confirmed()
        lease = lease_on("campaign.sending", campaign.pk)
        lose(lease)
        with pytest.raises(LeaseLostError):
            campaign_sending.send(campaign.pk, lease)
        assert not Prospectus.objects.exists()

    def test_no_group_gets_more_than_two_a_month(self) -> None:
        groups(4, mailed=True)
        # All are confirmed before one is sent: each was within the limit then.
        waiting = [confirmed() for _ in range(3)]
        assert [send(campaign) for campaign in waiting] == [4, 4, 0]
        assert set(waiting[2].groups.values_list("outcome", flat=True)) == {"over_limit"}

    def test_paused_it_waits_and_goes_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        groups(4)
        campaign = confirmed()
        real = campaign_sending._write_to
        calls = []

        def first_two_then_pause(row: int, counted: Any) -> bool:
            calls.append(row)
            done = real(row, counted)
            if len(calls) == 2:
                campaigns.pause(campaign=campaign, by=campaign.made_by)
            return done

        monkeypatch.setattr(campaign_sending, "_write_to", first_two_then_pause)
        assert send(campaign) == 2
        assert send(campaign) == 0
        campaigns.go_on(campaign=campaign, by=campaign.made_by)
        assert send(campaign) == 2
        assert Prospectus.objects.count() == 4

    def test_stopped_it_stays_stopped(self) -> None:
        groups(2)
        campaign = confirmed()
        campaigns.stop(campaign=campaign, by=campaign.made_by)
        assert send(campaign) == 0
        with pytest.raises(Conflict):
            campaigns.go_on(campaign=campaign, by=campaign.made_by)

    def test_people_who_became_too_few_are_not_spoken_of(self) -> None:
        groups(2, mailed=True)
        campaign = confirmed()
        Segment.objects.update(published={**SEGMENT_FIGURES, "people": 7})
        assert send(campaign) == 0
        assert not Notification.objects.exists()
        assert set(campaign.groups.values_list("outcome", flat=True)) == {"too_few"}

    def test_a_group_that_was_stopped_meanwhile_is_left_out(self) -> None:
        (group,) = groups(1)
        campaign = confirmed()
        Organisation.objects.filter(pk=group.pk).update(suspended_at=now())
        assert send(campaign) == 0
        assert campaign.groups.get().outcome == CampaignGroup.Outcome.GONE


def _causes(*codes: str) -> list[Any]:
    return chosen(Cause, *codes)
