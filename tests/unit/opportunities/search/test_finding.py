from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock
from core.places import distance, postcodes
from core.places.postcodes import Location
from core.week import SLOTS_BY_CODE, mask_of
from opportunities.models import Opportunity
from opportunities.search.criteria import ORDERS, SearchCriteria
from opportunities.search.finding import search_roles
from opportunities.services import search_index
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory, SessionFactory

pytestmark = pytest.mark.django_db

NEAR = postcodes.locate("HA1 1BH")


def mask(*codes: str) -> int:
    return mask_of(SLOTS_BY_CODE[code] for code in codes)


def found(**criteria) -> set[str]:
    return set(titles(**criteria))


def titles(**criteria) -> list[str]:
    if criteria.get("text"):
        search_index.rebuild()
    return [role.title for role in search_roles(SearchCriteria(**criteria))]


# -- what is public --------------------------------------------------------------------------------


def test_search_without_criteria_gives_open_roles_of_verified_groups_only():
    OpportunityFactory(title="open")
    OpportunityFactory(title="full", full=True)
    OpportunityFactory(title="draft", draft=True)
    OpportunityFactory(title="in review", in_review=True)
    OpportunityFactory(title="closed", closed=True)
    OpportunityFactory(title="unverified", organisation__unverified=True)
    OpportunityFactory(title="suspended", organisation__suspended=True)
    assert found() == {"open"}
    assert found(places_left=False) == {"open", "full"}


def test_role_is_found_on_its_last_day_and_not_after_it():
    OpportunityFactory(title="last day", closes_on=clock.today())
    OpportunityFactory(title="over", closes_on=clock.today() - timedelta(days=1))
    assert found() == {"last day"}


# -- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("", True),
        ("allotment", True),  # title
        ("WEEDING", True),  # summary, in capitals
        ("compost", True),  # description
        ("greenhouse", True),  # name of the group
        ("allotment compost", True),  # each of the words
        ("allotment tuba", False),  # one of the words is nowhere
        ("100%", False),  # no pattern
        ("_", False),
        ("nul\x00", False),
    ],
)
def test_each_word_of_the_text_has_to_be_somewhere(text, is_found):
    OpportunityFactory(
        title="Allotment helper",
        summary="Weeding and digging",
        description="Turn the compost.",
        organisation__name="Example Greenhouse",
    )
    assert bool(found(text=text)) == is_found


@pytest.mark.parametrize("word", ["elderly", "older people", "lunch club", "drop-in"])
def test_words_find_causes_by_name_and_terms_and_by_those_of_their_heading(word):
    OpportunityFactory(title="tea", causes=["lunch-clubs-and-day-centres"])
    OpportunityFactory(title="other")
    assert found(text=word) == {"tea"}


def test_words_find_activities_by_name_and_terms():
    OpportunityFactory(title="visits", activities=["home-visits"])
    OpportunityFactory(title="other")
    assert found(text="housebound") == {"visits"}


def test_very_many_words_are_cut_off_and_not_an_error():
    OpportunityFactory(title="role")
    assert found(text="role " * 5000) == {"role"}


# -- kind ------------------------------------------------------------------------------------------


def test_heading_stands_for_all_causes_under_it():
    OpportunityFactory(title="heading", causes=["older-people"])
    OpportunityFactory(title="under it", causes=["lunch-clubs-and-day-centres"])
    OpportunityFactory(title="none")
    assert found(causes=("older-people",)) == {"heading", "under it"}
    assert found(causes=("lunch-clubs-and-day-centres",)) == {"under it"}


def test_role_with_many_matching_items_is_there_once():
    OpportunityFactory(
        title="once",
        causes=["older-people", "lunch-clubs-and-day-centres"],
        activities=["befriending", "home-visits"],
        skills_needed=["listening"],
        skills_gained=["listening", "talking-to-people"],
    )
    assert titles(
        text="visit",
        causes=("older-people", "lunch-clubs-and-day-centres"),
        activities=("befriending", "home-visits"),
        skills=("listening", "talking-to-people"),
    ) == ["once"]


def test_one_of_the_activities_and_one_of_the_skills_is_enough():
    OpportunityFactory(title="a", activities=["befriending"], skills_needed=["listening"])
    OpportunityFactory(title="b", activities=["home-visits"], skills_gained=["listening"])
    OpportunityFactory(title="c", activities=["befriending"])
    assert found(activities=("befriending", "home-visits")) == {"a", "b", "c"}
    assert found(activities=("befriending",), skills=("listening",)) == {"a"}
    assert found(activities=("no-such-code",)) == set()


def test_commitment_home_and_place():
    OpportunityFactory(title="once", commitment=Opportunity.Commitment.ONE_OFF)
    OpportunityFactory(title="weekly, from home", at_home=True)
    assert found(commitment="one_off") == {"once"}
    assert found(from_home=True) == {"weekly, from home"}
    assert found(from_home=False) == {"once"}


# -- person ----------------------------------------------------------------------------------------


def test_age_lies_between_the_ages_of_the_role():
    OpportunityFactory(title="13 and over", minimum_age=13)
    OpportunityFactory(title="16 to 25", maximum_age=25)
    OpportunityFactory(title="18 and over", minimum_age=18)
    assert found(age=13) == {"13 and over"}
    assert found(age=18) == {"13 and over", "16 to 25", "18 and over"}
    assert found(age=26) == {"13 and over", "18 and over"}


def test_every_access_need_has_to_be_met():
    OpportunityFactory(title="both", access=["step_free", "quiet"])
    OpportunityFactory(title="one", access=["step_free"])
    OpportunityFactory(title="none")
    assert found(access=("step_free",)) == {"both", "one"}
    assert found(access=("quiet", "step_free")) == {"both"}
    assert found(access=("free",)) == set()


def test_times_are_those_of_the_week_or_of_coming_sessions_and_flexible_roles_suit_all():
    OpportunityFactory(title="weekly", weekly_slots=mask("mon_morning", "sat_morning"))
    OpportunityFactory(title="flexible")
    dated = OpportunityFactory(title="dated")
    monday = clock.now() + timedelta(days=7 - clock.now().weekday())
    monday = monday.replace(hour=10, minute=0, second=0, microsecond=0)
    SessionFactory(opportunity=dated, starts_at=monday)
    past = OpportunityFactory(title="only past sessions", weekly_slots=mask("sun_evening"))
    SessionFactory(opportunity=past, starts_at=monday - timedelta(days=14))
    assert found(slots=mask("mon_morning")) == {"weekly", "flexible", "dated"}
    assert found(slots=mask("tue_morning", "sat_morning")) == {"weekly", "flexible"}
    assert found(slots=mask("sun_evening")) == {"flexible", "only past sessions"}


# -- distance --------------------------------------------------------------------------------------


def degrees(least: float, most: float):
    """As exact as coordinates are: a hair's breadth that no number holds when it is squared is an
    error in PostgreSQL, and no place."""
    return st.floats(least, most).map(lambda value: round(value, 6))


@given(
    latitude=degrees(49.9, 60.8),
    longitude=degrees(-8, 2),
    miles=st.floats(0.1, 400),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_distance_and_reach_agree_with_the_formula_in_numpy(latitude, longitude, miles):
    role, _created = Opportunity.objects.get_or_create(
        title="somewhere",
        defaults={
            "organisation": OrganisationFactory(),
            "description": "Help.",
            "status": Opportunity.Status.OPEN,
            "published_at": clock.now(),
        },
    )
    Opportunity.objects.filter(pk=role.pk).update(latitude=latitude, longitude=longitude)
    near = Location("HA1 1BH", NEAR.latitude, NEAR.longitude, "", "postcode")
    expected = distance.kilometres(near.latitude, near.longitude, latitude, longitude)
    measured = search_roles(SearchCriteria(near=near)).get()
    assert measured.distance_km == pytest.approx(expected, abs=1e-5)
    within = search_roles(SearchCriteria(near=near, within_miles=miles)).exists()
    edge = abs(expected - miles * distance.KM_PER_MILE) < 1e-5
    assert edge or within == (expected <= miles * distance.KM_PER_MILE)


def test_reach_keeps_roles_from_home_and_leaves_out_places_not_known():
    OpportunityFactory(title="here")
    OpportunityFactory(title="far", postcode="BN1 1AA")
    OpportunityFactory(title="from home", at_home=True)
    OpportunityFactory(title="nowhere", postcode="")
    assert found(near=NEAR, within_miles=3) == {"here", "from home"}
    assert found(near=NEAR, within_miles=3, from_home=False) == {"here"}
    assert found(near=NEAR) == {"here", "far", "from home", "nowhere"}


def test_distance_is_none_for_a_role_from_home():
    OpportunityFactory(at_home=True)
    assert search_roles(SearchCriteria(near=NEAR)).get().distance_km is None


# -- order -----------------------------------------------------------------------------------------


@pytest.fixture
def four_roles() -> None:
    now = datetime(2027, 1, 4, 9, tzinfo=UTC)
    soon = clock.today() + timedelta(days=3)
    OpportunityFactory(title="old", published_at=now - timedelta(days=9), closes_on=soon)
    OpportunityFactory(
        title="far", postcode="BN1 1AA", published_at=now, places=9, closes_on=soon + timedelta(1)
    )
    OpportunityFactory(title="home", at_home=True, published_at=now - timedelta(days=1))
    OpportunityFactory(title="home too", at_home=True, published_at=now - timedelta(days=1))


@pytest.mark.usefixtures("four_roles")
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest", ["far", "home too", "home", "old"]),
        ("nearest", ["old", "far", "home too", "home"]),
        ("closing", ["old", "far", "home too", "home"]),
        ("places", ["far", "home too", "home", "old"]),
    ],
)
def test_order(order, expected):
    assert titles(order=order, near=NEAR) == expected
    assert order in ORDERS


@pytest.mark.usefixtures("four_roles")
def test_nearest_without_a_place_is_newest():
    assert titles(order="nearest") == titles(order="newest")


# -- cost ------------------------------------------------------------------------------------------


def test_number_of_queries_does_not_grow_with_the_roles():
    criteria = SearchCriteria(
        text="helper", causes=("older-people",), near=NEAR, within_miles=5, slots=1, age=30
    )

    def read() -> int:
        with CaptureQueriesContext(connection) as queries:
            for role in search_roles(criteria):
                assert role.organisation.name
                assert list(role.causes.all())
                assert list(role.activities.all())
                assert role.upcoming_sessions
        return len(queries)

    def add(number: int) -> None:
        for _ in range(number):
            role = OpportunityFactory(causes=["older-people"], activities=["befriending"])
            SessionFactory(opportunity=role, starts_at=datetime(2037, 1, 5, 9, tzinfo=UTC))

    add(1)
    search_index.rebuild()
    of_one = read()
    add(19)
    search_index.rebuild()
    # How many roles have the words; roles, causes, activities, sessions.
    assert read() == of_one == 5
