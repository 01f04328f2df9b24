"""Which roles to create: the few that would place the most people, those who wait longest and live
where little is offered first.

The worth of a set of new roles is submodular (`insights.analysis.placing`): taking the best one
after the other gives at least 1 - 1/e of the best possible (G. L. Nemhauser, L. A. Wolsey and M. L.
Fisher, "An analysis of approximations for maximizing submodular set functions", Mathematical
Programming 14, 1978), in practice nearly all of it: `exact_plan` says how much on small boroughs.
"""

import heapq
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from insights.analysis.placing import (
    Index,
    Pool,
    best_placing,
    most_that_places_bring,
    with_more_places,
)


@dataclass(frozen=True, eq=False)
class PlannedRole:
    """One role of a plan: its number in the pool, and the people who are placed because of it."""

    role: int
    people: Index
    weight: float


def role_plan(pool: Pool, proposed: Index, places: Index, most: int) -> list[PlannedRole]:
    """Up to `most` of the proposed roles, the best first, none that would place nobody.

    pool: people with the roles that there are and the proposed ones, which have no places in it.
    proposed: numbers of these, (c,). places: how many each would have, (c,).
    """
    placing = best_placing(pool)
    plan: list[PlannedRole] = []
    # What a role brings only falls as others are added. So a figure found earlier is a bound: what
    # is on top of the heap and up to date is the best (M. Minoux, "Accelerated greedy algorithms
    # for maximizing submodular set functions", 1978). Bounds that are quick to find come first.
    heap = [(-np.inf, _Known(-1, exact=False), which) for which in range(len(proposed))]
    while heap and len(plan) < most:
        bound, known, which = heapq.heappop(heap)
        role, number = int(proposed[which]), int(places[which])
        if known != _Known(len(plan), exact=known.exact):
            quick = min(-bound, most_that_places_bring(placing, role, number))
            if quick > 0:
                heapq.heappush(heap, (-quick, _Known(len(plan), exact=False), which))
            continue
        added = with_more_places(placing, role, number)
        if known.exact:
            plan.append(PlannedRole(role, added.people, added.weight))
            placing = added.placing
        elif len(added.people):
            heapq.heappush(heap, (-added.weight, _Known(len(plan), exact=True), which))
    return plan


class _Known(NamedTuple):
    """When a figure was found: with how many roles in the plan; and whether it is more than a
    bound.
    """

    roles: int
    exact: bool


def plan_weight(pool: Pool, roles: list[int], places: Index) -> float:
    """How much more those who are placed weigh with these roles of the pool added, solved anew;
    places: of each of them, (k,).
    """
    with_them = pool.places.copy()
    with_them[roles] += places
    more = best_placing(Pool(pool.could_do, pool.weights, with_them))
    return more.weight - best_placing(pool).weight


def exact_plan(pool: Pool, proposed: Index, places: Index, most: int) -> tuple[list[int], float]:
    """The best set of at most `most` proposed roles and what it adds, by mixed-integer programming:
    for small pools, to compare `role_plan` with. Arguments as of `role_plan`.
    """
    pairs = pool.could_do.tocoo()
    n, m = pool.could_do.shape
    number, chosen = pairs.nnz, len(proposed)
    each_person = sparse.csr_array(
        (np.ones(number), (pairs.row, np.arange(number))), shape=(n, number + chosen)
    )
    opened = sparse.csr_array(
        (-places.astype(float), (proposed, number + np.arange(chosen))), shape=(m, number + chosen)
    )
    taken = sparse.csr_array(
        (np.ones(number), (pairs.col, np.arange(number))), shape=(m, number + chosen)
    )
    few = sparse.csr_array(
        (np.ones(chosen), (np.zeros(chosen, int), number + np.arange(chosen))),
        shape=(1, number + chosen),
    )
    found = milp(
        np.concatenate([-pool.weights[pairs.row], np.zeros(chosen)]),
        constraints=[
            LinearConstraint(each_person, ub=1),
            LinearConstraint(taken + opened, ub=pool.places),
            LinearConstraint(few, ub=most),
        ],
        integrality=np.ones(number + chosen),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    if found.x is None:
        raise RuntimeError(f"not solved: {found.message}")
    picked: NDArray[np.bool_] = found.x[number:] > 0.5
    return proposed[picked].tolist(), float(-found.fun - best_placing(pool).weight)
