import pytest

from opportunities.models import Membership
from tests.factories.opportunities import MembershipFactory


@pytest.fixture
def membership(client) -> Membership:
    """A group and its owner, who is signed in."""
    membership = MembershipFactory()
    client.force_login(membership.user)
    return membership
