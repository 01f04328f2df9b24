"""Work out which roles would place the people who wait."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from core.clock import now, today
from core.disclosure import FEWEST
from core.outbox import facts
from core.outbox.leases import Lease
from insights.analysis.asking import who_would_ask
from insights.analysis.hosts import MOST_HOSTS, likely_hosts
from insights.analysis.placing import Placing, Pool, best_placing
from insights.analysis.role_plan import ExpectedRole, expected_plan
from insights.analysis.worth_of_places import worth_of_places
from insights.measures.people import LEAST_FOR_MEDIAN
from insights.models import RolePlan
from insights.periods import Period
from insights.possible_hosts import PossibleHosts, possible_hosts
from insights.proposed_roles import ProposedRole, proposed_roles
from matching.datasets import tags
from matching.recommender.could_do import CouldDo, could_do, who_waits
from volunteers.models import Volunteer
from volunteers.policies import CONFIRMED_WITHIN

#: Roles in a plan, and places that each would have.
MOST_ROLES, PLACES = 10, 10
#: The share of the roles that a person likes, could do and looks at for which they ask in a season.
#: With it about as many are placed in a draw as in a simulated season of the demonstration borough;
#: nobody has measured it in Harrow.
WOULD_ASK = 1 / 6
#: Draws that the plan is the mean of. Of more people each draw says more, and fewer are made, 2 at
#: least: people of all draws together come near to this.
DRAWS, PEOPLE_IN_DRAWS = 24, 48_000
#: Days of waiting that make a person weigh twice as much as a newcomer; more do not count.
LONG_WAIT = 180
#: The bands in which waits are counted end before these days.
WAIT_BANDS = (30, 90, LONG_WAIT)
#: How much more somebody weighs in a ward where nobody can be placed than where everybody can.
AREA_WEIGHT = 0.5


@dataclass(frozen=True, eq=False)
class Demand:
    """Everybody who waits, the roles that there are, and those that there could be.

    proposed: these; they are the last columns of the pool. wards: of people, by row. pool: who
    could do what; placing: the best one of everybody over the places that there are. asking: in
    some draws, the pool of those who would ask.
    """

    found: CouldDo
    proposed: list[ProposedRole]
    wards: NDArray[np.str_]
    pool: Pool
    placing: Placing
    asking: list[Pool]

    @property
    def numbers(self) -> NDArray[np.int64]:
        """The columns of the proposed roles."""
        return np.arange(len(self.found.role_ids), len(self.found.places))


def refresh_due(lease: Lease | None = None) -> RolePlan | None:
    """Work out the plan of the month, if there is none yet; None where there is.

    Once a month and no more often: the plan says how many people of one ward want one kind of work
    at one time, and two nights held against each other would say who joined in between (ADR 19).
    """
    if _has_one_of_month():
        return None
    made = _worked_out()
    with transaction.atomic():
        if lease is not None:
            lease.check()
        # Another worker may have been through with it first, and its plan has been read.
        if _has_one_of_month():
            return None
        kept = _keep(made)
        if kept.roles:
            facts.state("role_plan.made", kept.pk)
        return kept


def _has_one_of_month() -> bool:
    month, newest = Period.month_of(today()), RolePlan.objects.first()
    # One without roles says nothing of anybody: it is tried again until there are some.
    return newest is not None and bool(newest.roles) and newest.made_at >= month.starts_at


@transaction.atomic
def _keep(made: RolePlan) -> RolePlan:
    made.save()
    RolePlan.objects.filter(pk__lt=made.pk).delete()
    return made


def refresh() -> RolePlan:
    """Work out the plan of today and drop the others. Safe to run at any time and again."""
    return _keep(_worked_out())


def _worked_out() -> RolePlan:
    """The plan of today, not kept yet."""
    demand = current_demand()
    plan = planned(demand)
    hosts = possible_hosts()
    return RolePlan(
        made_at=now(),
        waiting=len(demand.wards),
        placeable=int(demand.placing.placed.sum()),
        silent=int((~demand.found.named_something).sum()),
        roles=[_as_json(role, demand, hosts) for role in plan],
        more_places=_more_places(demand),
    )


def planned(demand: Demand) -> list[ExpectedRole]:
    """The roles that would place the most of those who wait, the best first."""
    places = np.full(len(demand.proposed), PLACES)
    return expected_plan(demand.asking, demand.numbers, places, MOST_ROLES)


def current_demand() -> Demand:
    """Everybody who waits, with what they could do and what they weigh, as of now."""
    people = who_waits(confirmed_since=now() - CONFIRMED_WITHIN)
    proposed = proposed_roles(_wanted(people.activities))
    found = could_do([role.asked() for role in proposed], people)
    wards = _wards(found.people.ids)
    equal = Pool.of(found.could_do, np.ones(len(wards)), found.places)
    weights = _weights(found, wards, ~best_placing(equal).placed)
    pool = Pool(equal.could_do, weights, equal.places)
    keys = np.concatenate([found.role_ids, [_key(role) for role in proposed]]).astype(np.int64)
    draws = min(DRAWS, max(2, PEOPLE_IN_DRAWS // max(len(wards), 1)))
    asking = [Pool(who_asks(found, keys, draw), weights, equal.places) for draw in range(draws)]
    return Demand(found, proposed, wards, pool, best_placing(pool), asking)


def who_asks(found: CouldDo, roles: NDArray[np.int64], draw: int) -> Any:
    """Who would ask for what in one draw, CSC (n × m). roles: numbers that stay the same, (m,)."""
    return who_would_ask(found.looks * WOULD_ASK, found.people.ids, roles, draw)


def _key(role: ProposedRole) -> int:
    """A number of a proposed role that is the same each night, and no role's id."""
    return (1 << 40) + crc32(f"{role.activity} {role.time} {role.ward}".encode())


def _wanted(named: Any) -> list[str]:
    """Kinds of work that enough of those who wait have named, or wrote of."""
    vocabulary = tags().vocabulary.activities
    counts = np.bincount(named.indices, minlength=len(vocabulary))
    return [code for code, count in zip(vocabulary, counts, strict=True) if count >= FEWEST]


def _weights(
    found: CouldDo, wards: NDArray[np.str_], without: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Long waiters and people of badly served wards weigh more, newcomers elsewhere 1."""
    waited = np.minimum(found.people.waiting_days / LONG_WAIT, 1)
    __, which = np.unique(wards, return_inverse=True)
    unserved = np.bincount(which, weights=without) / np.bincount(which)
    return 1 + waited.astype(np.float64) + AREA_WEIGHT * unserved[which]


def _wards(ids: NDArray[np.int64]) -> NDArray[np.str_]:
    of = dict(Volunteer.objects.waiting().values_list("pk", "ward_code"))
    return np.array([of.get(pk, "") for pk in ids.tolist()], dtype=np.str_)


def _as_json(role: ExpectedRole, demand: Demand, hosts: PossibleHosts) -> dict[str, object]:
    proposed = demand.proposed[role.role - len(demand.found.role_ids)]
    could = demand.pool.people_of(role.role)
    said = demand.found.named_something[could]
    named = could[said]
    people = demand.found.people.take(named)
    free = people.availability
    bands = np.searchsorted(WAIT_BANDS, people.waiting_days, side="right")
    return {
        "activity": proposed.activity,
        "time": proposed.time,
        "ward": proposed.ward,
        "template": proposed.template.code if proposed.template else "",
        "places": PLACES,
        "people": round(role.placed),
        "named": len(named),
        "not_said": int((~said).sum()),
        "without": int((~demand.placing.placed[named]).sum()),
        "waited_days": int(np.median(people.waiting_days)) if len(named) else None,
        "waits": np.bincount(bands, minlength=len(WAIT_BANDS) + 1).tolist(),
        "slots": [int((free >> slot & 1).sum()) for slot in range(21)],
        "wards": dict(Counter(demand.wards[named].tolist())),
        "hosts": [
            {"group": hosts.ids[host.row], "parts": host.parts, "never_then": host.never_then}
            for host in likely_hosts(hosts.for_role(proposed), MOST_HOSTS)
        ],
    }


def _more_places(demand: Demand) -> list[dict[str, object]]:
    """What more places of each role that there could be would place, `PLACES` of them (`by_many`)
    and one (`by_one`), on average over the draws; where enough people `named` its kind of work, or
    its cause, and could do it.
    """
    named = np.diff(demand.found.named.tocsc().indptr)[demand.numbers]
    enough = np.flatnonzero(named >= LEAST_FOR_MEDIAN)
    many, one = worth_of_places(demand.asking, demand.numbers[enough], PLACES)
    return [
        {
            "activity": demand.proposed[which].activity,
            "time": demand.proposed[which].time,
            "ward": demand.proposed[which].ward,
            "named": int(named[which]),
            "places": PLACES,
            "by_many": round(float(many[row]), 3),
            "by_one": round(float(one[row]), 3),
        }
        for row, which in enumerate(enough.tolist())
    ]
