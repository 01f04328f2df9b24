"""Roles that too many ask for, and what holds groups back: what the delivery group reads."""

import re
from typing import Any

import pytest
from django.test import Client

from core.week import SLOTS_BY_CODE, mask_of
from insights.services import capacity
from opportunities.models import Opportunity
from opportunities.services import limits
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.unit.web.pages import text_of
from tests.unit.web.queries import own_queries
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

OVER_ASKED, HOLDS_BACK = "/insights/over-asked/", "/insights/what-holds-groups-back/"


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(UserFactory(delivery_group=True))
    return found


def much_asked(people: int = 9) -> Opportunity:
    role = OpportunityFactory(title="Lunch club helper", places=4, causes=["older-people"])
    saturday = mask_of([SLOTS_BY_CODE["sat_morning"]])
    for number in range(people):
        person = VolunteerFactory(availability=saturday, user__first_name=f"Applicant{number}")
        ApplicationFactory(opportunity=role, volunteer=person)
    Opportunity.objects.filter(pk=role.pk).update(applications_pending=people)
    OrganisationFactory(name="Example Kitchen").causes.set(role.causes.all())
    return role


def says(**said: Any) -> None:
    group = OpportunityFactory(activities=["gardening"], full=True).organisation
    limits.say(organisation=group, by=None, **{"reason": "training", "more_people": 4} | said)


class TestOverAsked:
    def test_says_which_roles_and_what_could_be_done(self, client: Client) -> None:
        much_asked()
        page = text_of(client.get(OVER_ASKED))
        assert "1 role is asked for by many more people" in page
        assert "Lunch club helper" in page
        assert "Do it at other times too. Let two people share" in page
        assert "Let two people share a place. Up to 4 more places." in page

    def test_neither_names_nor_when_people_are_free(self, client: Client) -> None:
        much_asked()
        for address in (OVER_ASKED, "/insights/over-asked.csv"):
            page = client.get(address).content.decode()
            assert "Applicant" not in page
            assert "Saturday" not in page

    def test_a_waiting_list_of_any_length_makes_no_difference(self, client: Client) -> None:
        """Neither where roles are listed, nor where one would be by its list: it has three people
        who wait for an answer, and two places."""
        much_asked()
        much_asked(10)
        roles = [much_asked(3), OpportunityFactory(title="Kitchen helper", places=6, full=True)]
        Opportunity.objects.filter(pk=roles[0].pk).update(places=2, title="Driver")
        roles += Opportunity.objects.filter(title="Lunch club helper")
        before = self.outputs(client)
        assert b"Lunch club helper" in before[0]
        for _ in range(7):
            for role in roles:
                WaitingListEntryFactory(opportunity=role)
            assert self.outputs(client) == before
        assert not any(word in before[0] for word in (b"Kitchen helper", b"Driver"))

    def test_when_people_are_free_makes_no_difference(self, client: Client) -> None:
        role = much_asked()
        before = self.outputs(client)
        asked = list(role.applications.values_list("volunteer", flat=True))
        Volunteer.objects.filter(pk__in=asked[:7]).update(availability=0)
        assert self.outputs(client) == before

    def outputs(self, client: Client) -> list[bytes]:
        found = [client.get(one).content for one in (OVER_ASKED, "/insights/over-asked.csv")]
        return [re.sub(rb'nonce="[^"]*"|value="\w{64}"', b"", one) for one in found]

    def test_who_works_at_the_desk_comes_to_where_something_can_be_done(
        self, client: Client
    ) -> None:
        role, desk = much_asked(), Client()
        desk.force_login(UserFactory(broker=True))
        page = desk.get(OVER_ASKED).content.decode()
        assert f"/desk/roles/{role.pk}/" in page
        assert "/desk/queues/second-groups/" in page
        page = client.get(OVER_ASKED).content.decode()
        assert "/desk/" not in page
        assert "/insights/campaigns/new/" in page

    def test_says_when_there_is_none(self, client: Client) -> None:
        words = text_of(client.get(OVER_ASKED))
        assert "No role is asked for by many more" in words
        assert "a full role with a long one is left out" in words

    def test_the_file_says_the_same(self, client: Client) -> None:
        much_asked()
        head, row = client.get("/insights/over-asked.csv").content.decode("utf-8-sig").splitlines()
        assert head.startswith("Role,Group,Places,Places left,People waiting for an answer")
        assert row.startswith("Lunch club helper,")
        assert ",4,4,9," in row

    def test_few_queries(self, client: Client) -> None:
        for _ in range(3):
            much_asked()
        assert len(own_queries(client, OVER_ASKED)) <= 5


class TestWhatHoldsBack:
    def test_names_what_to_fund_first_and_what_a_person_costs(self, client: Client) -> None:
        for _ in range(30):
            VolunteerFactory(activities=["gardening"])
        for _ in range(3):
            says(cost_pounds=200)
            says(reason="premises", cost_pounds=4000)
        capacity.refresh()
        page = text_of(client.get(HOLDS_BACK))
        assert (
            "Money for training may go furthest: about £60 or more for each person placed, as only "
            "3 groups say" in page
        )
        assert (
            "We cannot train more people 3 about 10 about 10 people "
            "£600 3 groups, who would place about 10 people £60" in page
        )
        assert page.index("We cannot train") < page.index("There is no room")
        rows = client.get("/insights/what-holds-groups-back.csv").content.decode("utf-8-sig")
        assert "We cannot train more people,3,10,10,600,3,10,60" in rows

    @pytest.mark.parametrize(
        ("dear", "finding"),
        [
            (
                900,
                "Money for DBS checks goes furthest: about £180 or more for each person placed",
            ),
            (333, "for insurance about £100 or more, as only 3 groups say"),
        ],
    )
    def test_few_groups_alone_are_no_finding(self, client: Client, dear: int, finding: str) -> None:
        """DBS checks cost £180 on the word of five groups, insurance more or less on three's."""
        for _ in range(60):
            VolunteerFactory(activities=["gardening"])
        for _ in range(5):
            says(reason="dbs_cost", cost_pounds=720)
        for _ in range(3):
            says(reason="insurance", cost_pounds=dear)
        capacity.refresh()
        assert finding in text_of(client.get(HOLDS_BACK))

    def test_neither_few_people_nor_what_one_group_said(self, client: Client) -> None:
        for _ in range(5):
            VolunteerFactory(activities=["gardening"])
        says(cost_pounds=777, words="Our own hall leaks.")
        capacity.refresh()
        for address in (HOLDS_BACK, "/insights/what-holds-groups-back.csv"):
            page = client.get(address).content.decode()
            assert "777" not in page
            assert "leaks" not in page
            assert "Example Group" not in page
        assert "fewer than 8 people" in text_of(client.get(HOLDS_BACK))

    def test_words_that_may_be_read_without_the_groups_name(self, client: Client) -> None:
        says(words="We need a trainer.", words_may_be_shown=True)
        capacity.refresh()
        page = text_of(client.get(HOLDS_BACK))
        assert "We need a trainer." in page
        assert "Example Group" not in page

    def test_says_when_there_is_nothing_yet(self, client: Client) -> None:
        assert "There are no figures yet." in text_of(client.get(HOLDS_BACK))
        capacity.refresh()
        assert "No group has said yet" in text_of(client.get(HOLDS_BACK))

    def test_few_queries(self, client: Client) -> None:
        says(words="A trainer.", words_may_be_shown=True)
        capacity.refresh()
        assert len(own_queries(client, HOLDS_BACK)) <= 3
