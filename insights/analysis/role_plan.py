"""Which roles to create: the few that would place the most people, those who wait longest and live
where little is offered first.

The worth of a set of new roles is submodular (`insights.analysis.placing`): taking the best one
after the other gives at least 1 - 1/e of the best possible (G. L. Nemhauser, L. A. Wolsey and M. L.
Fisher, "An analysis of approximations for maximizing submodular set functions", Mathematical
Programming 14, 1978), in practice nearly all of it: `exact_plan` says how much on small boroughs.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from insights.analysis.placing import (
    Added,
    Index,
    Pool,
    best_placing,
    most_that_places_bring,
    with_more_places,
)

#: A role of an expected plan brings at least this part of what the best one would: the draws differ
#: by more, and it saves trying all that are nearly as good.
NEARLY = 0.99


@dataclass(frozen=True, eq=False)
class PlannedRole:
    """One role of a plan: its number in the pool, and the people who are placed because of it."""

    role: int
    people: Index
    weight: float


@dataclass(frozen=True, eq=False)
class ExpectedRole:
    """One role of a plan made for several draws of who would ask: its number in the pools, and how
    many people are placed because of it, and what they weigh, on average.
    """

    role: int
    placed: float
    weight: float


def role_plan(pool: Pool, proposed: Index, places: Index, most: int) -> list[PlannedRole]:
    """Up to `most` of the proposed roles, the best first, none that would place nobody.

    pool: people with the roles that there are and the proposed ones, which have no places in it.
    proposed: numbers of these, (c,). places: how many each would have, (c,).
    """
    return [
        PlannedRole(role, added.people, added.weight)
        for role, (added,) in _greedy([pool], proposed, places, most)
    ]


def expected_plan(
    pools: Sequence[Pool], proposed: Index, places: Index, most: int
) -> list[ExpectedRole]:
    """The same for several pools of the same people and roles, who would ask for other things in
    each: the roles that bring the most on average, or within `NEARLY` of it. A mean of submodular
    gains is one too.
    """
    return [
        ExpectedRole(
            role,
            float(np.mean([len(one.people) for one in added])),
            float(np.mean([one.weight for one in added])),
        )
        for role, added in _greedy(pools, proposed, places, most, nearly=NEARLY)
    ]


def _greedy(
    pools: Sequence[Pool], proposed: Index, places: Index, most: int, *, nearly: float = 1.0
) -> list[tuple[int, list[Added]]]:
    """The roles, with what each adds in each pool; each brings at least the part `nearly` of what
    the best would bring.
    """
    placings = [best_placing(pool) for pool in pools]
    # Of roles that would bring the same, the one that most people without a place could do.
    direct = sum(
        pool.could_do[:, proposed].T @ (~placing.placed).astype(np.int64)
        for pool, placing in zip(pools, placings, strict=True)
    )
    order = np.argsort(-np.asarray(direct), kind="stable")
    proposed, places = proposed[order], places[order]
    plan: list[tuple[int, list[Added]]] = []
    exact: dict[int, list[Added]] = {}
    # What a role brings only falls as others are added. So a figure found earlier is a bound: what
    # is on top of the heap and up to date is the best (M. Minoux, "Accelerated greedy algorithms
    # for maximizing submodular set functions", 1978). Bounds that are quick to find come first.
    heap = [(-np.inf, _Known(bound=True, roles=-1), which) for which in range(len(proposed))]
    while heap and len(plan) < most:
        bound, known, which = heapq.heappop(heap)
        role, number = int(proposed[which]), int(places[which])
        if known.roles != len(plan):
            quick = sum(most_that_places_bring(placing, role, number) for placing in placings)
            quick = min(-bound, quick)
            if quick > 0:
                heapq.heappush(heap, (-quick, _Known(bound=True, roles=len(plan)), which))
            continue
        if known.bound:
            exact[which] = [with_more_places(placing, role, number) for placing in placings]
            weight = sum(one.weight for one in exact[which])
            if weight < nearly * -bound:
                if weight:
                    heapq.heappush(heap, (-weight, _Known(bound=False, roles=len(plan)), which))
                continue
        # No other one can bring more than the bound of this one.
        plan.append((role, exact[which]))
        placings = [one.placing for one in exact[which]]
        exact = {}
    return plan


class _Known(NamedTuple):
    """What a figure is: whether it is only a bound, and with how many roles in the plan it was
    found. Of equal ones what is exact comes first.
    """

    bound: bool
    roles: int


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
