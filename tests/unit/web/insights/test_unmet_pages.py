"""Who waits for the same, what stops people, what more places would do: as it may be read."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core.clock import now, today
from insights.models import RolePlan, Segment, SegmentMember, SegmentWeek, UnmetWeek
from insights.periods import Period
from tests.factories.accounts import UserFactory
from tests.factories.insights import SEGMENT_FIGURES, WARD, SegmentFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
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
    for back, people, places, most in ((75, 12, 6, None), (40, 12, 4, 4), (0, 23, 5, 0)):
        day = today() - timedelta(days=back)
        SegmentWeek.objects.create(
            segment=made, week=day, people=people, places=places, places_for_most=most
        )
    return made


def planned(activity: str, time: str, ward: str) -> None:
    role = {"activity": activity, "time": time, "ward": ward, "places": 10, "people": 3}
    RolePlan.objects.create(made_at=now(), waiting=90, placeable=40, roles=[role | {"named": 150}])


def borough(**fields: Any) -> UnmetWeek:
    stops = {
        "people": 300,
        "alone": [["distance", 121], ["dbs", 7]],
        "together": [[["distance", "time_overlap"], 79], [["age", "dbs"], 3]],
        "more": 2,
        "no_kind": 33,
    }
    given = {"week": today(), "waiting": 900, "unmet": 700, "unmatched": 300, "stops": stops}
    week = fields.get("week", today())
    given |= {"made_at": now() - (today() - week)}
    return UnmetWeek.objects.create(**{**given, **fields})


class TestTheList:
    def test_says_who_they_are_and_how_many_for_each_place(self, client: Client) -> None:
        segment()
        page = text_of(client.get(UNMET))
        assert f"The largest group who wait for the same: {NAME}, about 25 people" in page
        assert "100 days" in page
        assert "about 25 100 days 3 and 2 that suit only some 8.3 none" in page

    def test_each_is_listed_once(self, client: Client) -> None:
        segment()
        assert text_of(client.get(UNMET)).count(NAME) == 2, "in the heading, and in its row"

    def test_who_has_places_enough_is_listed_apart(self, client: Client) -> None:
        segment(places_for_most=24, places=40)
        page = text_of(client.get(UNMET))
        assert "Too few places suit them" in page
        assert "Places suit most of them, and they wait" not in page
        Segment.objects.all().delete()
        segment(places_for_most=25, places=40)
        page = text_of(client.get(UNMET))
        assert "Too few places suit them" not in page
        assert "Places suit most of them, and they wait" in page

    def test_figures_of_before_do_not_say_how_many_suit_most(self, client: Client) -> None:
        found = segment()
        del found.published["places_for_most"]
        found.save()
        assert "not counted yet" in text_of(client.get(UNMET))

    def test_says_which_planned_roles_are_for_them(self, client: Client) -> None:
        segment()
        planned("befriending", "saturday", WARD)
        page = text_of(client.get(UNMET))
        assert "None of them has a planned role" in page
        RolePlan.objects.all().delete()
        planned("befriending", "weekday-evening", "E05013555")
        page = text_of(client.get(UNMET))
        assert "1 of them has a planned role" in page
        assert "Role 1, Pinner (not in their wards)" in page
        RolePlan.objects.all().delete()
        planned("befriending", "weekday-evening", WARD)
        assert "Role 1, Marlborough Other" not in text_of(client.get(UNMET))
        assert "(not in their wards)" not in text_of(client.get(UNMET))

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
        assert lines[1].endswith(f'"{NAME}",{Period.month_of(today()).code},25,3,5,8.3,100,,,')

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
        assert "Roles at their times would open one to about 15 people" in page
        assert "Roles nearer to them and roles at their times about 10" in page
        assert "Roles nearer to them fewer than 8" not in page

    def test_where_only_few_are_stopped_it_does_not_say_that_nobody_is(
        self, client: Client
    ) -> None:
        few = {**_none(), "people": 7, "alone": [["distance", 7]]}
        page = text_of(client.get(f"{UNMET}{segment(stops=few).pk}/"))
        assert "Nothing that stops 8 or more of them keeps them from the open roles" in page
        assert "Roles nearer to them" not in page

    def test_of_kinds_that_look_alike_none_comes_first_by_its_true_number(
        self, client: Client
    ) -> None:
        """12 and 11 of 23 are both shown as about 10."""
        kinds = [["home-visits", 0.5217], ["befriending", 0.4783]]
        page = text_of(client.get(f"{UNMET}{segment(kinds=kinds).pk}/"))
        assert "What they would do Kind of work" in page
        shown = page[page.index("What they would do Kind of work") :]
        assert shown.index("befriending") < shown.index("Visiting people at home")

    def test_goes_by_months(self, client: Client) -> None:
        found = segment()
        for week in found.weeks.values_list("week", flat=True):
            borough(week=week)
        page = text_of(client.get(f"{UNMET}{found.pk}/"))
        now_, before, long_before = (
            Period.month_of(today() - timedelta(days=back)).first for back in (0, 40, 75)
        )
        assert f"{now_:%B %Y} about 25 0 no place 5" in page
        assert f"{before:%B %Y} about 10 4 2.5 4" in page
        assert f"{long_before:%B %Y} about 10 not counted not counted 6" in page

    def test_says_how_many_people_there_are_for_each_place(self, client: Client) -> None:
        page = text_of(client.get(f"{UNMET}{segment().pk}/"))
        assert "That is 8.3 people for each of these places." in page
        page = text_of(client.get(f"{UNMET}{segment(places_for_most=0).pk}/"))
        assert "for each of these places" not in page

    def test_of_a_month_with_few_people_no_ratio_is_given(self, client: Client) -> None:
        found = segment()
        SegmentWeek.objects.update(people=7, places_for_most=2)
        for week in found.weeks.values_list("week", flat=True):
            borough(week=week)
        page = text_of(client.get(f"{UNMET}{found.pk}/"))
        assert "fewer than 8 2 too few people 5" in page

    def test_says_where_places_would_help_of_their_kind_and_times_near_them(
        self, client: Client
    ) -> None:
        """Of the best for them three, and nothing of another kind, another time or further away."""
        near = {"activity": "befriending", "time": "weekday-evening", "ward": WARD, "places": 10}
        far, other = {"ward": "E05013555"}, {"activity": "gardening"}
        rows = [
            near | {"named": 44, "by_one": 1, "by_many": 9 - n} | changed
            for n, changed in enumerate((far, other, {"time": "sunday"}, {}))
        ]
        RolePlan.objects.create(made_at=now(), waiting=90, placeable=40, more_places=rows)
        page = text_of(client.get(f"{UNMET}{segment(area=[WARD]).pk}/"))
        assert page.count("10 more places") == 1
        words = "(listening and befriending, weekday evenings, Marlborough) would place about 6"
        assert words in page

    def test_what_a_planned_role_would_bring_is_not_among_it(self, client: Client) -> None:
        planned("befriending", "weekday-evening", WARD)
        page = text_of(client.get(f"{UNMET}{segment().pk}/"))
        assert "more places" not in page
        assert "Role 1, Marlborough" in page

    def test_says_which_role_could_be_for_them_and_whom_to_ask(self, client: Client) -> None:
        group = OrganisationFactory(name="Tea Friends")
        OpportunityFactory(organisation=group, activities=["befriending"], full=True)
        found = client.get(f"{UNMET}{segment().pk}/")
        page = text_of(found)
        assert (
            "A role that could be for them: Listening and befriending, weekday evenings, "
            "Marlborough ."
        ) in page
        assert "Tea Friends It runs roles of this kind" in page
        assert "The draft to begin with" in page
        assert "place more people" not in page
        simulated = "activity=befriending&amp;time=weekday-evening&amp;ward=E05013553&amp;places=10"
        assert f'href="/insights/what-if/ask/?{simulated}"' in found.content.decode()

    def test_people_without_a_kind_of_work_in_common_have_no_such_role(
        self, client: Client
    ) -> None:
        one = segment()
        Segment.objects.update(activity="", cause="older-people")
        page = text_of(client.get(f"{UNMET}{one.pk}/"))
        assert "These people have a cause in common, but no kind of work." in page
        assert "Groups to ask" not in page

    @pytest.mark.parametrize(
        ("wards", "is_named"),
        [
            ({"E05013553": 30, "E05013562": 10, "E05013555": 10}, True),
            ({"E05013553": 12, "E05013562": 11, "E05013555": 10}, False),
            ({"E05013553": 18, "E05013562": 13, "": 2}, False),
        ],
    )
    def test_a_ward_is_named_only_where_it_stands_out(
        self, client: Client, wards: dict[str, int], *, is_named: bool
    ) -> None:
        """12, 11 and 10 are all shown as about 10; beside 2 people another number is kept back."""
        found = segment(wards=wards, people=sum(wards.values()))
        page = text_of(client.get(f"{UNMET}{found.pk}/"))
        assert ("More of them live in" in page) == is_named

    def test_the_file_has_its_numbers(self, client: Client) -> None:
        content = client.get(f"{UNMET}{segment().pk}.csv").content.decode("utf-8-sig")
        assert "Skill,Listening,10" in content
        assert f'All,"{NAME}",25,3,8.3,5' in content
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

    def test_of_a_segment_that_is_gone_and_still_told_of_there_are_none(
        self, broker: Client
    ) -> None:
        found = segment()
        Segment.objects.update(gone_at=now())
        assert broker.get(f"{UNMET}{found.pk}/").status_code == 200
        assert "Nobody of them waits any more" in text_of(broker.get(f"{UNMET}{found.pk}/people/"))
        Segment.objects.update(published_month="", published={})
        assert broker.get(f"{UNMET}{found.pk}/people/").status_code == 404


class TestWhatStopsPeople:
    def test_says_that_a_number_is_kept_back_and_not_that_it_is_small(self, client: Client) -> None:
        borough(waiting=303, unmatched=300)
        page = text_of(client.get(f"{UNMET}what-stops-people/"))
        assert "suits some people (how many is kept back) who wait." in page

    def test_alone_and_together(self, client: Client) -> None:
        borough()
        page = text_of(client.get(f"{UNMET}what-stops-people/"))
        assert "Roles nearer to them would open one to about 120 people whom none suits" in page
        assert "Roles nearer to them and roles at their times about 80" in page
        assert "suits about 300 people who wait." in page
        assert "about 35 people like only kinds of work for which no role is open" in page
        assert "DBS" not in page
        assert "Write to groups about people who wait" in page

    def test_of_what_looks_alike_none_comes_first(self, client: Client) -> None:
        borough(stops={**_none(), "alone": [["time_overlap", 52], ["distance", 49]]})
        page = text_of(client.get(f"{UNMET}what-stops-people/"))
        assert "several things, about 50 people each" in page
        assert page.index("Roles nearer to them") < page.index("Roles at their times")

    def test_an_abbreviation_stays_one_inside_a_line(self, client: Client) -> None:
        borough(stops={**_none(), "together": [[["time_overlap", "dbs"], 12]]})
        page = text_of(client.get(f"{UNMET}what-stops-people/"))
        assert "Roles at their times and DBS checks, or roles that need none about 10" in page

    def test_stays_for_the_month(self, client: Client) -> None:
        first = Period.month_of(today()).first
        borough(week=first)
        borough(week=first + timedelta(days=7), stops={**_none(), "alone": [["dbs", 50]]})
        page = text_of(client.get(f"{UNMET}what-stops-people/"))
        assert "Roles nearer to them would open one to about 120" in page

    def test_its_file_says_the_same(self, client: Client) -> None:
        borough()
        content = client.get(f"{UNMET}what-stops-people.csv").content.decode("utf-8-sig")
        assert "Roles nearer to them,distance,alone,120" in content
        assert "distance and time of the week,together,80" in content
        assert len(content.splitlines()) == 3


@pytest.mark.parametrize(
    ("address", "most"),
    [("", 5), ("{segment}/", 16), ("what-stops-people/", 5), ("more-places/", 5)],
)
def test_few_queries(client: Client, address: str, most: int) -> None:
    borough()
    found = segment()
    RolePlan.objects.create(made_at=now(), waiting=9, placeable=0)
    assert len(own_queries(client, UNMET + address.format(segment=found.pk))) <= most


def _none() -> dict[str, Any]:
    return {"people": 0, "alone": [], "together": [], "more": 0, "no_kind": 0}
