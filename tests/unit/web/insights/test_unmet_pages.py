"""Who waits for the same, what stops people, what more places would do: as it may be read."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core.clock import now, today
from insights.models import RolePlan, Segment, SegmentMember, SegmentWeek, UnmetWeek
from insights.periods import Period
from tests.factories.accounts import UserFactory
from tests.factories.insights import SEGMENT_FIGURES, SegmentFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import text_of
from tests.unit.web.queries import own_queries

pytestmark = pytest.mark.django_db

UNMET = "/insights/unmet-supply/"
NAME = "Listening and befriending, weekday evenings, around Marlborough"


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(UserFactory(delivery_group=True))
    return found


@pytest.fixture
def broker() -> Client:
    found = Client()
    found.force_login(UserFactory(broker=True))
    return found


def segment(**changed: Any) -> Segment:
    """A segment with published figures, some of them changed; its true ones are others."""
    month = Period.month_of(today())
    made: Segment = SegmentFactory(
        people=91, published={**SEGMENT_FIGURES, **changed}, published_month=month.code
    )
    for back, people, places in ((40, 12, 4), (0, 23, 5)):
        day = today() - timedelta(days=back)
        SegmentWeek.objects.create(segment=made, week=day, people=people, places=places)
    return made


def borough(**fields: Any) -> UnmetWeek:
    stops = {
        "people": 300,
        "alone": [["distance", 121], ["dbs", 7]],
        "together": [[["distance", "time_overlap"], 79], [["age", "dbs"], 3]],
        "more": 2,
        "no_kind": 33,
    }
    more = {"activity": "gardening", "time": "weekday-evening", "ward": "E05013555"}
    given = {"week": today(), "waiting": 900, "unmet": 700, "unmatched": 300, "stops": stops}
    places = [more | {"places": 10, "could": 44, "people": 9}]
    return UnmetWeek.objects.create(made_at=now(), **{**given, "more_places": places, **fields})


class TestTheList:
    def test_says_who_they_are_and_how_many_for_each_place(self, client: Client) -> None:
        segment()
        page = text_of(client.get(UNMET))
        assert f"The largest group who wait for the same: {NAME}, about 25 people" in page
        assert "100 days" in page
        assert "5.0" in page

    def test_none_of_fewer_than_eight(self, client: Client) -> None:
        small = segment(people=7)
        assert NAME not in text_of(client.get(UNMET))
        assert client.get(f"{UNMET}{small.pk}/").status_code == 404
        assert client.get(f"{UNMET}{small.pk}.csv").status_code == 404
        assert NAME not in client.get("/insights/unmet-supply.csv").content.decode()

    def test_how_long_they_wait_only_of_twenty(self, client: Client) -> None:
        segment(people=19)
        assert "100 days" not in text_of(client.get(UNMET))

    def test_its_file_says_the_same(self, client: Client) -> None:
        segment()
        lines = client.get("/insights/unmet-supply.csv").content.decode("utf-8-sig").splitlines()
        assert lines[1].endswith(f'"{NAME}",{Period.month_of(today()).code},25,5,5.0,100')

    def test_before_the_first_week(self, client: Client) -> None:
        for address in ("", "what-stops-people/", "more-places/"):
            assert client.get(f"{UNMET}{address}").status_code == 200


class TestOneSegment:
    def test_says_what_is_published_and_not_what_is_true_now(self, client: Client) -> None:
        page = text_of(client.get(f"{UNMET}{segment().pk}/"))
        assert f"{NAME}: about 25 people wait" in page
        assert "Half of them have waited for more than 100 days." in page
        assert "90" not in page

    def test_neither_small_numbers_nor_what_leads_to_them(self, client: Client) -> None:
        """14, 6 and 3 people live in three wards: with a total of 23, one of the two small ones
        could be narrowed down, were the large one given.
        """
        page = text_of(client.get(f"{UNMET}{segment(wards={'E05013553': 21, '': 2}).pk}/"))
        assert "kept back" in page
        assert "Phone and video calls" not in page
        assert "Patience" not in page

    def test_says_what_stops_them_alone_and_together(self, client: Client) -> None:
        page = text_of(client.get(f"{UNMET}{segment().pk}/"))
        assert "Time of the week alone stops about 15 people" in page
        assert "Distance and time of the week about 10" in page
        assert "Distance fewer than 8" in page

    def test_goes_by_months(self, client: Client) -> None:
        found = segment()
        for week in found.weeks.values_list("week", flat=True):
            borough(week=week)
        page = text_of(client.get(f"{UNMET}{found.pk}/"))
        before = Period.month_of(today() - timedelta(days=40)).first
        assert f"{before:%B %Y} about 10 4 2.5" in page

    def test_says_which_role_would_help(self, client: Client) -> None:
        more = {"activity": "befriending", "time": "weekday-evening", "ward": "E05013553"}
        borough(more_places=[more | {"places": 10, "could": 44, "people": 9}])
        page = text_of(client.get(f"{UNMET}{segment().pk}/"))
        assert "about 10 more people would be placed" in page
        assert "about 45 could take it on" in page

    def test_the_file_has_its_numbers(self, client: Client) -> None:
        content = client.get(f"{UNMET}{segment().pk}.csv").content.decode("utf-8-sig")
        assert "Skill,Listening,10" in content
        assert 'Free,"Monday, evening",20' in content
        assert "Patience" not in content

    def test_only_the_volunteer_centre_has_a_link_to_names(
        self, client: Client, broker: Client
    ) -> None:
        address = f"{UNMET}{segment().pk}/"
        assert "by name" not in text_of(client.get(address))
        assert "by name" in text_of(broker.get(address))


class TestNames:
    def test_are_for_the_volunteer_centre_alone(self, client: Client, broker: Client) -> None:
        found = segment(people=3)
        waits, placed = VolunteerFactory.create_batch(2)
        for person in (waits, placed):
            SegmentMember.objects.create(segment=found, volunteer=person)
        placed.waiting_since = None
        placed.save()
        address = f"{UNMET}{found.pk}/people/"
        assert client.get(address).status_code == 404
        page = text_of(broker.get(address))
        assert str(waits.user) in page
        assert str(placed.user) not in page


class TestWhatStopsPeople:
    def test_says_that_a_number_is_kept_back_and_not_that_it_is_small(self, client: Client) -> None:
        borough(waiting=303, unmatched=300)
        page = text_of(client.get(f"{UNMET}what-stops-people/"))
        assert "No open role suits some people (how many is kept back) who wait." in page

    def test_alone_and_together(self, client: Client) -> None:
        borough()
        page = text_of(client.get(f"{UNMET}what-stops-people/"))
        assert (
            "Distance alone stops about 120 people; distance and time of the week together about "
            "80 people" in page
        )
        assert "No open role suits about 300 people who wait." in page
        assert "about 35 people like only kinds of work for which no role is open" in page
        assert "age and a DBS check" not in page.lower()

    def test_stays_for_the_month(self, client: Client) -> None:
        first = Period.month_of(today()).first
        borough(week=first)
        borough(week=first + timedelta(days=7), stops={**_none(), "alone": [["dbs", 50]]})
        assert "Distance alone stops about 120" in text_of(client.get(f"{UNMET}what-stops-people/"))

    def test_its_file_says_the_same(self, client: Client) -> None:
        borough()
        content = client.get(f"{UNMET}what-stops-people.csv").content.decode("utf-8-sig")
        assert "distance,alone,120" in content
        assert "distance and time of the week,together,80" in content
        assert "a DBS check,alone,*" in content


class TestMorePlaces:
    def test_says_how_many_more_would_be_placed(self, client: Client) -> None:
        borough()
        page = text_of(client.get(f"{UNMET}more-places/"))
        assert (
            "With 10 more places (gardening, weekday evenings, Pinner), about 10 more people would "
            "be placed" in page
        )
        assert "about 45" in page

    def test_says_that_all_bring_the_same_where_they_do(self, client: Client) -> None:
        one = {"activity": "gardening", "time": "sunday", "ward": "E05013555", "places": 10}
        borough(more_places=[one | {"could": 44, "people": 9}, one | {"could": 21, "people": 11}])
        page = text_of(client.get(f"{UNMET}more-places/"))
        assert (
            "At each of 2 kinds of work, times and places, 10 more places would place about 10 "
            "more people" in page
        )


@pytest.mark.parametrize("address", ["", "{segment}/", "what-stops-people/", "more-places/"])
def test_few_queries(client: Client, address: str) -> None:
    borough()
    found = segment()
    RolePlan.objects.create(made_at=now(), waiting=9, placeable=0)
    assert len(own_queries(client, UNMET + address.format(segment=found.pk))) <= 5


def _none() -> dict[str, Any]:
    return {"people": 0, "alone": [], "together": [], "more": 0, "no_kind": 0}
