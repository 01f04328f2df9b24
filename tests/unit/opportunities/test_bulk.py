"""Writing many groups and roles at once does what writing them one by one does."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry
from core import clock
from core.errors import Conflict, InvalidInput
from core.models import Fact
from opportunities.models import Membership, Opportunity, Organisation
from opportunities.services import organisations, role_fields, roles
from opportunities.services.bulk import (
    GroupRegistration,
    WrittenRole,
    register_groups,
    write_roles,
)
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OrganisationFactory

pytestmark = pytest.mark.django_db

GROUP: dict[str, Any] = {
    "name": "Example Foodbank",
    "legal_form": "charity",
    "identifier": "1234567",
    "description": "We give food to people.",
    "postcode": "HA1 1AA",
    "causes": ["food-banks-and-meals"],
}
START = clock.now().replace(microsecond=0) + timedelta(days=9)
ROLE: dict[str, Any] = {
    "title": "Gardener",
    "description": "Dig and plant.",
    "postcode": "ha1 1bh",
    "weekly_slots": 5,
    "places": 3,
    "causes": ["environment"],
    "activities": ["gardening"],
    "languages": ["en"],
    "skills_needed": ["gardening"],
    "skills_gained": ["gardening", "teamwork"],
    "sessions": [(START, START + timedelta(hours=2))],
}


def ago(days: float) -> Any:
    return clock.now() - timedelta(days=days)


def group_seen(group: Organisation) -> dict[str, Any]:
    row = model_to_dict(Organisation.objects.get(pk=group.pk), exclude=["id"])
    return row | {"causes": {cause.pk for cause in row["causes"]}}


def role_seen(role: Opportunity) -> dict[str, Any]:
    role = Opportunity.objects.get(pk=role.pk)
    row = model_to_dict(role, exclude=["id", "organisation", "published_at", "skills"])
    lists = {name: {item.pk for item in row[name]} for name in role_fields.LISTS}
    return (
        row
        | lists
        | {
            "skills": set(role.role_skills.values_list("skill__code", "need")),
            "sessions": list(role.sessions.values_list("starts_at", "ends_at")),
        }
    )


def written(**other: Any) -> WrittenRole:
    options = {
        "organisation": other.pop("organisation", None) or OrganisationFactory(),
        "fields": ROLE,
        "by": UserFactory(),
        "drafted_at": ago(30),
        "sent_at": ago(29),
        "published_at": ago(28),
    }
    return WrittenRole(**options | other)


def test_groups_are_registered_as_one_by_one() -> None:
    single = organisations.register(user=UserFactory(), by=None, **GROUP)
    expected = group_seen(single)
    Organisation.objects.all().delete()
    owner, member = UserFactory(), UserFactory()
    (group,) = register_groups([GroupRegistration([owner, member], GROUP, ago(50))])
    assert group_seen(group) == expected
    assert group.identifier == "GB-CHC-1234567"
    assert list(group.memberships.order_by("pk").values_list("user", "role")) == [
        (owner.pk, Membership.Role.OWNER),
        (member.pk, Membership.Role.MEMBER),
    ]


def test_a_group_that_was_verified_since_says_by_whom_and_when() -> None:
    broker = UserFactory(broker=True)
    verified_at = ago(45)
    registration = GroupRegistration(
        [UserFactory()], GROUP, ago(50), verified_at=verified_at, verified_by=broker
    )
    (group,) = register_groups([registration])
    entries = AuditEntry.objects.about(group)
    assert [(e.action, e.at) for e in entries] == [
        ("organisation.registered", registration.at),
        ("organisation.verified", verified_at),
    ]
    assert entries[1].actor == broker


def test_groups_with_a_wrong_number_or_one_that_is_taken_are_refused() -> None:
    OrganisationFactory(identifier="GB-CHC-1234567")
    with pytest.raises(Conflict):
        register_groups([GroupRegistration([UserFactory()], GROUP, ago(1))])
    with pytest.raises(InvalidInput):
        register_groups([GroupRegistration([], GROUP | {"identifier": "12"}, ago(1))])
    assert Organisation.objects.count() == 1


def test_roles_are_written_and_published_as_one_by_one() -> None:
    group = OrganisationFactory()
    single = roles.draft(organisation=group, by=None, **ROLE)
    roles.submit_for_review(opportunity=single, by=None)
    roles.publish(opportunity=single, by=None)
    Fact.objects.all().delete()
    (bulk,) = write_roles([written(organisation=group)])
    assert role_seen(bulk) == role_seen(single)
    assert role_seen(bulk)["status"] == "open"
    assert not Fact.objects.exists()


def test_times_and_steps_of_a_role_are_kept() -> None:
    one = written()
    (role,) = write_roles([one])
    role.refresh_from_db()
    assert (role.created_at, role.published_at) == (one.drafted_at, one.published_at)
    assert [(e.action, e.at) for e in AuditEntry.objects.about(role)] == [
        ("opportunity.drafted", one.drafted_at),
        ("opportunity.submitted", one.sent_at),
        ("opportunity.published", one.published_at),
    ]


@pytest.mark.parametrize(
    ("times", "status"),
    [({"sent_at": None, "published_at": None}, "draft"), ({"published_at": None}, "in_review")],
)
def test_a_role_goes_as_far_as_its_times_say(times: dict[str, None], status: str) -> None:
    (role,) = write_roles([written(**times)])
    role.refresh_from_db()
    assert (role.status, role.published_at) == (status, None)


def test_a_role_of_an_unverified_group_is_not_published() -> None:
    with pytest.raises(Conflict):
        write_roles([written(), written(organisation=OrganisationFactory(unverified=True))])
    assert not Opportunity.objects.exists()


@pytest.mark.parametrize(
    "missing",
    [{"postcode": ""}, {"causes": [], "activities": []}, {"closes_on": ago(40).date()}],
    ids=["place", "cause", "last day over before it came out"],
)
def test_a_role_that_lacks_something_is_not_published(missing: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        write_roles([written(fields=ROLE | missing)])
    assert not Opportunity.objects.exists()


def test_a_last_day_that_was_to_come_when_it_came_out_is_no_fault() -> None:
    (role,) = write_roles([written(fields=ROLE | {"closes_on": ago(10).date()})])
    assert role.status == "open"


def test_drafts_are_not_asked_of_the_database_one_by_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first, *others = [written(sent_at=None, published_at=None) for _ in range(5)]
    with CaptureQueriesContext(connection) as one:
        write_roles([first])
    with django_assert_num_queries(len(one)):
        write_roles(others)
