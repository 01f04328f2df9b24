"""People who wait for much the same, as groups can be told of them: a planned role's, a segment's.

Who they are is not in it. What it says of them is the same whether they come from the plan of roles
or from a segment, so that campaigns and prospectuses need not know which.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np

from core.places.distance import kilometres
from insights.models import Segment
from insights.proposed_roles import TIMES, ProposedRole, middle_of
from insights.segment_titles import quarter_of, title
from opportunities.models import Organisation
from opportunities.role_templates import RoleTemplate

#: So far from the middle of one of its wards a group still counts as near (as the crow flies).
REACH_KM = 2.0
_MASKS = {code: mask for code, __, mask in TIMES}


@dataclass(frozen=True, slots=True)
class Supply:
    """People who wait for much the same.

    code: `role:<activity>:<time>:<ward>` or `segment:<id>`. activity, cause, times, area, quarter:
    as of `insights.models.Segment`. people: how many named this work, as last published, the true
    number. hosts: ids of the groups that the plan of roles thinks most likely to take them on.
    """

    code: str
    activity: str
    cause: str
    times: tuple[str, ...]
    area: tuple[str, ...]
    quarter: str
    people: int
    hosts: tuple[int, ...] = ()

    @classmethod
    def of_planned_role(cls, planned: Mapping[str, Any]) -> Self:
        """The people who named the work of a role of `insights.models.RolePlan.roles`, or its
        cause, and could do it.
        """
        activity, time, ward = (str(planned[name]) for name in ("activity", "time", "ward"))
        return cls(
            code=f"role:{activity}:{time}:{ward}",
            activity=activity,
            cause="",
            times=(time,),
            area=(ward,) if ward else (),
            quarter="",
            people=int(planned["named"]),
            hosts=tuple(int(host["group"]) for host in planned.get("hosts", ())),
        )

    @classmethod
    def of_segment(cls, segment: Segment) -> Self:
        """The people of a segment, as many as are published of it this month: what is read here
        every week must not tell two weeks apart.
        """
        return cls(
            code=f"segment:{segment.pk}",
            activity=segment.activity,
            cause=segment.cause,
            times=tuple(segment.times),
            area=tuple(segment.area),
            quarter=segment.quarter,
            people=int(segment.published.get("people", 0)),
        )

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> Self:
        """The opposite of `as_json`."""
        lists = {name: tuple(stored.get(name, ())) for name in ("times", "area", "hosts")}
        return cls(**{**stored, **lists})

    def as_json(self) -> dict[str, Any]:
        """As a campaign keeps it."""
        return asdict(self)

    @property
    def segment_id(self) -> int | None:
        """The segment that they are; None for the people of a planned role."""
        kind, __, number = self.code.partition(":")
        return int(number) if kind == "segment" else None

    @property
    def title(self) -> str:
        """Such as "Gardening, weekday evenings, around Pinner"."""
        return title(
            activity=self.activity,
            cause=self.cause,
            times=self.times,
            area=self.area,
            quarter=self.quarter,
        )

    @property
    def role(self) -> ProposedRole:
        """The role that there could be for them, at the first of their times and wards."""
        return ProposedRole(
            self.activity, self.times[0] if self.times else "", self.area[0] if self.area else ""
        )

    @property
    def template(self) -> RoleTemplate | None:
        """The template to begin a role for them with, if there is one."""
        return self.role.template

    @property
    def slots(self) -> int:
        """The mask of their times, 0 for any time."""
        mask = 0
        for code in self.times:
            mask |= _MASKS.get(code, 0)
        return mask

    @property
    def wanted_causes(self) -> set[str]:
        """Causes by which groups are found that might take them."""
        causes = set(self.template.causes) if self.template else set()
        return causes | {self.cause} if self.cause else causes

    def kilometres_to(self, group: Organisation) -> float | None:
        """How far a group is from them: 0 in one of their wards, or where they are everywhere or
        can help from home; None where it is too far away, or nobody knows where it is.
        """
        if not self.area and not self.quarter:
            return 0.0
        if group.ward_code in self.area or (
            self.quarter and quarter_of(group.ward_code) == self.quarter
        ):
            return 0.0
        if group.latitude is None or group.longitude is None or not self.area:
            return None
        middles = [middle_of(ward) for ward in self.area]
        far = kilometres(
            np.array([one.latitude for one in middles]),
            np.array([one.longitude for one in middles]),
            np.array(group.latitude),
            np.array(group.longitude),
        )
        nearest = float(far.min())
        return nearest if nearest <= REACH_KM else None
