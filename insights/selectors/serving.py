"""Which planned role is for which people who wait for the same: two answers to where to push, held
beside each other.

A planned role is for a segment where it is of its kind of work and at one of its times. It may be
in another ward than theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from insights.models import RolePlan, Segment
from insights.proposed_roles import ProposedRole
from insights.segment_titles import quarter_of


@dataclass(frozen=True, slots=True)
class PlannedFor:
    """A planned role for a segment. number: its place in the plan, from 1. is_near: whether it is
    in one of their wards, or can be done from where they are.
    """

    number: int
    role: ProposedRole
    is_near: bool


@dataclass(frozen=True, slots=True)
class Served:
    """A segment that a planned role is for, by its id; is_near as of `PlannedFor`."""

    pk: int
    name: str
    is_near: bool


def planned_roles() -> list[ProposedRole]:
    """The roles of the newest plan, in their order; none where there is no plan. One query."""
    plan = RolePlan.objects.first()
    rows = plan.roles if plan else []
    return [ProposedRole(row["activity"], row["time"], row["ward"]) for row in rows]


def planned_for(segment: Segment, planned: Sequence[ProposedRole]) -> list[PlannedFor]:
    """Those of the planned roles that are for a segment, the near ones first."""
    found = [
        PlannedFor(number, role, _is_near(role, segment))
        for number, role in enumerate(planned, start=1)
        if _is_for(role, segment)
    ]
    return sorted(found, key=lambda one: (not one.is_near, one.number))


def served_by(role: ProposedRole, segments: Iterable[Segment]) -> list[Served]:
    """Those of the segments that a planned role is for, the near ones first."""
    found = [
        Served(one.pk, one.name, _is_near(role, one)) for one in segments if _is_for(role, one)
    ]
    return sorted(found, key=lambda one: (not one.is_near, one.name))


def _is_for(role: ProposedRole, segment: Segment) -> bool:
    return role.activity == segment.activity and (not segment.times or role.time in segment.times)


def _is_near(role: ProposedRole, segment: Segment) -> bool:
    if not role.ward or not (segment.area or segment.quarter):
        return True
    return role.ward in segment.area or (
        bool(segment.quarter) and quarter_of(role.ward) == segment.quarter
    )
