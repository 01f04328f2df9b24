"""A group keeps an owner, whatever its last two owners do in the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.services import erasure
from core.errors import Conflict
from opportunities.models import Membership
from opportunities.services import people
from tests.factories.opportunities import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


def leave(membership: Membership) -> None:
    people.leave(organisation=membership.organisation, user=membership.user)


def step_back(membership: Membership) -> None:
    people.change_role(membership=membership, by=membership.user, role=Membership.Role.MEMBER)


def delete_account(membership: Membership) -> None:
    erasure.erase(user=membership.user, by=membership.user)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (leave, leave),
        (step_back, leave),
        (delete_account, delete_account),
        (delete_account, leave),
    ],
)
def test_of_two_owners_who_go_at_once_one_stays(
    first: Callable[[Membership], None], second: Callable[[Membership], None]
) -> None:
    one = MembershipFactory()
    other = MembershipFactory(organisation=one.organisation)
    start = threading.Barrier(2)

    def run(act: Callable[[Membership], None], membership: Membership) -> bool:
        try:
            connection.ensure_connection()
            start.wait()
            act(membership)
        except Conflict:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        gone = list(pool.map(run, (first, second), (one, other)))

    assert sorted(gone) == [False, True]
    owners = Membership.objects.filter(organisation=one.organisation, role=Membership.Role.OWNER)
    assert owners.count() == 1
