"""Who would be placed: people shared out over places, and what one more place is worth.

Each person may have one place, of the roles that they could do; people weigh differently (those who
wait longest, or live where little is offered, weigh more), the roles do not. The people who can be
placed together then form a matroid (J. Edmonds and D. R. Fulkerson, "Transversals and matroid
partition", 1965), and so:

* the best placing is a minimum-cost flow, solved exactly;
* one more place is worth the weight of the heaviest unplaced person who can be reached from it, by
  taking somebody whose own place then goes to somebody else, and so on. That is the place's dual
  price in the flow, and it is exact: solving again with the place gives just that much more;
* the worth of added places falls with each that is added, wherever it is (it is submodular), which
  is what `insights.analysis.role_plan` rests on.

Units: weights in any unit above 0; places in people.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csc_array, csr_array

Index = NDArray[np.int64]

#: Weights are rounded to this many steps of the heaviest, so that the flow is one of whole numbers.
_STEPS = 1_000_000
NOWHERE = -1


@dataclass(frozen=True, eq=False)
class Pool:
    """n people and m roles.

    could_do: who could do what, (n × m), true or not stored. weights: of people, above 0, (n,).
    places: of roles that are free, (m,). Raises ValueError where these do not fit together.
    """

    could_do: csc_array
    weights: NDArray[np.float64]
    places: Index

    def __post_init__(self) -> None:
        n, m = self.could_do.shape
        if self.weights.shape != (n,) or self.places.shape != (m,):
            raise ValueError(
                f"{n} people × {m} roles, weights {self.weights.shape}, places {self.places.shape}"
            )
        if not (self.weights > 0).all() or (self.places < 0).any():
            raise ValueError("weights are above 0, and places not below")

    @classmethod
    def of(cls, could_do: object, weights: ArrayLike, places: ArrayLike) -> "Pool":
        """A pool from whatever numpy and scipy understand."""
        return cls(
            csc_array(csr_array(could_do, dtype=np.bool_)),
            np.asarray(weights, np.float64),
            np.asarray(places, np.int64),
        )

    def people_of(self, role: int) -> Index:
        """Who could do a role."""
        first, last = self.could_do.indptr[role : role + 2]
        return self.could_do.indices[first:last]


@dataclass(frozen=True, eq=False)
class Placing:
    """Who has which role: `role_of` the role of each person, -1 for none, (n,)."""

    pool: Pool
    role_of: Index

    @property
    def placed(self) -> NDArray[np.bool_]:
        """Who is placed, (n,)."""
        return self.role_of >= 0

    @property
    def weight(self) -> float:
        """What those who are placed weigh together."""
        return float(self.pool.weights[self.placed].sum())


def best_placing(pool: Pool) -> Placing:
    """The placing in which those who are placed weigh most, exactly, up to a millionth of the
    heaviest for each person.
    """
    n, m = pool.could_do.shape
    role_of = np.full(n, NOWHERE, np.int64)
    pairs = pool.could_do.tocoo()
    if not pairs.nnz or not pool.places.sum():
        return Placing(pool, role_of)
    # Loads 100 MB: only where somebody is to be placed.
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415

    # Nodes: people, roles, the end. Everybody can go to the end without a place, at no gain.
    end = n + m
    gain = np.round(pool.weights / pool.weights.max() * _STEPS).astype(np.int64)
    tails = np.concatenate([pairs.row, np.arange(n), n + np.arange(m)])
    heads = np.concatenate([n + pairs.col, np.full(n + m, end)])
    capacities = np.concatenate([np.ones(pairs.nnz + n, np.int64), pool.places])
    costs = np.concatenate([-gain[pairs.row], np.zeros(n + m, np.int64)])
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    flow.set_nodes_supplies(
        np.arange(end + 1), np.concatenate([np.ones(n, np.int64), np.zeros(m, np.int64), [-n]])
    )
    if (status := flow.solve()) != flow.OPTIMAL:
        raise RuntimeError(f"the flow was not solved: {status}")
    taken = flow.flows(arcs[: pairs.nnz]) > 0
    role_of[pairs.row[taken]] = pairs.col[taken]
    return Placing(pool, role_of)


def worth_of_a_place(placing: Placing) -> NDArray[np.float64]:
    """What one more place of each role is worth: how much more those who are placed would weigh,
    0 where it would place nobody, (m,).

    placing: the best one (`best_placing`). A role that is not there yet is one without places.
    """
    pool = placing.pool
    worth = np.zeros(pool.could_do.shape[1])
    while True:
        frees = np.where(placing.placed, worth[placing.role_of], pool.weights)
        better = np.maximum(worth, _most_of_each(pool.could_do, frees))
        if (better == worth).all():
            return worth
        worth = better


def _most_of_each(could_do: csc_array, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each role the largest value of the people who could do it, 0 where nobody could."""
    most = np.zeros(could_do.shape[1])
    somebody = np.flatnonzero(np.diff(could_do.indptr))
    if len(somebody):
        starts = could_do.indptr[somebody]
        most[somebody] = np.maximum.reduceat(values[could_do.indices], starts)
    return most


@dataclass(frozen=True, eq=False)
class Added:
    """What places added to one role bring: `people` who are placed and were not, in the order of
    their places, and the placing that comes of it.
    """

    people: Index
    placing: Placing

    @property
    def weight(self) -> float:
        """What these people weigh together."""
        return float(self.placing.pool.weights[self.people].sum())


def with_more_places(placing: Placing, role: int, places: int) -> Added:
    """Add places to a role, and place people in the best way; nobody loses a place, though some are
    given another. Solving anew with these places gives the same weight.

    placing: the best one for its pool, or one that this gave.
    """
    pool, role_of = placing.pool, placing.role_of.copy()
    gained = []
    for __ in range(places):
        path = _path_to_heaviest(pool, role_of, role)
        if not path:
            break
        for person, to in path:
            role_of[person] = to
        gained.append(path[-1][0])
    return Added(np.array(gained, np.int64), Placing(pool, role_of))


def _path_to_heaviest(pool: Pool, role_of: Index, role: int) -> list[tuple[int, int]]:
    """The moves, as (person, role), by which a free place of `role` is filled so that the heaviest
    person who can be is placed: the last one moved. Empty where nobody can be.
    """
    came_by: dict[int, tuple[int, int]] = {}
    seen = np.zeros(pool.could_do.shape[1], np.bool_)
    seen[role] = True
    queue, heaviest, found, found_in = [role], 0.0, NOWHERE, NOWHERE
    for free in queue:
        people = pool.people_of(free)
        theirs = role_of[people]
        unplaced = people[theirs < 0]
        if len(unplaced) and pool.weights[unplaced].max() > heaviest:
            found, found_in = int(unplaced[np.argmax(pool.weights[unplaced])]), free
            heaviest = float(pool.weights[found])
        others, first = np.unique(theirs, return_index=True)
        for other, place in zip(others.tolist(), first.tolist(), strict=True):
            if other >= 0 and not seen[other]:
                seen[other] = True
                came_by[other] = int(people[place]), free
                queue.append(other)
    if found == NOWHERE:
        return []
    moves, free = [(found, found_in)], found_in
    while free != role:
        person, to = came_by[free]
        moves.append((person, to))
        free = to
    return moves[::-1]
