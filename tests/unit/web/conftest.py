import pytest

from opportunities.models import Membership, Opportunity
from tests.factories.opportunities import MembershipFactory, OpportunityFactory


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
