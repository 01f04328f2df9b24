from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from core import clock
from core.models import Fact
from matching.models import Impression, Shortlist
from opportunities.models import Opportunity
from opportunities.services import search_index
from tests.factories.opportunities import (
    MembershipFactory,
    OpportunityFactory,
    OrganisationFactory,
    SessionFactory,
)
from tests.factories.volunteers import VolunteerFactory
from tests.integration.api.answers import errors, titles
from tests.integration.api.cast import client_of

pytestmark = pytest.mark.django_db

LIST = "/api/v1/opportunities/"


@pytest.fixture
def anyone() -> APIClient:
    return APIClient()


@pytest.fixture
def membership():
    return MembershipFactory()


@pytest.fixture
def member(membership) -> APIClient:
    return client_of(membership.user)


def address(role: Opportunity, action: str = "") -> str:
    return f"{LIST}{role.pk}/{action}"


# -- search ----------------------------------------------------------------------------------------


def test_list_says_what_a_line_about_a_role_says(anyone):
    role = OpportunityFactory(
        title="Cook",
        causes=["older-people"],
        activities=["cooking"],
        weekly_slots=1,
        places=3,
        places_taken=1,
        applications_pending=2,
    )
    session = SessionFactory(opportunity=role)
    SessionFactory(opportunity=role, starts_at=clock.now() - timedelta(days=2))
    answer = anyone.get(LIST, {"near": "HA1 1BH"}).json()
    (line,) = answer.pop("results")
    assert answer == {"count": 1, "next": None, "previous": None}
    assert line["title"] == "Cook"
    assert line["organisation"] == {"id": role.organisation_id, "name": role.organisation.name}
    assert line["causes"] == ["older-people"]
    assert line["activities"] == ["cooking"]
    assert line["weekly_slots"] == ["mon_morning"]
    assert (line["places"], line["places_left"], line["applications_pending"]) == (3, 2, 2)
    assert len(line["sessions"]) == 1
    assert line["sessions"][0]["starts_at"].startswith(f"{session.starts_at:%Y-%m-%d}")
    assert 0 < line["distance_km"] < 3
    assert anyone.get(LIST).json()["results"][0]["distance_km"] is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"tea", "home", "dig"}),
        ({"text": "tea"}, {"tea"}),
        ({"cause": "older-people"}, {"tea"}),
        ({"cause": ["older-people", "health"]}, {"tea", "dig"}),
        ({"activity": "gardening"}, {"dig"}),
        ({"skill": "listening"}, {"tea"}),
        ({"from_home": "true"}, {"home"}),
        ({"from_home": "false"}, {"tea", "dig"}),
        ({"commitment": "one_off"}, {"dig"}),
        ({"slot": "mon_morning"}, {"tea", "home"}),
        ({"slot": ["mon_morning", "tue_morning"]}, {"tea", "home", "dig"}),
        ({"near": "ha11bh", "within_miles": "5"}, {"tea", "home"}),
        ({"age": "16"}, {"home", "dig"}),
        ({"access": "step_free"}, {"tea"}),
        ({"with_full": "true"}, {"tea", "home", "dig", "full"}),
        ({"text": "tea", "from_home": "true"}, set()),
    ],
)
def test_each_parameter_narrows_the_search(anyone, asked, found):
    OpportunityFactory(
        title="tea",
        causes=["lunch-clubs-and-day-centres"],
        skills_needed=["listening"],
        access=["step_free"],
        minimum_age=18,
        weekly_slots=1,
    )
    OpportunityFactory(title="home", at_home=True)
    OpportunityFactory(
        title="dig",
        causes=["health"],
        activities=["gardening"],
        commitment="one_off",
        postcode="BN1 1AA",
        weekly_slots=0b1000,
    )
    OpportunityFactory(title="full", full=True)
    search_index.rebuild()
    assert set(titles(anyone.get(LIST, asked))) == found


def test_order(anyone):
    OpportunityFactory(title="far", postcode="BN1 1AA", places=9)
    OpportunityFactory(title="near", published_at=clock.now() - timedelta(days=1))
    assert titles(anyone.get(LIST)) == ["far", "near"]
    assert titles(anyone.get(LIST, {"order": "nearest", "near": "HA1"})) == ["near", "far"]
    assert titles(anyone.get(LIST, {"order": "places"})) == ["far", "near"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"cause": "no-such-cause"}, {"cause": "invalid_choice"}),
        ({"slot": "monday"}, {"slot": "invalid_choice"}),
        ({"access": "lift"}, {"access": "invalid_choice"}),
        ({"from_home": "perhaps"}, {"from_home": "invalid_choice"}),
        ({"commitment": "always"}, {"commitment": "invalid_choice"}),
        ({"order": "best"}, {"order": "invalid_choice"}),
        ({"age": "young"}, {"age": "invalid"}),
        ({"age": "-1"}, {"age": "min_value"}),
        ({"age": "9" * 400}, {"age": "max_value"}),
        ({"near": "nowhere"}, {"near": "unknown_postcode"}),
        ({"near": "x" * 11}, {"near": "max_length"}),
        ({"near": "HA1", "within_miles": "NaN"}, {"within_miles": "invalid"}),
        ({"near": "HA1", "within_miles": "0"}, {"within_miles": "min_value"}),
        ({"within_miles": "3"}, {"within_miles": "needs_near"}),
        ({"order": "nearest"}, {"order": "needs_near"}),
        ({"text": "x" * 201}, {"text": "max_length"}),
        ({"text": "a\x00b"}, {"text": "null_characters_not_allowed"}),
        ({"txet": "tea"}, {"txet": "unknown_parameter"}),
        ({"page": "0"}, {"page": "invalid"}),
        ({"page": "last"}, {"page": "invalid"}),
        ({"page": "9" * 5000}, {"page": "invalid"}),
        ({"page_size": "101"}, {"page_size": "invalid"}),
        ({"page_size": "-5"}, {"page_size": "invalid"}),
    ],
)
def test_parameters_that_are_wrong_are_said_and_not_ignored(anyone, asked, expected):
    answer = anyone.get(LIST, asked)
    assert answer.status_code == 400
    assert errors(answer) == expected


def test_pages_hold_every_role_once_in_the_same_order(anyone):
    moment = clock.now()
    for _ in range(23):
        OpportunityFactory(published_at=moment)
    ids: list[int] = []
    address = f"{LIST}?page_size=5"
    while address:
        page = anyone.get(address).json()
        assert page["count"] == 23
        ids += [role["id"] for role in page["results"]]
        address = page["next"]
    assert ids == sorted(Opportunity.objects.values_list("pk", flat=True), reverse=True)


@pytest.mark.parametrize("page", ["2", "999999999"])
def test_page_past_the_end_is_not_found(anyone, page):
    OpportunityFactory()
    answer = anyone.get(LIST, {"page": page})
    assert answer.status_code == 404
    assert errors(answer) == {None: "not_found"}


def test_number_of_queries_does_not_grow_with_the_roles(anyone):
    def read() -> int:
        search_index.rebuild()
        with CaptureQueriesContext(connection) as queries:
            assert anyone.get(LIST, {"text": "helper", "near": "HA1", "page_size": 50})
        return len(queries)

    def add(count: int) -> None:
        for _ in range(count):
            role = OpportunityFactory(causes=["health"], activities=["cooking"])
            SessionFactory(opportunity=role)

    add(1)
    of_one = read()
    add(19)
    assert read() == of_one <= 6


# -- detail ----------------------------------------------------------------------------------------


def test_detail_says_all_about_a_role(anyone):
    role = OpportunityFactory(
        languages=["gu"],
        skills_needed=["listening"],
        skills_gained=["talking-to-people"],
        training="We show you how.",
    )
    said = anyone.get(address(role)).json()
    assert said["description"] == role.description
    assert said["languages"] == ["gu"]
    assert said["skills_needed"] == ["listening"]
    assert said["skills_useful"] == []
    assert said["skills_gained"] == ["talking-to-people"]
    assert said["training"] == "We show you how."
    assert "contact_email" not in said


@pytest.mark.parametrize("number", ["0", "999999999", "9" * 30, "9" * 5000, "abc", "-1", "1.5"])
def test_detail_of_a_number_that_is_none_is_not_found(anyone, number):
    answer = anyone.get(f"{LIST}{number}/")
    assert answer.status_code == 404
    assert errors(answer) == {None: "not_found"}


def test_volunteer_who_reads_a_role_has_opened_it_and_others_have_not(anyone, member):
    role = OpportunityFactory()
    draft = OpportunityFactory(draft=True)
    anyone.get(address(role))
    member.get(address(role))
    own = VolunteerFactory()
    reader = client_of(own.user)
    reader.get(address(role))
    reader.get(address(draft))
    (opened,) = Impression.objects.all()
    assert (opened.volunteer, opened.opportunity, opened.event, opened.surface) == (
        own,
        role,
        "opened",
        "api",
    )


# -- a group's own ---------------------------------------------------------------------------------


def test_role_goes_from_draft_to_closed_and_back(member, membership):
    sent = {
        "organisation": membership.organisation_id,
        "title": "Driver",
        "description": "Drive people to the clinic.",
        "causes": ["health"],
        "activities": ["driving-people"],
        "skills_needed": ["listening"],
        "languages": ["gu", "en"],
        "weekly_slots": ["sat_morning", "mon_evening"],
        "sessions": [{"starts_at": "2037-01-05T09:00:00Z", "ends_at": "2037-01-05T11:00:00Z"}],
        "postcode": "ha1 1bh",
        "places": 4,
        "access": ["parking"],
        "offers": ["people"],
    }
    made = member.post(LIST, sent)
    assert made.status_code == 201, made.json()
    said = made.json()
    assert said["status"] == "draft"
    assert {key: sorted(said[key]) for key in ("languages", "weekly_slots")} == {
        "languages": ["en", "gu"],
        "weekly_slots": ["mon_evening", "sat_morning"],
    }
    assert said["postcode"] == "HA1 1BH"
    assert said["latitude"] is not None
    assert len(said["sessions"]) == 1
    assert said["offers"] == ["people"]
    role = Opportunity.objects.get(pk=said["id"])

    changed = member.patch(address(role), {"places": 6}).json()
    assert (changed["places"], changed["title"]) == (6, "Driver")
    assert member.post(address(role, "submit/")).json()["status"] == "in_review"
    assert member.post(address(role, "close/")).json()["status"] == "closed"
    assert member.post(address(role, "reopen/")).json()["status"] == "draft"
    actions = AuditEntry.objects.about(role).values_list("action", "actor")
    assert list(actions) == [
        (f"opportunity.{action}", membership.user_id)
        for action in ("drafted", "changed", "submitted", "closed", "reopened")
    ]


@pytest.mark.parametrize("action", ["submit/", "reopen/"])
def test_move_that_the_status_does_not_allow_is_a_conflict_and_changes_nothing(
    member, membership, action
):
    role = OpportunityFactory(organisation=membership.organisation, causes=["health"])
    answer = member.post(address(role, action))
    assert answer.status_code == 409
    assert errors(answer) == {None: "wrong_status"}
    role.refresh_from_db()
    assert role.status == "open"
    assert not AuditEntry.objects.exists()
    assert not Fact.objects.exists()


def test_draft_that_is_not_ready_says_what_is_missing(member, membership):
    role = OpportunityFactory(organisation=membership.organisation, draft=True, postcode="")
    answer = member.post(address(role, "submit/"))
    assert answer.status_code == 400
    assert errors(answer) == {"postcode": "not_ready", "causes": "not_ready"}


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"title": ""}, {"title": "blank"}),
        ({"title": "x" * 121}, {"title": "max_length"}),
        ({"title": None}, {"title": "null"}),
        ({"title": "a\x00b"}, {"title": "null_characters_not_allowed"}),
        ({"tilte": "Driver"}, {"tilte": "unknown_field"}),
        ({"status": "open"}, {"status": "unknown_field"}),
        ({"organisation": 1}, {"organisation": "unknown_field"}),
        ({"places": 0}, {"places": "min_value"}),
        ({"places": 10**12}, {"places": "max_value"}),
        ({"places": "many"}, {"places": "invalid"}),
        ({"minimum_age": 30, "maximum_age": 20}, {"maximum_age": "invalid"}),
        ({"dbs_level": "enhanced", "minimum_age": 14}, {"minimum_age": "invalid"}),
        ({"causes": ["no-such-cause"]}, {"causes": "invalid"}),
        ({"causes": "health"}, {"causes": "not_a_list"}),
        ({"skills_needed": ["no-such-skill"]}, {"skills_needed": "invalid"}),
        ({"weekly_slots": ["monday"]}, {"weekly_slots": "invalid_choice"}),
        ({"weekly_slots": 7}, {"weekly_slots": "not_a_list"}),
        ({"weekly_slots": [["mon_morning"]]}, {"weekly_slots": "invalid_choice"}),
        ({"access": ["lift"]}, {"access.0": "invalid_choice"}),
        ({"postcode": "nowhere"}, {"postcode": "unknown_postcode"}),
        ({"closes_on": "tomorrow"}, {"closes_on": "invalid"}),
        (
            {"sessions": [{"starts_at": "2037-01-05T09:00Z", "ends_at": "2037-01-05T08:00Z"}]},
            {"sessions": "invalid"},
        ),
        ({"sessions": [{"starts_at": "2037-01-05T09:00Z"}]}, {"sessions.0.ends_at": "required"}),
        ([], {"non_field_errors": "invalid"}),
        ("text", {"non_field_errors": "invalid"}),
    ],
)
def test_wrong_fields_are_said_one_by_one_and_nothing_is_changed(
    member, membership, sent, expected
):
    role = OpportunityFactory(organisation=membership.organisation)
    before = Opportunity.objects.values().get(pk=role.pk)
    answer = member.patch(address(role), sent, format="json")
    assert answer.status_code == 400
    assert errors(answer) == expected
    assert Opportunity.objects.values().get(pk=role.pk) == before
    assert not AuditEntry.objects.exists()


def test_new_role_says_every_field_that_is_missing(member):
    answer = member.post(LIST, {})
    assert errors(answer) == dict.fromkeys(("organisation", "title", "description"), "required")


def test_role_of_a_group_that_is_not_there_is_not_found(member):
    sent = {"organisation": 999_999, "title": "Driver", "description": "Drive."}
    assert member.post(LIST, sent).status_code == 404
    other = OrganisationFactory(unverified=True)
    assert member.post(LIST, sent | {"organisation": other.pk}).status_code == 404
    assert not Opportunity.objects.exists()


def test_fewer_places_than_people_hold_are_refused(member, membership):
    role = OpportunityFactory(organisation=membership.organisation, places=3, places_taken=2)
    answer = member.patch(address(role), {"places": 1})
    assert answer.status_code == 400
    assert errors(answer) == {"places": "too_few_places"}


def test_a_group_reads_what_its_requirements_cost(member, membership):
    role = OpportunityFactory(organisation=membership.organisation)
    where = address(role, "requirements/")
    assert member.get(where).json() == {"counted_on": None, "who_could": "", "costs": []}
    counts = {"on": "2026-03-03", "possible": 33, "kept_out": {"dbs": 4}}
    Shortlist.objects.create(
        opportunity=role,
        counts=counts,
        policy="similarity",
        model_version="1",
        computed_at=clock.now(),
    )
    assert member.get(where).json() == {
        "counted_on": "2026-03-03",
        "who_could": "About 35 people who are waiting could do this.",
        "costs": [{"code": "dbs", "sentence": "The DBS check leaves out fewer than 8 people."}],
    }
