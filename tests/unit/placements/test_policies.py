"""The gates at the door, one by one."""

from datetime import date, timedelta
from typing import Any

import pytest

from core.clock import now, today
from core.dbs import DbsLevel
from core.errors import Conflict, NotAllowed
from opportunities.models import Opportunity
from placements import policies
from placements.policies import Door
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db


def born(years: int) -> date:
    """A date of birth that makes somebody this old today, on their birthday or just before."""
    day = today()
    return day.replace(year=day.year - years, day=min(day.day, 28))


def at_door(person: dict[str, Any] | None = None, role: dict[str, Any] | None = None) -> Door:
    return policies.door(VolunteerFactory(**person or {}), OpportunityFactory(**role or {}))


def closed(door: Door) -> list[str]:
    return [gate.code for gate in policies.closed_gates(door)]


def test_an_adult_may_apply_for_an_open_role() -> None:
    door = at_door()
    assert closed(door) == []
    assert policies.can_apply(door)
    policies.check_can_apply(door)


@pytest.mark.parametrize(
    ("years", "role", "passes"),
    [
        (18, {"minimum_age": 18}, True),
        (17, {"minimum_age": 18}, False),
        (25, {"maximum_age": 25}, True),
        (26, {"maximum_age": 25}, False),
        (16, {"minimum_age": 14, "dbs_level": DbsLevel.BASIC}, True),
        (15, {"minimum_age": 14, "dbs_level": DbsLevel.BASIC}, False),
        (15, {"minimum_age": 14}, True),
    ],
)
def test_age(years: int, role: dict[str, Any], passes: bool) -> None:
    person = {"date_of_birth": born(years), "parent_confirmed_at": now()}
    assert ("age" not in closed(at_door(person, role))) == passes


@pytest.mark.parametrize(
    ("role", "passes"),
    [
        ({}, True),
        ({"minimum_age": 18}, False),
        ({"maximum_age": 25}, False),
        ({"dbs_level": DbsLevel.BASIC}, False),
    ],
)
def test_unknown_age_opens_only_what_need_not_be_checked(
    role: dict[str, Any], passes: bool
) -> None:
    assert ("age" not in closed(at_door({"date_of_birth": None}, role))) == passes


def test_under_16_needs_a_parent() -> None:
    child = {"date_of_birth": born(15)}
    role = {"minimum_age": 13}
    assert closed(at_door(child, role)) == ["parent_confirmed"]
    assert closed(at_door({**child, "parent_confirmed_at": now()}, role)) == []


def test_group_has_to_be_verified_and_not_suspended() -> None:
    assert closed(at_door(role={"organisation": OrganisationFactory(unverified=True)})) == [
        "group_verified"
    ]
    assert closed(at_door(role={"organisation": OrganisationFactory(suspended=True)})) == [
        "group_verified"
    ]


@pytest.mark.parametrize(
    "role",
    [
        {"draft": True},
        {"in_review": True},
        {"closed": True},
        {"full": True},
        {"closes_on": date(2020, 1, 1)},
    ],
)
def test_role_has_to_be_open(role: dict[str, Any]) -> None:
    assert "role_open" in closed(at_door(role=role))


def test_role_is_open_on_its_last_day() -> None:
    assert closed(at_door(role={"closes_on": today()})) == []
    assert closed(at_door(role={"closes_on": today() - timedelta(days=1)})) == ["role_open"]


@pytest.mark.parametrize(
    ("state", "reason", "codes"),
    [
        ("submitted", "", ["not_applied_before"]),
        ("invited", "", ["not_applied_before"]),
        ("started", "", ["not_applied_before"]),
        ("declined", "too_far", ["not_applied_before"]),
        ("ended", "group_ended", ["not_applied_before"]),
        ("ended", "moved_on", []),
        ("withdrawn", "", []),
        ("lapsed", "", []),
    ],
)
def test_who_may_ask_again(state: str, reason: str, codes: list[str]) -> None:
    application = ApplicationFactory(state=state, reason=reason, opportunity__places=2)
    door = policies.door(application.volunteer, application.opportunity)
    assert closed(door) == codes
    assert application.may_ask_again == (not codes)


def test_pending_cap_follows_places_left() -> None:
    limit = int(policies.PENDING_MULTIPLE * 2)
    assert closed(at_door(role={"places": 2, "applications_pending": limit - 1})) == []
    assert closed(at_door(role={"places": 2, "applications_pending": limit})) == ["pending_cap"]


@pytest.mark.parametrize(
    ("person", "role", "error"),
    [
        ({"date_of_birth": born(15)}, {"minimum_age": 18}, NotAllowed),
        ({}, {"status": Opportunity.Status.CLOSED}, Conflict),
    ],
)
def test_the_error_carries_the_gate_and_its_sentence(
    person: dict[str, Any], role: dict[str, Any], error: type[Exception]
) -> None:
    door = at_door(person, role)
    gate = policies.closed_gates(door)[0]
    with pytest.raises(error) as refused:
        policies.check_can_apply(door)
    assert refused.value.code == gate.code  # type: ignore[attr-defined]  # every DomainError has one
    assert str(refused.value) == gate.sentence(door)
