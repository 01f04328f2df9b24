"""Between two plans a role is off the lists while enough people wait for it."""

import pytest

from core.clock import now
from matching.models import AllocationPlan, PlannedRole, RankingRun
from matching.recommender.live_rule import enough_have_asked
from opportunities.models import Opportunity
from tests.factories.opportunities import OpportunityFactory

pytestmark = pytest.mark.django_db


def role(*, pending: int, **planned: float) -> Opportunity:
    made = OpportunityFactory(places=4, applications_pending=pending)
    if planned:
        multiple = planned.pop("pending_multiple", 1.0)
        plan = AllocationPlan.objects.create(
            run=RankingRun.objects.create(), made_at=now(), pending_multiple=multiple
        )
        PlannedRole.objects.create(plan=plan, opportunity=made, price=0.0, **planned)
    return made


@pytest.mark.parametrize(
    ("most", "planned"),
    [
        (4, {}),
        (5, {"pending_multiple": 1.2}),
        (3, {"promised": 1.0}),
        (1, {"promised": 9.0}),
        (2, {"held": 2}),
    ],
)
def test_as_many_as_the_plan_in_force_lets_wait(most: int, planned: dict[str, float]) -> None:
    assert enough_have_asked(role(pending=most, **planned))
    assert not enough_have_asked(role(pending=most - 1, **planned))


def test_one_query(django_assert_num_queries) -> None:
    made = role(pending=1, promised=1.0)
    with django_assert_num_queries(1):
        enough_have_asked(made)
