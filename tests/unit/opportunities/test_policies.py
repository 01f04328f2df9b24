import pytest
from django.contrib.auth.models import AnonymousUser

from core.errors import NotAllowed, NotFound
from opportunities import policies
from opportunities.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return MembershipFactory()


def test_members_act_for_their_own_group_and_no_other(owner):
    another = OrganisationFactory()

    assert policies.can_act_for(owner.user, owner.organisation)
    assert not policies.can_act_for(owner.user, another)


def test_the_volunteer_centre_acts_for_any_group(owner):
    assert policies.can_act_for(UserFactory(broker=True), owner.organisation)


@pytest.mark.parametrize("role", ["anonymous", "stranger", "delivery_group", "left", "stopped"])
def test_to_everybody_else_the_group_is_not_there(owner, role):
    person = {
        "anonymous": AnonymousUser,
        "stranger": UserFactory,
        "delivery_group": lambda: UserFactory(delivery_group=True),
        "left": lambda: _member_who_left(owner),
        "stopped": lambda: (
            MembershipFactory(organisation=owner.organisation, user__is_active=False).user
        ),
    }[role]()

    assert not policies.can_act_for(person, owner.organisation)
    with pytest.raises(NotFound, match="no such group"):
        policies.check_can_act_for(person, owner.organisation)


def test_a_stopped_broker_acts_for_nobody(owner):
    assert not policies.can_act_for(UserFactory(broker=True, is_active=False), owner.organisation)


def test_only_owners_and_the_centre_say_who_acts_for_the_group(owner):
    member = MembershipFactory(organisation=owner.organisation, role=Membership.Role.MEMBER).user

    policies.check_can_manage_people(owner.user, owner.organisation)
    policies.check_can_manage_people(UserFactory(broker=True), owner.organisation)
    with pytest.raises(NotAllowed, match="Only an owner"):
        policies.check_can_manage_people(member, owner.organisation)
    with pytest.raises(NotFound):
        policies.check_can_manage_people(UserFactory(), owner.organisation)


def test_an_owner_of_another_group_is_a_stranger_here(owner):
    with pytest.raises(NotFound):
        policies.check_can_manage_people(MembershipFactory().user, owner.organisation)


def test_only_the_volunteer_centre_checks_groups(owner):
    policies.check_can_check_groups(UserFactory(broker=True))
    for person in (
        owner.user,
        UserFactory(),
        UserFactory(delivery_group=True),
        UserFactory(broker=True, is_active=False),
        AnonymousUser(),
    ):
        with pytest.raises(NotFound):
            policies.check_can_check_groups(person)


def _member_who_left(owner):
    membership = MembershipFactory(organisation=owner.organisation)
    membership.delete()
    return membership.user
