"""What came of a campaign is worked out once a month, and says no more than may be said."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from core.clock import now
from insights.models import Campaign, CampaignGroup, CampaignMonth, Prospectus
from insights.selectors import campaign_chain
from insights.services import campaign_outcomes, prospectuses
from opportunities.models import Opportunity
from placements.models import Application, StillGoing
from placements.services import applications
from tests.factories.accounts import UserFactory
from tests.factories.insights import CampaignFactory, ProspectusFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign() -> Campaign:
    """Sent on 10 March to two groups, and compared with two."""
    campaign = CampaignFactory(state="sent", confirmed_at=now(), finished_at=now())
    for _ in range(2):
        prospectus = ProspectusFactory()
        _group(campaign, prospectus.organisation, "written", prospectus)
        _group(campaign, OrganisationFactory(), "comparison", None)
    return campaign


def _group(campaign: Campaign, group: Any, arm: str, prospectus: Prospectus | None) -> None:
    CampaignGroup.objects.create(
        campaign=campaign,
        organisation=group,
        supply=campaign.supplies[0]["code"],
        arm=arm,
        outcome="on_page" if prospectus else "",
        prospectus=prospectus,
    )


def published(prospectus: Prospectus) -> Opportunity:
    role = prospectuses.draft(prospectus=prospectus, by=UserFactory())
    Opportunity.objects.filter(pk=role.pk).update(status="open", published_at=now(), places=99)
    role.refresh_from_db()
    return role


def asked(role: Opportunity, number: int) -> list[Application]:
    people = VolunteerFactory.create_batch(number, created_at=now() - timedelta(days=1))
    return [
        applications.submit(volunteer=person, opportunity=role, by=person.user, message="")
        for person in people
    ]


def place(application: Application) -> None:
    applications.accept(application=application, by=None)
    applications.start(application=application, by=None)


def chain_at(
    clock: time_machine.Traveller, campaign: Campaign, day: datetime
) -> campaign_chain.Chain:
    clock.move_to(day)
    assert campaign_outcomes.work_out_months()
    found = campaign_chain.chain(campaign)
    assert found is not None
    return found


def test_from_the_prospectus_to_three_months(
    clock: time_machine.Traveller, campaign: Campaign
) -> None:
    role = published(Prospectus.objects.earliest("pk"))
    made = asked(role, 12)
    for application in made[:9]:
        place(application)
    april = chain_at(clock, campaign, datetime(2026, 4, 5, tzinfo=UTC))
    assert [step.written for step in april.steps] == [1, 1, 1, 1, 0]
    assert [step.compared for step in april.steps] == [0] * 5
    assert april.people == campaign_chain.People(applied=10, placed=10, due=0, there=0)

    clock.move_to(datetime(2026, 6, 20, tzinfo=UTC))
    for application in made[:8]:
        StillGoing.objects.create(
            application=application, months=3, answered_at=now(), still_there=True
        )
    CampaignMonth.objects.all().delete()
    july = chain_at(clock, campaign, datetime(2026, 8, 5, tzinfo=UTC))
    # One of nine is no longer there: anybody could find out who, were it said.
    assert [step.written for step in july.steps] == [1, 1, 1, 1, None]
    assert july.people == campaign_chain.People(applied=10, placed=10, due=10, there=None)


def test_how_many_were_there_is_said_where_eight_were_and_eight_were_not() -> None:
    assert campaign_chain.told([]) == (0, 0)
    assert campaign_chain.told([(0, 0), (0, 0)]) == (0, 0)
    assert campaign_chain.told([(7, 7)]) == (None, None)
    assert campaign_chain.told([(16, 16)]) == (15, None), "all of them is said of each"
    assert campaign_chain.told([(16, 8)]) == (15, 10)
    assert campaign_chain.told([(19, 11), (26, 12)]) == (20, 10), "seven more"
    assert campaign_chain.told([(19, 11), (26, 12), (27, 18)]) == (25, 20)


def test_fewer_than_eight_people_are_not_told_apart(
    clock: time_machine.Traveller, campaign: Campaign
) -> None:
    role = published(Prospectus.objects.earliest("pk"))
    place(asked(role, 7)[0])
    found = chain_at(clock, campaign, datetime(2026, 4, 5, tzinfo=UTC))
    assert found.people == campaign_chain.People(applied=None, placed=None, due=0, there=0)


def test_roles_that_groups_began_of_their_own_accord_count_on_both_sides(
    clock: time_machine.Traveller, campaign: Campaign
) -> None:
    clock.shift(timedelta(days=1))
    for row in campaign.groups.filter(arm="comparison"):
        OpportunityFactory(organisation=row.organisation, created_at=now())
    written = campaign.groups.filter(arm="written").earliest("pk")
    OpportunityFactory(organisation=written.organisation, draft=True, created_at=now())
    OpportunityFactory(
        organisation=written.organisation, created_at=campaign.confirmed_at - timedelta(days=1)
    )
    found = chain_at(clock, campaign, datetime(2026, 4, 5, tzinfo=UTC))
    began, was_published = found.steps[:2]
    assert (began.written, began.compared) == (1, 2)
    assert (was_published.written, was_published.compared) == (0, 2)


def test_roles_begun_after_three_months_do_not_count(
    clock: time_machine.Traveller, campaign: Campaign
) -> None:
    clock.move_to(datetime(2026, 6, 15, tzinfo=UTC))
    for row in campaign.groups.all():
        OpportunityFactory(organisation=row.organisation, created_at=now())
    found = chain_at(clock, campaign, datetime(2026, 7, 5, tzinfo=UTC))
    assert (found.steps[0].written, found.steps[0].compared) == (0, 0)


def test_a_month_is_worked_out_once_and_stays(
    clock: time_machine.Traveller, campaign: Campaign
) -> None:
    clock.move_to(datetime(2026, 4, 2, tzinfo=UTC))
    assert campaign_outcomes.work_out_months() == 0, "what is entered late is waited for"
    chain_at(clock, campaign, datetime(2026, 4, 5, tzinfo=UTC))
    published(Prospectus.objects.earliest("pk"))
    assert campaign_outcomes.work_out_months() == 0
    found = campaign_chain.chain(campaign)
    assert found is not None
    assert (found.month, found.steps[0].written) == ("2026-03", 0)


def test_months_that_were_missed_are_worked_out_as_of_their_ends(
    clock: time_machine.Traveller, campaign: Campaign
) -> None:
    chain_at(clock, campaign, datetime(2026, 4, 5, tzinfo=UTC))
    clock.move_to(datetime(2026, 4, 20, tzinfo=UTC))
    published(Prospectus.objects.earliest("pk"))
    clock.move_to(datetime(2026, 5, 20, tzinfo=UTC))
    published(Prospectus.objects.latest("pk"))
    clock.move_to(datetime(2026, 7, 5, tzinfo=UTC))
    assert campaign_outcomes.work_out_months() == 3
    assert campaign_outcomes.work_out_months() == 0
    found = {row.month: row.figures["written"]["published"] for row in campaign.months.all()}
    assert found == {"2026-03": 0, "2026-04": 1, "2026-05": 2, "2026-06": 2}


def test_a_campaign_is_followed_for_a_year_however_late_it_is_worked_out(
    clock: time_machine.Traveller, campaign: Campaign
) -> None:
    clock.move_to(datetime(2028, 1, 5, tzinfo=UTC))
    assert campaign_outcomes.work_out_months() == 13
    months = campaign.months.values_list("month", flat=True)
    assert (min(months), max(months)) == ("2026-03", "2027-03")


def test_no_difference_is_claimed_where_there_are_too_few_groups(
    clock: time_machine.Traveller, campaign: Campaign
) -> None:
    found = chain_at(clock, campaign, datetime(2026, 4, 5, tzinfo=UTC))
    assert not found.is_enough
    assert {step.difference for step in found.steps} == {None}


def test_a_difference_with_its_interval() -> None:
    campaign = CampaignFactory(state="sent", confirmed_at=now())
    arms = {
        "written": {"groups": 70, "began": 56, **dict.fromkeys(campaign_chain.STEPS[1:], 0)},
        "comparison": {"groups": 80, "began": 48, **dict.fromkeys(campaign_chain.STEPS[1:], 0)},
        "people": dict.fromkeys(("applied", "placed", "due", "there"), 0),
    }
    CampaignMonth.objects.create(
        campaign=campaign, month="2026-03", figures=arms, worked_out_at=now()
    )
    found = campaign_chain.chain(campaign)
    assert found is not None
    began = found.steps[0].difference
    assert began is not None
    assert began.is_clear
    assert (began.lowest, began.highest) == pytest.approx((0.0524, 0.3339), abs=1e-4)


def test_how_it_stands_counts_groups(campaign: Campaign) -> None:
    first, second = Prospectus.objects.order_by("pk")
    for one, published_at, state in ((first, now(), {}), (second, None, {"status": "draft"})):
        one.draft, one.drafted_at = OpportunityFactory(published_at=published_at, **state), now()
        one.save()
    Prospectus.objects.filter(pk=first.pk).update(opened_at=now())
    found = campaign_chain.sent(campaign)
    assert (found.groups, found.sent, found.held_back, found.opened) == (4, 2, 2, 1)
    assert (found.drafted, found.published) == (2, 1)
