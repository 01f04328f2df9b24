"""The first campaign of the demonstration shows a whole chain, with a difference that is clear."""

from datetime import UTC, datetime, timedelta

import pytest

from demonstration import campaigns
from insights.analysis.comparison import difference, enough
from insights.selectors.campaigns import COMPARED_FOR, Chosen
from insights.supply import Supply
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def chosen(number: int, began: int) -> list[Chosen]:
    """So many groups, of which the first ones began a role soon."""
    groups = OrganisationFactory.create_batch(number)
    for group in groups[:began]:
        OpportunityFactory(organisation=group, created_at=AT + timedelta(days=20))
    for group in groups[began:]:
        OpportunityFactory(organisation=group, created_at=AT + COMPARED_FOR)
    return [Chosen(group.pk, "role:x:y:z", mailed=row % 3 == 0) for row, group in enumerate(groups)]


@pytest.mark.parametrize("seed", [1, 7, 20])
def test_so_many_groups_are_left_out_and_the_difference_is_clear(seed: int) -> None:
    of, began = 200, 55
    drawn = campaigns._drawn(chosen(of, began), campaigns.HELD_BACK, seed, AT)
    out, out_began = sum(drawn), sum(drawn[:began])
    assert abs(out - of * campaigns.HELD_BACK / 100) <= 2
    assert enough(of - out, out)
    apart = difference(began - out_began, of - out, out_began, out)
    assert apart.is_clear
    assert apart.value > 0


def test_none_is_left_out_where_nobody_is_compared() -> None:
    assert not any(campaigns._drawn(chosen(9, 3), 0, 1, AT))


def test_a_group_was_told_of_the_kind_of_work_that_it_began() -> None:
    groups = OrganisationFactory.create_batch(2)
    role = OpportunityFactory(
        organisation=groups[0], activities=["gardening"], created_at=AT + timedelta(days=9)
    )
    planned = {"time": "saturday", "ward": role.ward_code, "named": 30}
    cooking, gardening = (
        Supply.of_planned_role({"activity": kind, **planned}) for kind in ("cooking", "gardening")
    )
    told = campaigns._told_of_their_kind(
        [Chosen(group.pk, cooking.code, mailed=False) for group in groups], [cooking, gardening], AT
    )
    assert [one.supply for one in told] == [gardening.code, cooking.code]
