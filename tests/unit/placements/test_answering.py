from datetime import timedelta

import pytest

from core import clock
from placements.answering import roles_with_waiting
from placements.services import held
from placements.states import Move
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


def test_roles_that_people_wait_for_come_first_with_the_longest_wait(django_assert_num_queries):
    group = OrganisationFactory()
    quiet = OpportunityFactory(organisation=group, title="A")
    busy = OpportunityFactory(organisation=group, title="B")
    long_ago = clock.now() - timedelta(days=9)
    ApplicationFactory(opportunity=busy, state="invited", state_since=long_ago)
    ApplicationFactory(opportunity=busy)
    OpportunityFactory()

    with django_assert_num_queries(1):
        roles = list(roles_with_waiting(group))

    assert roles == [busy, quiet]
    assert roles[0].waiting_since == long_ago
    assert roles[1].waiting_since is None


@pytest.mark.parametrize("state", ["offered", "accepted", "declined", "withdrawn", "lapsed"])
def test_who_was_answered_waits_no_longer(state):
    role = ApplicationFactory(state=state).opportunity

    assert roles_with_waiting(role.organisation).get().waiting_since is None


def test_whose_answer_is_on_its_way_waits_no_longer():
    role = ApplicationFactory().opportunity
    held.hold(application=role.applications.get(), move=Move.INVITE, by=None)
    ApplicationFactory(opportunity=role)

    assert roles_with_waiting(role.organisation).get().waiting == 1
