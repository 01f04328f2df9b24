import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from opportunities.models import Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import (
    MembershipFactory,
    OpportunityFactory,
    OrganisationFactory,
)
from tests.integration.api.answers import errors, titles
from tests.integration.api.cast import client_of

pytestmark = pytest.mark.django_db

LIST = "/api/v1/organisations/"
NEW = {
    "name": "Example Choir 7",
    "legal_form": "charity",
    "identifier": "1234567",
    "description": "We sing.",
    "contact_email": "choir7@example.org",
    "postcode": "ha1 1bh",
    "causes": ["arts-and-heritage"],
}


@pytest.fixture
def anyone() -> APIClient:
    return APIClient()


def names(answer) -> list[str]:
    return [group["name"] for group in answer.json()["results"]]


def test_list_gives_verified_groups_by_name(anyone):
    OrganisationFactory(name="B")
    OrganisationFactory(name="A")
    OrganisationFactory(name="new", unverified=True)
    OrganisationFactory(name="stopped", suspended=True)
    assert names(anyone.get(LIST)) == ["A", "B"]
    assert names(anyone.get(LIST, {"text": "b"})) == ["B"]
    assert names(anyone.get(LIST, {"mine": "true"})) == []


def test_member_finds_their_own_groups_verified_or_not():
    membership = MembershipFactory(organisation__unverified=True, organisation__name="mine")
    OrganisationFactory(name="other")
    member = client_of(membership.user)
    assert names(member.get(LIST)) == ["mine", "other"]
    assert names(member.get(LIST, {"mine": "true"})) == ["mine"]
    assert names(member.get(LIST, {"mine": "false"})) == ["other"]


def test_contact_is_for_those_who_act_for_the_group(anyone):
    membership = MembershipFactory(organisation__phone="020 7946 0000")
    other = MembershipFactory()
    address = f"{LIST}{membership.organisation_id}/"
    for client in (anyone, client_of(other.user), client_of(UserFactory(delivery_group=True))):
        answer = client.get(address)
        assert answer.json()["contact"] is None
        for secret in (
            membership.organisation.contact_email,
            membership.organisation.phone,
            membership.organisation.postcode,
        ):
            assert secret not in answer.content.decode()
    for client in (client_of(membership.user), client_of(UserFactory(broker=True))):
        contact = client.get(address).json()["contact"]
        assert contact["contact_email"] == membership.organisation.contact_email
        assert contact["phone"] == "020 7946 0000"
    # The list keeps the same rule.
    assert [group["contact"] for group in anyone.get(LIST).json()["results"]] == [None, None]


def test_person_registers_a_group_and_acts_for_it_as_owner():
    user = UserFactory()
    client = client_of(user)
    answer = client.post(LIST, NEW)
    assert answer.status_code == 201, answer.json()
    said = answer.json()
    assert said["identifier"] == "GB-CHC-1234567"
    assert said["verified_at"] is None
    assert said["contact"]["postcode"] == "HA1 1BH"
    assert said["causes"] == NEW["causes"]
    membership = Membership.objects.get()
    assert (membership.user, membership.role) == (user, "owner")
    changed = client.patch(f"{LIST}{said['id']}/", {"description": "We sing and dance."})
    assert changed.json()["description"] == "We sing and dance."
    assert list(AuditEntry.objects.values_list("action", "actor")) == [
        ("organisation.registered", user.pk),
        ("organisation.changed", user.pk),
    ]


def test_number_that_another_group_has_is_a_conflict_about_that_field():
    OrganisationFactory(identifier="GB-CHC-1234567")
    answer = client_of(UserFactory()).post(LIST, NEW)
    assert answer.status_code == 409
    assert errors(answer) == {"identifier": "registered"}
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"identifier": "12"}, {"identifier": "invalid"}),
        ({"legal_form": "gang"}, {"legal_form": "invalid_choice"}),
        ({"website": "no address"}, {"website": "invalid"}),
        ({"website": "javascript:alert(1)"}, {"website": "invalid"}),
        ({"contact_email": "nobody"}, {"contact_email": "invalid"}),
        ({"postcode": "nowhere"}, {"postcode": "unknown_postcode"}),
        ({"verified_at": "2026-01-01T00:00Z"}, {"verified_at": "unknown_field"}),
        ({"name": ""}, {"name": "blank"}),
    ],
)
def test_wrong_fields_are_said(sent, expected):
    answer = client_of(UserFactory()).post(LIST, NEW | sent)
    assert answer.status_code == 400
    assert errors(answer) == expected
    assert not Organisation.objects.exists()


def test_roles_of_a_group_in_every_state_for_its_members_and_public_ones_for_others(anyone):
    membership = MembershipFactory()
    group = membership.organisation
    OpportunityFactory(organisation=group, title="open")
    OpportunityFactory(organisation=group, title="draft", draft=True)
    OpportunityFactory(organisation=group, title="closed", closed=True)
    OpportunityFactory(title="of another group")
    address = f"{LIST}{group.pk}/opportunities/"
    assert titles(anyone.get(address)) == ["open"]
    assert titles(client_of(membership.user).get(address)) == ["closed", "draft", "open"]


def test_number_of_queries_does_not_grow_with_the_groups(anyone):
    def read() -> int:
        with CaptureQueriesContext(connection) as queries:
            anyone.get(LIST, {"page_size": 50})
        return len(queries)

    OrganisationFactory()
    of_one = read()
    for _ in range(19):
        OrganisationFactory()
    assert read() == of_one <= 3
