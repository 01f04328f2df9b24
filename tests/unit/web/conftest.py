import pytest

from accounts.models import User
from opportunities.models import Membership, Opportunity
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer


@pytest.fixture
def membership(client) -> Membership:
    """A group and its owner, who is signed in."""
    membership = MembershipFactory()
    client.force_login(membership.user)
    return membership


@pytest.fixture
def draft(membership) -> Opportunity:
    """A role that the group is still writing."""
    return OpportunityFactory(
        organisation=membership.organisation, draft=True, causes=["loneliness"]
    )


@pytest.fixture
def broker(client) -> User:
    """Somebody of the volunteer centre, who is signed in."""
    broker = UserFactory(broker=True)
    client.force_login(broker)
    return broker


@pytest.fixture
def caller() -> Volunteer:
    """A volunteer without an email address."""
    return VolunteerFactory(
        user__email=None,
        user__first_name="Demo",
        user__last_name="Caller",
        user__phone="07700 900321",
    )
