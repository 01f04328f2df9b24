"""Which planned role is for which people who wait for the same: two answers to where to push, held
beside each other.

A planned role is for a segment where it is of its kind of work and at one of its times. It may be
in another ward than theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.places.wards import WARDS
from insights.disclosure import Shown
from insights.models import RolePlan, Segment
from insights.proposed_roles import TIMES, ProposedRole
from insights.segment_titles import quarter_of
from insights.selectors.published import Row


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


def role_for(segment: Segment, free: Sequence[Shown], wards: Sequence[Row]) -> ProposedRole | None:
    """A role that there could be for a segment: of its kind of work, at that of its times at which
    most of its people are free, in the ward in which most of them live, or from home where the
    kind's template says that it can be; None where it has no kind of work in common.

    free: people in each of the week's 21 slots; wards: people by ward, the most first. Both as they
    are shown: what is chosen by the true numbers would say more of them.
    """
    if not segment.activity:
        return None
    times = [one for one in TIMES if not segment.times or one[0] in segment.times]
    time = max(times, key=lambda one: _free_then(free, one[2]))[0]
    role = ProposedRole(segment.activity, time, "")
    if role.template is not None and role.template.from_home:
        return role
    lived_in = [row.code for row in wards if row.code and row.shown.value]
    ward = next(iter([*lived_in, *segment.area, *_wards_in(segment.quarter)]))
    return replace(role, ward=ward)


def _free_then(free: Sequence[Shown], mask: int) -> float:
    """People who are free in a slot of a time, on average, as far as that is shown."""
    shown = [one.value or 0 for slot, one in enumerate(free) if mask >> slot & 1]
    return sum(shown) / len(shown) if shown else 0


def _wards_in(quarter: str) -> list[str]:
    """Codes of the wards of a quarter, or of all where it is none."""
    return [ward.code for ward in WARDS if not quarter or quarter_of(ward.code) == quarter]


def planned_for(segment: Segment, planned: Sequence[ProposedRole]) -> list[PlannedFor]:
    """Those of the planned roles that are for a segment, the near ones first."""
    found = [
        PlannedFor(number, role, is_near(role, segment))
        for number, role in enumerate(planned, start=1)
        if is_for(role, segment)
    ]
    return sorted(found, key=lambda one: (not one.is_near, one.number))


def served_by(role: ProposedRole, segments: Iterable[Segment]) -> list[Served]:
    """Those of the segments that a planned role is for, the near ones first."""
    found = [Served(one.pk, one.name, is_near(role, one)) for one in segments if is_for(role, one)]
    return sorted(found, key=lambda one: (not one.is_near, one.name))


def is_for(role: ProposedRole, segment: Segment) -> bool:
    """Whether a role is of a segment's kind of work, at one of its times."""
    return role.activity == segment.activity and (not segment.times or role.time in segment.times)


def is_near(role: ProposedRole, segment: Segment) -> bool:
    """Whether a role is in one of a segment's wards, or can be done from where they are."""
    if not role.ward or not (segment.area or segment.quarter):
        return True
    return role.ward in segment.area or (
        bool(segment.quarter) and quarter_of(role.ward) == segment.quarter
    )
