"""Reasons say what somebody wrote, and not that they ticked it."""

import pytest

from matching import recommender
from matching.models import Fit, Recommendation, Shortlist
from matching.selectors import fit_for, recommended_roles
from opportunities.models import Opportunity
from tests.factories.core import lease_on
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

WROTE, TICKED = "You wrote about gardening", "You said you like gardening"


@pytest.fixture
def role() -> Opportunity:
    return OpportunityFactory(activities=["gardening"], description="Come and dig.")


def rank(person: Volunteer) -> None:
    recommender.refresh_volunteer(person.pk, lease_on("profile.changed", person.pk))


def test_a_list_says_what_was_written(role: Opportunity) -> None:
    person = VolunteerFactory(about="I like gardening.")
    rank(person)
    assert "activities" in Recommendation.objects.get().counts["inferred"]
    (item,) = recommended_roles(person).items
    assert WROTE in item.summary
    assert TICKED not in item.summary
    assert any(part.sentence.startswith(WROTE) for part in item.parts)


def test_a_list_says_what_was_ticked(role: Opportunity) -> None:
    person = VolunteerFactory(about="I like gardening.", activities=["gardening"])
    rank(person)
    assert "activities" not in Recommendation.objects.get().counts.get("inferred", [])
    (item,) = recommended_roles(person).items
    assert TICKED in item.summary


def test_the_page_of_a_role_on_no_list_says_it_too(role: Opportunity) -> None:
    wrote = fit_for(VolunteerFactory(about="I like gardening."), role)
    ticked = fit_for(VolunteerFactory(about="I like gardening.", activities=["gardening"]), role)
    assert WROTE in wrote.summary
    assert TICKED in ticked.summary


def test_the_group_reads_that_it_was_written(role: Opportunity) -> None:
    application = ApplicationFactory(opportunity=role, volunteer__about="I like gardening.")
    recommender.refresh_application(application.pk, lease_on("application.changed", application.pk))
    codes = {reason["code"] for reason in Fit.objects.get().item["reasons"]}
    assert "written_activities" in codes
    assert "shared_activities" not in codes


def test_motives_are_a_reason_to_the_person_and_no_business_of_the_group(role: Opportunity) -> None:
    role.offers = ["outdoors"]
    role.save()
    person = VolunteerFactory(motives=["outdoors"], helps_from_home=False, travel_miles=None)
    found = fit_for(person, role)
    assert "lets you be outdoors, as you wished" in found.summary


def test_the_volunteer_centre_reads_it_on_a_shortlist(role: Opportunity) -> None:
    VolunteerFactory(about="I like gardening.")
    VolunteerFactory(about="I like gardening.", activities=["gardening"])
    recommender.refresh_role(role.pk, lease_on("role.changed", role.pk))
    codes = [
        {reason["code"] for reason in item["reasons"]} & {"written_activities", "shared_activities"}
        for item in sorted(Shortlist.objects.get().items, key=lambda item: item["volunteer"])
    ]
    assert codes == [{"written_activities"}, {"shared_activities"}]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"about": "I like gardening."}, "written_activities"),
        ({"about": "I care about the climate."}, "written_causes"),
        ({"experience": "I cook for a hundred people."}, "written_skills_match"),
        ({"motives": ["outdoors"]}, "motive"),
        ({"skills": ["cooking"]}, "skills_match"),
    ],
)
def test_without_what_was_said_its_reason_is_gone(said: dict, code: str) -> None:
    role = OpportunityFactory(
        activities=["gardening"], causes=["climate"], skills_needed=["cooking"], offers=["outdoors"]
    )
    person = VolunteerFactory(**said)
    silent = VolunteerFactory()
    assert code in {reason["code"] for reason in fit_for(person, role).stored["reasons"]}
    assert code not in {reason["code"] for reason in fit_for(silent, role).stored["reasons"]}
