"""What a role's requirements cost it in people."""

import pytest

from matching import recommender
from matching.models import Shortlist
from matching.requirements import requirements_of
from matching.services import runs
from opportunities.models import Opportunity
from tests.factories.core import lease_on
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db


def rank_everybody() -> None:
    run = runs.request(by=None)
    recommender.begin_run(run.pk, lease_on("ranking.requested", run.pk))
    for block in list(run.blocks.unfinished()):
        recommender.rank_block(block.pk, lease_on("ranking.block", block.pk))


def test_each_requirement_counts_whom_it_alone_leaves_out() -> None:
    VolunteerFactory.create_batch(9)
    VolunteerFactory.create_batch(12, willing_dbs=False)
    VolunteerFactory.create_batch(3, open_to_regular=False)
    VolunteerFactory(willing_dbs=False, open_to_regular=False)  # two rules: no single change
    VolunteerFactory(willing_dbs=False, waiting_since=None)  # does not wait
    role = OpportunityFactory(dbs_level="basic")

    rank_everybody()

    found = requirements_of(role)
    assert found is not None
    assert found.who_could == "About 10 people who are waiting could do this."
    assert [(cost.code, cost.sentence) for cost in found.costs] == [
        ("dbs", "The DBS check leaves out about 10 people."),
        ("commitment", "Being a regular role leaves out fewer than 8 people."),
    ]


def test_a_changed_role_keeps_the_counts_until_the_next_full_ranking() -> None:
    VolunteerFactory.create_batch(9, willing_dbs=False)
    role = OpportunityFactory(dbs_level="basic")
    rank_everybody()
    before = Shortlist.objects.get().counts
    assert before["kept_out"] == {"dbs": 9}

    Opportunity.objects.filter(pk=role.pk).update(dbs_level="none")
    recommender.refresh_role(role.pk, lease_on("role.changed", role.pk))

    assert Shortlist.objects.get().counts == before
    assert len(Shortlist.objects.get().items) == 9


def test_nothing_is_said_before_it_was_counted(django_assert_num_queries) -> None:
    role = OpportunityFactory()
    with django_assert_num_queries(1):
        assert requirements_of(role) is None
    recommender.refresh_role(role.pk, lease_on("role.changed", role.pk))
    assert requirements_of(role) is None
