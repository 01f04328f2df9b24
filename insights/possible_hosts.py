"""Groups as columns: what they do, for what, where, how they answer and what keeps them from more,
to look for hosts of roles that there are not yet.

Stopped and unverified groups are not among them, nor those that say that they have enough people.
Who put a prospectus of such work aside is not asked for it again.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.models import Cause
from core.places.distance import kilometres
from insights.analysis.hosts import GroupsForRole
from insights.models import Prospectus
from insights.proposed_roles import ProposedRole, middle_of
from opportunities.models import CapacityLimit, Opportunity, Organisation

#: What counts only against roles that need a check.
_ABOUT_CHECKS = CapacityLimit.Reason.DBS_COST
_RAN = (Opportunity.Status.OPEN, Opportunity.Status.FULL, Opportunity.Status.CLOSED)
#: What a cause of the same family is worth beside the cause itself.
_RELATED = 0.5


@dataclass(frozen=True, eq=False)
class PossibleHosts:
    """g groups by row. causes, activities, wards: codes by row. limits: reasons by row. said_no: to
    which activities, by row. slots: mask of the week's slots at which their roles are or were, 0
    where none has set times.
    """

    ids: list[int]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    answered: NDArray[np.float64]
    going: NDArray[np.int64]
    causes: list[set[str]]
    activities: list[set[str]]
    wards: list[set[str]]
    limits: list[set[str]]
    said_no: list[set[str]]
    slots: NDArray[np.int64]
    family_of: dict[str, str]

    def for_role(self, role: ProposedRole) -> GroupsForRole:
        """How these groups look to a role."""
        wanted = set(role.template.causes) if role.template else set()
        families = {self.family_of.get(code, code) for code in wanted}
        needs_check = role.template is not None and role.template.dbs_level != "none"
        where = middle_of(role.ward) if role.ward else None
        willing = np.array([role.activity not in of for of in self.said_no], np.bool_)
        return GroupsForRole(
            work=np.array([role.activity in of for of in self.activities], np.bool_) & willing,
            cause=np.array([self._cause(of, wanted, families) for of in self.causes], np.float64)
            * willing,
            km=(
                np.full(len(self.ids), np.nan)
                if where is None
                else kilometres(self.latitude, self.longitude, where.latitude, where.longitude)
            ),
            in_ward=np.array([role.ward in of for of in self.wards], np.bool_),
            answered=self.answered,
            limits=np.array(
                [len(of if needs_check else of - {_ABOUT_CHECKS}) for of in self.limits], np.int64
            ),
            going=self.going,
            never_then=(self.slots > 0) & (self.slots & role.mask == 0),
            from_home=not role.ward,
        )

    def _cause(self, ours: set[str], wanted: set[str], families: set[str]) -> float:
        if ours & wanted:
            return 1.0
        return _RELATED if {self.family_of.get(code, code) for code in ours} & families else 0.0


def possible_hosts() -> PossibleHosts:
    """Every group that could be asked. Nine queries, however many."""
    full = CapacityLimit.objects.standing().filter(
        reason=CapacityLimit.Reason.ENOUGH, opportunity__isnull=True
    )
    groups = Organisation.objects.verified().exclude(pk__in=full.values("organisation")).order_by()
    fields = ("pk", "latitude", "longitude", "answered_share", "ward_code")
    rows = list(groups.order_by("pk").values_list(*fields))
    roles = Opportunity.objects.filter(organisation__in=groups, status__in=_RAN).order_by()
    causes, activities, wards, limits, going, no, slots = (_Sets() for _ in range(7))
    causes.take(groups.filter(causes__isnull=False).values_list("pk", "causes__code"))
    going.take(roles.filter(status=Opportunity.Status.OPEN).values_list("organisation", "pk"))
    wards.take(roles.exclude(ward_code="").values_list("organisation", "ward_code").distinct())
    of_roles = roles.filter(activities__isnull=False)
    activities.take(of_roles.values_list("organisation", "activities__code").distinct())
    timed = roles.exclude(weekly_slots=0)
    slots.take(timed.values_list("organisation", "weekly_slots").distinct())
    standing = CapacityLimit.objects.standing().filter(opportunity__isnull=True)
    limits.take(standing.order_by().values_list("organisation", "reason"))
    aside = Prospectus.objects.filter(set_aside_at__isnull=False).exclude(counted__activity="")
    no.take(aside.order_by().values_list("organisation", "counted__activity").distinct())
    families = Cause.objects.filter(parent__isnull=False).values_list("code", "parent__code")
    ids = [row[0] for row in rows]
    return PossibleHosts(
        ids=ids,
        latitude=np.array([row[1] for row in rows], np.float64),
        longitude=np.array([row[2] for row in rows], np.float64),
        answered=np.array([row[3] for row in rows], np.float64),
        going=np.array([len(going.of[pk]) for pk in ids], np.int64),
        causes=[causes.of[pk] for pk in ids],
        activities=[activities.of[pk] for pk in ids],
        wards=[
            wards.of[pk] | ({row[4]} if row[4] else set())
            for pk, row in zip(ids, rows, strict=True)
        ],
        limits=[limits.of[pk] for pk in ids],
        said_no=[no.of[pk] for pk in ids],
        slots=np.array([reduce(or_, slots.of[pk], 0) for pk in ids], np.int64),
        family_of=dict(families),
    )


class _Sets:
    """Sets by id, from rows of an id and a member."""

    def __init__(self) -> None:
        self.of: defaultdict[int, set[Any]] = defaultdict(set)

    def take(self, rows: Any) -> None:
        for pk, member in rows:
            self.of[pk].add(member)
