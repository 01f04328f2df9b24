"""The roles of the last ranking serve again while they are what they were, and no longer."""

from datetime import timedelta

import pytest
import time_machine

from core.clock import now
from matching.recommender import snapshot
from opportunities.services import organisations
from opportunities.services import roles as role_services
from placements.services import applications
from tests.factories.accounts import UserFactory
from tests.factories.matching import borough
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db


def test_unchanged_roles_are_not_read_again(django_assert_num_queries) -> None:
    borough(people=0, roles=20)
    first = snapshot.take()
    with django_assert_num_queries(2):
        second = snapshot.take()
    assert second.roles is first.roles
    assert not snapshot.changed_roles(second)


@pytest.mark.parametrize(
    "change",
    [
        lambda role: role_services.update(opportunity=role, by=None, activities=["gardening"]),
        lambda role: role_services.close(opportunity=role, by=None),
        lambda role: organisations.suspend(
            organisation=role.organisation, by=UserFactory(broker=True)
        ),
        lambda role: applications.submit(
            volunteer=VolunteerFactory(), opportunity=role, message="", by=None
        ),
    ],
    ids=["a list of tags", "closed", "group suspended", "one more person waits"],
)
def test_changed_role_is_read_again(change) -> None:
    role, _ = OpportunityFactory(), OpportunityFactory()
    before = snapshot.take()
    change(role)
    assert snapshot.changed_roles(before) == {role.pk}
    after = snapshot.take()
    assert after.roles is not before.roles
    assert after.roles.versions.get(role.pk) != before.roles.versions[role.pk]


def test_new_role_is_read() -> None:
    before = snapshot.take()
    role = OpportunityFactory()
    assert snapshot.changed_roles(before) == {role.pk}
    assert snapshot.take().roles.columns.ids.tolist() == [role.pk]


def test_another_day_reads_roles_again_since_sessions_pass() -> None:
    OpportunityFactory()
    before = snapshot.take()
    with time_machine.travel(now() + timedelta(days=1)):
        assert snapshot.take().roles is not before.roles
