"""Registering groups, verifying and suspending them."""

from typing import Any

import pytest

from accounts.models import AuditEntry
from core.errors import Conflict, DomainError
from core.models import Fact
from notifications.models import Notification
from opportunities.models import Membership, Organisation
from opportunities.services import organisations
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import (
    MembershipFactory,
    OpportunityFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db

GOOD: dict[str, Any] = {
    "name": "Example Lunch Club",
    "legal_form": "unincorporated",
    "description": "Lunch for everyone",
    "postcode": "ha11bh",
}


def test_register_makes_an_owner_and_waits_to_be_verified() -> None:
    user = UserFactory()
    group = organisations.register(user=user, by=user, causes=["older-people"], **GOOD)
    assert not group.is_verified
    assert list(Organisation.objects.to_verify()) == [group]
    assert Membership.objects.get().role == "owner"
    assert (group.postcode, group.ward_code[:3]) == ("HA1 1BH", "E05")
    assert AuditEntry.objects.about(group).get().action == "organisation.registered"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 161),
        ("legal_form", "empire"),
        ("description", ""),
        ("website", "javascript:alert(1)"),
        ("contact_email", "nobody"),
        ("postcode", "nowhere"),
        ("identifier", "12"),
        ("causes", ["no-such-cause"]),
    ],
)
def test_bad_input_says_which_field_and_makes_nothing(field: str, value: Any) -> None:
    user = UserFactory()
    with pytest.raises(DomainError) as refused:
        organisations.register(user=user, by=user, **{**GOOD, field: value})
    assert field in refused.value.fields
    assert not Organisation.objects.exists()
    assert not Membership.objects.exists()


def test_a_registration_number_belongs_to_one_group() -> None:
    user = UserFactory()
    charity = {**GOOD, "legal_form": "charity", "identifier": "1234567"}
    organisations.register(user=user, by=user, **charity)
    with pytest.raises(Conflict) as refused:
        organisations.register(user=user, by=user, **charity)
    assert refused.value.code == "registered"
    assert Organisation.objects.count() == 1


def test_two_groups_without_number_are_fine() -> None:
    user = UserFactory()
    for name in ("One", "Two"):
        organisations.register(user=user, by=user, **{**GOOD, "name": name})
    assert Organisation.objects.filter(identifier="").count() == 2


def test_verify_once_tells_its_people_and_brings_out_its_roles() -> None:
    broker = UserFactory(broker=True)
    member = MembershipFactory(organisation=OrganisationFactory(unverified=True))
    role = OpportunityFactory(organisation=member.organisation)
    for __ in range(2):
        organisations.verify(organisation=member.organisation, by=broker)
    assert member.organisation.is_verified
    assert member.organisation.verified_by == broker
    assert AuditEntry.objects.about(member.organisation).count() == 1
    assert Notification.objects.get().recipient == member.user
    assert Fact.objects.filter(kind="role.changed", subject_id=role.pk).count() == 1


def test_suspend_and_reinstate() -> None:
    broker = UserFactory(broker=True)
    role = OpportunityFactory()
    organisations.suspend(organisation=role.organisation, by=broker, reason="safeguarding")
    role.refresh_from_db()
    assert not role.is_public
    assert Fact.objects.filter(kind="role.changed", subject_id=role.pk).exists()
    organisations.reinstate(organisation=role.organisation, by=broker)
    role.organisation.refresh_from_db()
    assert role.is_public


def test_its_people_are_told_each_time_that_it_is_stopped_and_goes_on() -> None:
    broker, membership = UserFactory(broker=True), MembershipFactory()
    for _n in range(2):
        organisations.suspend(organisation=membership.organisation, by=broker)
        organisations.reinstate(organisation=membership.organisation, by=broker)

    told = Notification.objects.filter(recipient=membership.user).order_by("pk")
    assert (
        list(told.values_list("kind", flat=True))
        == [
            "organisation.suspended",
            "organisation.reinstated",
        ]
        * 2
    )


def test_a_verified_group_that_takes_another_name_is_looked_at_again() -> None:
    broker = UserFactory(broker=True)
    group, member = OrganisationFactory(), UserFactory()

    organisations.update(organisation=group, by=member, phone="020 7946 0000")
    assert group.renamed_at is None
    organisations.update(organisation=group, by=member, name="Quite Another Name")

    assert group.renamed_at is not None
    assert group.is_verified
    assert list(Organisation.objects.renamed()) == [group]
    told = Notification.objects.get(kind="organisation.renamed")
    assert (told.recipient, told.link) == (broker, f"/desk/groups/{group.pk}/")
    organisations.confirm_name(organisation=group, by=broker)
    assert not Organisation.objects.renamed().exists()
    organisations.update(organisation=group, by=broker, name="As the centre writes it")
    assert group.renamed_at is None


def test_a_group_that_is_not_verified_yet_changes_its_name_freely() -> None:
    group = OrganisationFactory(unverified=True)
    organisations.update(organisation=group, by=UserFactory(), name="Another Name")
    assert group.renamed_at is None
