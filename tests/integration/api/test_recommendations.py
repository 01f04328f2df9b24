import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from core import clock
from matching import recommender
from matching.models import Impression, Recommendation
from opportunities.models import Opportunity
from tests.factories.core import lease_on
from tests.factories.matching import RecommendationFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from tests.integration.api.answers import errors
from tests.integration.api.cast import client_of
from volunteers.models import Volunteer
from volunteers.services import profiles

pytestmark = pytest.mark.django_db

LIST = "/api/v1/recommendations/"


@pytest.fixture
def cook() -> Volunteer:
    return VolunteerFactory(about="I like to cook.", activities=["cooking"], causes=["health"])


@pytest.fixture
def two_roles() -> tuple[Opportunity, Opportunity]:
    kitchen = OpportunityFactory(
        title="Kitchen helper", description="Cook lunch.", activities=["cooking"]
    )
    garden = OpportunityFactory(
        title="Garden helper", description="Dig and plant.", activities=["gardening"]
    )
    return kitchen, garden


def rank(volunteer: Volunteer) -> None:
    recommender.refresh_volunteer(volunteer.pk, lease_on("profile.changed", volunteer.pk))


def test_person_reads_their_ranked_list_with_reasons_and_parts(cook, two_roles):
    rank(cook)
    said = client_of(cook.user).get(LIST).json()
    assert [one["opportunity"]["title"] for one in said["roles"]] == [
        "Kitchen helper",
        "Garden helper",
    ]
    assert [one["rank"] for one in said["roles"]] == [1, 2]
    first = said["roles"][0]
    assert any("cook" in reason.lower() for reason in first["reasons"]), first["reasons"]
    assert first["parts"]
    assert all(0 <= part["share"] <= 1 and part["name"] for part in first["parts"])
    assert 0 < first["km"] < 3
    assert first["odds"]
    chances = first["chances"]
    for name in ("place", "answer"):
        of_one = chances[name]
        assert 0 <= of_one["low"] <= of_one["chance"] <= of_one["high"] <= 1
    assert (chances["is_known"], len(chances["sentences"])) == (False, 2)
    assert chances["sentences"][0] in first["odds"]
    assert said["message"] == ""
    assert said["computed_at"] is not None


def test_another_person_reads_another_order(cook, two_roles):
    gardener = VolunteerFactory(about="I plant and dig.", activities=["gardening"])
    for volunteer in (cook, gardener):
        rank(volunteer)
    orders = [
        [one["opportunity"]["id"] for one in client_of(v.user).get(LIST).json()["roles"]]
        for v in (cook, gardener)
    ]
    assert orders[0] == orders[1][::-1]


def test_reading_writes_down_what_was_shown_at_which_rank(cook, two_roles):
    rank(cook)
    client = client_of(cook.user)
    client.get(LIST)
    client.get(LIST)
    kitchen, garden = two_roles
    model = Recommendation.objects.get().model_version
    shown = Impression.objects.values_list(
        "volunteer", "opportunity", "event", "surface", "rank", "model_version"
    )
    assert set(shown) == {
        (cook.pk, kitchen.pk, "shown", "api", 1, model),
        (cook.pk, garden.pk, "shown", "api", 2, model),
    }


def test_reading_the_list_takes_two_queries_however_long_it_is(cook):
    def read() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).json()["roles"]
        return [query["sql"] for query in queries]

    client = client_of(cook.user)
    OpportunityFactory()
    rank(cook)
    of_one = read()
    for _ in range(19):
        OpportunityFactory()
    rank(cook)
    of_twenty = read()
    assert len(of_one) == len(of_twenty)
    # Besides the token (2), the profile (1), and the note of what was shown (its own).
    about_the_list = [
        sql
        for sql in of_twenty
        if sql.startswith("SELECT")
        and ('"matching_recommendation"' in sql or 'FROM "opportunities_opportunity"' in sql)
    ]
    assert len(about_the_list) == 2
    assert len(of_twenty) - len(about_the_list) <= 7


def test_list_that_was_never_made_says_to_come_back(cook):
    said = client_of(cook.user).get(LIST).json()
    assert (said["roles"], said["computed_at"], said["is_stale"]) == ([], None, True)
    assert "minute" in said["message"]


def test_empty_list_says_so(cook):
    RecommendationFactory(volunteer=cook, computed_at=clock.now())
    said = client_of(cook.user).get(LIST).json()
    assert (said["roles"], said["is_stale"]) == ([], False)
    assert "search" in said["message"]


def test_paused_person_is_told_to_resume(cook, two_roles):
    rank(cook)
    profiles.pause(volunteer=cook, by=cook.user)
    said = client_of(cook.user).get(LIST).json()
    assert said["roles"] == []
    assert "paused" in said["message"]


def test_role_that_was_asked_for_leaves_the_list(cook, two_roles):
    rank(cook)
    client = client_of(cook.user)
    kitchen, garden = two_roles
    client.post("/api/v1/applications/", {"opportunity": kitchen.pk})
    left = client.get(LIST).json()["roles"]
    assert [one["opportunity"]["id"] for one in left] == [garden.pk]


def test_person_without_a_profile_is_told_what_to_do(cast):
    answer = cast["member"].get(LIST)
    assert answer.status_code == 404
    assert errors(answer) == {None: "no_profile"}
    assert APIClient().get(LIST).status_code == 401


# -- one role --------------------------------------------------------------------------------------


def fit(volunteer: Volunteer, role: Opportunity):
    return client_of(volunteer.user).get(f"/api/v1/opportunities/{role.pk}/fit/")


def test_fit_says_why_and_what_may_not_fit_and_what_refuses():
    near = VolunteerFactory(activities=["cooking"], travel_miles=1)
    role = OpportunityFactory(activities=["cooking"], postcode="BN1 1AA", minimum_age=60, places=1)
    said = fit(near, role).json()
    assert said["km"] > 50
    assert said["reasons"]
    assert said["warnings"]
    assert any("60" in gate for gate in said["gates"])
    assert said["place"] is None
    assert [barrier["code"] for barrier in said["why_not"]] == ["age", "distance"]
    assert all(barrier["sentence"] for barrier in said["why_not"])
    assert fit(near, OpportunityFactory()).json()["gates"] == []


def test_fit_says_where_the_role_stands_on_the_list(cook, two_roles):
    rank(cook)
    kitchen, garden = two_roles
    for role, place in ((kitchen, 1), (garden, 2)):
        said = fit(cook, role).json()
        assert (said["place"], said["why_not"]) == (place, [])
        assert 0 < said["chances"]["place"]["chance"] < 1


def test_fit_of_a_role_that_is_not_public_is_not_found():
    assert fit(VolunteerFactory(), OpportunityFactory(draft=True)).status_code == 404
