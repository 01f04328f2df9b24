"""Of which people who wait groups can be told: those of the plan of roles, and of segments."""

from core.disclosure import FEWEST, rounded
from insights.models import RolePlan, Segment
from insights.supply import Supply


def supplies() -> list[Supply]:
    """People of planned roles, the best first, then of segments, the largest first as far as that
    is shown; none of fewer than 8. Two queries.
    """
    plan = RolePlan.objects.first()
    planned = [Supply.of_planned_role(role) for role in plan.roles] if plan else []
    found = [Supply.of_segment(one) for one in Segment.objects.told().order_by("pk")]
    found.sort(key=lambda one: (-(rounded(one.people) or 0), one.title))
    return [one for one in planned + found if one.people >= FEWEST and _is_of_a_kind(one)]


def _is_of_a_kind(supply: Supply) -> bool:
    """A role for people who have nothing in common but time cannot be drafted."""
    return bool(supply.activity or supply.cause)


def planned_role(number: int) -> Supply | None:
    """The people of a role of the newest plan, numbered from 1 as its page numbers them; None where
    there is none. One query.
    """
    plan = RolePlan.objects.first()
    if plan is None or not 1 <= number <= len(plan.roles):
        return None
    return Supply.of_planned_role(plan.roles[number - 1])
