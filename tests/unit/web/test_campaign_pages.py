"""The delivery group draws up a campaign, looks it over, sends it, and reads what came of it."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import now
from insights.campaign_wording import PEOPLE
from insights.models import Campaign, CampaignGroup, CampaignMonth, RolePlan
from insights.selectors import campaign_chain
from insights.services import campaign_sending, campaigns
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.insights import CampaignFactory, SegmentFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.unit.web.pages import text_of, title_of

pytestmark = pytest.mark.django_db
LIST = "/insights/campaigns/"


@pytest.fixture
def steerer(client):
    person = UserFactory(delivery_group=True)
    client.force_login(person)
    return person


def sent(steerer, *, groups=3, held_back=0):
    MembershipFactory.create_batch(groups)
    campaign = CampaignFactory(held_back=held_back, name="Evenings")
    campaigns.confirm(campaign=campaign, by=steerer)
    campaign_sending.send(campaign.pk, lease_on("campaign.sending", campaign.pk))
    campaign.refresh_from_db()
    return campaign


def steps(**counts):
    return dict.fromkeys(campaign_chain.STEPS, 0) | counts


def worked_out(campaign, written, compared, **people):
    behind = dict.fromkeys(("applied", "placed", "due", "there"), 0) | people
    figures = {"written": written, "comparison": compared, "people": behind}
    CampaignMonth.objects.create(
        campaign=campaign, month="2026-10", figures=figures, worked_out_at=now()
    )


@pytest.mark.parametrize("huge", ["9" * 30, "9" * 5000])
def test_a_role_with_a_number_that_no_plan_has_is_none(client, steerer, huge):
    for asked in ("planned", "segment"):
        made = client.post(f"{LIST}new/?{asked}={huge}", {"name": "Evenings"})
        assert made.status_code == 302
    assert not any(one.supplies for one in Campaign.objects.all())


def test_from_a_name_to_groups_that_are_written_to(client, steerer):
    segment = SegmentFactory()
    MembershipFactory.create_batch(4)

    people = client.post(f"{LIST}new/", {"name": "Evenings"}).url
    assert "Listening and befriending" in text_of(client.get(people))
    assert "about 25 people" in text_of(client.get(people))
    groups = client.post(people, {"supplies": [f"segment:{segment.pk}"]}).url
    comparison = client.post(groups, {"only_suggested": "no"}).url
    page = client.post(comparison, {"share": "50"}).url
    draft = client.get(page)
    assert "“Evenings” would reach about 2 of 4 groups" in text_of(draft)
    assert "50%, about 2 groups, drawn at random" in text_of(draft)
    assert "On their page alone 4" in text_of(draft)

    asked = text_of(client.get(f"{page}confirm/"))
    assert "Write to about 2 groups?" in asked
    assert "not take back what a group has read" in asked
    assert Campaign.objects.get().state == "draft"
    client.post(f"{page}confirm/")
    campaign = Campaign.objects.get()
    assert campaign.state == "sending"
    campaign_sending.send(campaign.pk, lease_on("campaign.sending", campaign.pk))
    words = text_of(client.get(page))
    assert "Sent to 2 groups; 0 opened it, 0 made a draft, 0 published it" in words
    assert "On their page alone 2" in words
    assert "Not written to, to compare 2" in words
    assert "Sent to 2 groups, opened by 0" in text_of(client.get(LIST))
    drafted = CampaignGroup.objects.filter(prospectus__isnull=False).earliest("pk").prospectus
    assert drafted is not None
    drafted.draft = OpportunityFactory(published_at=now())
    drafted.save()
    assert "Published this draft 1" in text_of(client.get(page))
    assert "published by 1." in text_of(client.get(LIST))


def test_from_the_page_of_a_segment_or_of_a_planned_role(client, steerer):
    segment = SegmentFactory()
    role = {"activity": "gardening", "time": "saturday", "ward": "E05013553", "named": 30}
    RolePlan.objects.create(made_at=now(), waiting=40, placeable=1, roles=[role])

    for asked, code in (
        (f"segment={segment.pk}", f"segment:{segment.pk}"),
        ("planned=1", "role:gardening:saturday:E05013553"),
        ("planned=9", None),
        ("segment=made-up", None),
    ):
        client.post(f"{LIST}new/?{asked}", {"name": "Evenings"})
        supplies = Campaign.objects.latest("pk").supplies
        assert [one["code"] for one in supplies] == ([code] if code else [])


def test_what_is_missing_is_said(client, steerer):
    campaign = CampaignFactory(supplies=[])
    page = f"{LIST}{campaign.pk}/"

    assert "Give the campaign a name." in client.post(f"{LIST}new/", {}).text
    assert "Choose at least one group of people." in client.post(f"{page}people/", {}).text
    assert "Nobody would be written to yet" in text_of(client.get(page))
    client.post(f"{page}confirm/")
    campaign.refresh_from_db()
    assert campaign.state == "draft"


def test_one_answer_is_changed_without_the_others(client, steerer):
    campaign = CampaignFactory(held_back=20)
    page = f"{LIST}{campaign.pk}/"

    assert client.post(f"{page}comparison/", {"share": "0"}).url == page
    campaign.refresh_from_db()
    assert campaign.held_back == 0


def test_paused_gone_on_and_stopped(client, steerer):
    MembershipFactory.create_batch(2)
    campaign = CampaignFactory()
    campaigns.confirm(campaign=campaign, by=steerer)
    page = f"{LIST}{campaign.pk}/"
    for button, state in (("pause", "paused"), ("go-on", "sending"), ("stop", "stopped")):
        client.post(f"{page}{button}/")
        campaign.refresh_from_db()
        assert campaign.state == state
    assert "Stop for good" not in text_of(client.get(page))


def test_a_draft_is_thrown_away(client, steerer):
    campaign = CampaignFactory()

    assert client.post(f"{LIST}{campaign.pk}/discard/").url == LIST
    assert not Campaign.objects.exists()


class TestWhatCameOfIt:
    def test_a_difference_is_said_with_its_range(self, client, steerer):
        campaign = sent(steerer)
        written = {"groups": 70} | steps(began=56)
        worked_out(campaign, written, {"groups": 80} | steps(began=48))

        page = client.get(f"{LIST}{campaign.pk}/")

        words = text_of(page)
        assert (
            "Groups that were written to began a role more often: about 20 more in 100, and "
            "probably between 5 and 33." in words
        )
        assert "56 of 70 (80%)" in words
        assert "+20 in 100, from +5 to +33" in words
        assert "by the end of October 2026" in words

    def test_too_few_groups_claim_nothing(self, client, steerer):
        campaign = sent(steerer)
        written = {"groups": 19} | steps(began=19)
        worked_out(campaign, written, {"groups": 30} | steps())

        words = text_of(client.get(f"{LIST}{campaign.pk}/"))

        assert "There are too few groups to say whether it made a difference" in words
        assert "more often" not in words
        assert "too few groups to say" in words

    def test_what_may_be_chance_is_said_to_be(self, client, steerer):
        campaign = sent(steerer)
        written = {"groups": 30} | steps(began=10)
        worked_out(campaign, written, {"groups": 30} | steps(began=8))

        words = text_of(client.get(f"{LIST}{campaign.pk}/"))

        assert "It cannot be told yet whether writing made a difference." in words
        assert "(may be chance)" in words

    def test_without_a_comparison_nothing_is_claimed(self, client, steerer):
        campaign = sent(steerer)
        worked_out(campaign, {"groups": 70} | steps(began=56), {"groups": 0} | steps())

        assert "all groups were written to" in text_of(client.get(f"{LIST}{campaign.pk}/"))

    def test_people_pass_disclosure_control_on_the_page_and_in_the_file(self, client, steerer):
        campaign = sent(steerer)
        people = {"applied": 33, "placed": 11, "due": 7, "there": 1}
        worked_out(campaign, {"groups": 3} | steps(), {"groups": 0} | steps(), **people)

        words = text_of(client.get(f"{LIST}{campaign.pk}/"))
        answer = client.get(f"{LIST}{campaign.pk}/file/")
        rows = dict(row[:2] for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

        assert "asked for a role that came of this about 35" in words
        assert "have or had a place in one about 10" in words
        assert "were still there after three months, of these too few people to say" in words
        assert [rows[f"People who {did}"] for did in PEOPLE.values()] == ["35", "10", "*", "*"]
        assert rows["Groups that it was sent to"] == "3"

    def test_before_the_first_month_is_over(self, client, steerer):
        campaign = sent(steerer)
        page = client.get(f"{LIST}{campaign.pk}/")

        assert title_of(page).startswith("Evenings")
        assert "counted at the end of each month" in text_of(page)


@pytest.mark.parametrize("page", ["list", "draft", "sent"])
def test_five_queries_at_most(client, steerer, page):
    campaign = sent(steerer, groups=6) if page == "sent" else CampaignFactory()
    MembershipFactory.create_batch(5)
    CampaignFactory.create_batch(3)
    if page == "sent":
        worked_out(campaign, {"groups": 6} | steps(), {"groups": 0} | steps())
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST if page == "list" else f"{LIST}{campaign.pk}/")
    own = [query["sql"] for query in queries if not _of_every_page(query["sql"])]
    assert len(own) <= 5, own


def _of_every_page(sql):
    """Who is signed in, in which session, with which second step, and the menu."""
    return any(
        name in sql
        for name in ("django_session", '"accounts_user"."password"', "mfa_", "has_profile")
    )


@pytest.mark.parametrize(
    ("button", "question"),
    [("stop", "Stop this campaign for good?"), ("discard", "Throw this draft away?")],
)
def test_what_cannot_be_taken_back_is_asked_first(client, steerer, button, question):
    campaign = CampaignFactory()
    page = client.get(f"{LIST}{campaign.pk}/{button}/")
    assert question in text_of(page)
    assert type(campaign).objects.get().state == campaign.state
