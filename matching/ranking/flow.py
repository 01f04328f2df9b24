"""Exact transport of people's attention to roles: a min-cost flow, and the prices that go with it.

People offer some units each, roles take some units each, a pair carries at most one. The flow of
the greatest total value is found by OR-Tools (cost-scaling push-relabel, Goldberg 1997); the prices
are the duals: with them, nobody would rather have a pair that they did not get.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Values are rounded to this many steps to the unit: the solver counts in whole numbers.
STEPS = 10_000
#: A unit of a role's floor is worth this much more than any other.
FLOOR_BONUS = 50.0
#: Rounds of price making: far more than any chain of people who displace each other was seen to be.
MOST_ROUNDS = 500


class FlowError(RuntimeError):
    """The solver found no solution, which no input should be able to cause."""


@dataclass(frozen=True, eq=False)
class Flow:
    """chosen: which pairs carry a unit, (pairs,). prices: what a unit of each role costs, (m,)."""

    chosen: NDArray[np.bool_]
    prices: NDArray[np.float64]


def best_flow(
    people: NDArray[np.integer],
    roles: NDArray[np.integer],
    values: NDArray[np.floating],
    offered: NDArray[np.integer],
    taken: NDArray[np.integer],
    floors: NDArray[np.integer] | None = None,
) -> Flow:
    """The flow of greatest value over some pairs.

    people, roles, values: of each pair; a pair of negative value is never chosen, except for a
    floor. offered: units of each of n people. taken: the most units that each of m roles takes.
    floors: units that each role should get before others get more, at most `taken`.
    Raises FlowError if the solver fails.
    """
    floors = np.zeros(len(taken), np.int64) if floors is None else np.minimum(floors, taken)
    chosen = _solve(people, roles, values, offered, taken, floors)
    # Units that only a floor justifies have no price: they are given, not sold.
    return Flow(chosen, _prices(people, roles, values, chosen, offered, taken))


def _solve(
    people: NDArray[np.integer],
    roles: NDArray[np.integer],
    values: NDArray[np.floating],
    offered: NDArray[np.integer],
    taken: NDArray[np.integer],
    floors: NDArray[np.integer],
) -> NDArray[np.bool_]:
    # Loads 100 MB: only where a plan is made.
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415

    n, m = len(offered), len(taken)
    if not len(people) or not m:
        return np.zeros(len(people), bool)
    source, sink = n + m, n + m + 1
    nodes, role_nodes = np.arange(n), n + np.arange(m)
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost
    arcs(np.full(n, source), nodes, offered, np.zeros(n, np.int64))
    cost = -np.rint(np.asarray(values, float) * STEPS).astype(np.int64)
    pairs = arcs(people, n + roles, np.ones(len(people), np.int64), cost)
    bonus = -round(FLOOR_BONUS * STEPS)
    arcs(role_nodes, np.full(m, sink), floors, np.full(m, bonus, np.int64))
    arcs(role_nodes, np.full(m, sink), taken - floors, np.zeros(m, np.int64))
    units = int(offered.sum())
    # Whoever is better off with nothing leaves their units here.
    flow.add_arc_with_capacity_and_unit_cost(source, sink, units, 0)
    flow.set_nodes_supplies(np.array([source, sink]), np.array([units, -units]))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise FlowError(f"the flow of {len(people)} pairs was not solved: {status}")
    return flow.flows(pairs) > 0


def _prices(
    people: NDArray[np.integer],
    roles: NDArray[np.integer],
    values: NDArray[np.floating],
    chosen: NDArray[np.bool_],
    offered: NDArray[np.integer],
    taken: NDArray[np.integer],
) -> NDArray[np.float64]:
    """The lowest prices that hold the flow: a full role costs what the keenest of those left out
    would give for it instead of the least of what they have.

    The fixed point of p_j = max over left-out i of (v_ij − w_i), w_i = the least v_ik − p_k that i
    has, or 0 where i has units to spare; it rises from p = 0 and ends, since a flow of greatest
    value has no cycle that gains.
    """
    values = np.asarray(values, float)
    used = np.bincount(people[chosen], minlength=len(offered))
    full = np.bincount(roles[chosen], minlength=len(taken)) >= taken
    wanting = ~chosen & full[roles]
    prices = np.zeros(len(taken))
    for _ in range(MOST_ROUNDS):
        gain = values[chosen] - prices[roles[chosen]]
        least = np.full(len(offered), np.inf)
        np.minimum.at(least, people[chosen], gain)
        least = np.where(used < offered, np.minimum(least, 0), least)
        least = np.where(offered > 0, np.maximum(least, 0), np.inf)
        bids = values[wanting] - least[people[wanting]]
        raised = np.zeros(len(taken))
        np.maximum.at(raised, roles[wanting], bids)
        if np.all(raised <= prices + 1 / STEPS):
            break
        prices = np.maximum(prices, raised)
    return prices
