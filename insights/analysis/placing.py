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

from dataclasses import dataclass, replace
from functools import cached_property
from graphlib import TopologicalSorter

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csc_array, csr_array
from scipy.sparse.csgraph import connected_components

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

    @cached_property
    def reach(self) -> "_Reach":
        """Whom without a place moves can reach."""
        return _Reach(self)

    @cached_property
    def moves(self) -> "_Moves":
        """What follows when somebody is taken into a free place."""
        return _Moves.of(self)


def best_placing(pool: Pool) -> Placing:
    """The placing in which those who are placed weigh most, exactly, up to a millionth of the
    heaviest for each person.
    """
    n = len(pool.weights)
    role_of = np.full(n, NOWHERE, np.int64)
    # A role without a place takes nobody: of what is only proposed no pair need be looked at.
    there = np.flatnonzero(pool.places)
    pairs = pool.could_do[:, there].tocoo()
    if not pairs.nnz:
        return Placing(pool, role_of)
    # Loads 100 MB: only where somebody is to be placed.
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415

    # Nodes: people, roles, the end. Everybody can go to the end without a place, at no gain.
    m = len(there)
    end = n + m
    gain = np.round(pool.weights / pool.weights.max() * _STEPS).astype(np.int64)
    tails = np.concatenate([pairs.row, np.arange(n), n + np.arange(m)])
    heads = np.concatenate([n + pairs.col, np.full(n + m, end)])
    capacities = np.concatenate([np.ones(pairs.nnz + n, np.int64), pool.places[there]])
    costs = np.concatenate([-gain[pairs.row], np.zeros(n + m, np.int64)])
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    flow.set_nodes_supplies(
        np.arange(end + 1), np.concatenate([np.ones(n, np.int64), np.zeros(m, np.int64), [-n]])
    )
    if (status := flow.solve()) != flow.OPTIMAL:
        raise RuntimeError(f"the flow was not solved: {status}")
    taken = flow.flows(arcs[: pairs.nnz]) > 0
    role_of[pairs.row[taken]] = there[pairs.col[taken]]
    return Placing(pool, role_of)


def worth_of_a_place(placing: Placing) -> NDArray[np.float64]:
    """What one more place of each role is worth: how much more those who are placed would weigh,
    0 where it would place nobody, (m,).

    placing: the best one (`best_placing`). A role that is not there yet is one without places.
    """
    return _most_of_each(placing.pool.could_do, placing.moves.frees)


def most_that_places_bring(placing: Placing, role: int, places: int) -> float:
    """A bound on what this many places added to a role are worth, quick to find and seldom too
    high: each place brings another person without one, of those who can be reached from the role.
    """
    people, weights = placing.pool.people_of(role), placing.pool.weights
    direct = people[~placing.placed[people]]
    if not placing.placed[people].any():
        return float(np.sort(weights[direct])[::-1][:places].sum())
    elsewhere = placing.reach.from_roles(np.unique(placing.role_of[people]), places)
    reached = np.union1d(direct, elsewhere)
    return float(np.sort(weights[reached])[::-1][:places].sum())


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
    pool, now = placing.pool, placing
    if (direct := _directly(placing, role, places)) is not None:
        return direct
    gained: list[int] = []
    moves = now.moves
    for __ in range(places):
        path = moves.path_from(role)
        if not path:
            break
        role_of = now.role_of.copy()
        for person, to in path:
            role_of[person] = to
        now = Placing(pool, role_of)
        gained.append(path[-1][0])
        moves = moves.after(now, path)
    return Added(np.array(gained, np.int64), now)


def _directly(placing: Placing, role: int, places: int) -> Added | None:
    """What places bring where nobody need be moved for it: where the heaviest people whom anybody
    could reach from the role could do it themselves. None where that is not so.
    """
    people = placing.pool.people_of(role)
    placed = placing.placed[people]
    frees = placing.moves.frees[people]
    heaviest = np.lexsort((placed, -frees))[:places]
    heaviest = heaviest[frees[heaviest] > 0]
    if placed[heaviest].any():
        return None
    role_of = placing.role_of.copy()
    role_of[people[heaviest]] = role
    return Added(people[heaviest], Placing(placing.pool, role_of))


class _Reach:
    """The heaviest people without a place who can be reached from each role that somebody has.

    Roles from which one gets to each other reach the same people; so they are looked at together
    (strongly connected components), and those that lead nowhere first.
    """

    def __init__(self, placing: Placing) -> None:
        self._placing = placing
        self._taken = np.unique(placing.role_of[placing.placed])
        could_do = csr_array(placing.pool.could_do[:, self._taken], dtype=np.int32)
        who = np.flatnonzero(placing.placed)
        column = np.searchsorted(self._taken, placing.role_of[who])
        shape = (len(placing.role_of), len(self._taken))
        has = csr_array((np.ones(len(who), np.int32), (who, column)), shape=shape)
        self._leads = csr_array(could_do.T @ has)
        self._direct = csc_array(could_do)
        self._of_component: dict[int, list[Index]] = {}

    def from_roles(self, roles: Index, most: int) -> Index:
        """The `most` heaviest people of each of these roles; roles that nobody has lead nowhere."""
        roles = roles[np.isin(roles, self._taken)]
        if not len(roles):
            return np.empty(0, np.int64)
        component, lists = self._known(most)
        wanted = np.unique(component[np.searchsorted(self._taken, roles)])
        return np.unique(np.concatenate([lists[one] for one in wanted.tolist()]))

    def _known(self, most: int) -> tuple[Index, list[Index]]:
        if most not in self._of_component:
            self._of_component[most] = self._found(most)
        return self._component, self._of_component[most]

    @cached_property
    def _component(self) -> Index:
        component: Index = connected_components(self._leads, connection="strong")[1]
        return component

    def _found(self, most: int) -> list[Index]:
        component = self._component
        number = int(component.max()) + 1
        pairs = self._leads.tocoo()
        leads: list[set[int]] = [set() for _ in range(number)]
        edges = np.unique(np.stack([component[pairs.row], component[pairs.col]]), axis=1)
        for one, other in edges[:, edges[0] != edges[1]].T.tolist():
            leads[one].add(other)
        found: list[Index | None] = [None] * number
        for one in TopologicalSorter(dict(enumerate(leads))).static_order():
            lists = [self._unplaced(np.flatnonzero(component == one))]
            lists += [known for other in leads[one] if (known := found[other]) is not None]
            found[one] = self._heaviest(np.unique(np.concatenate(lists)), most)
        return [known for known in found if known is not None]

    def _unplaced(self, columns: Index) -> Index:
        people = np.unique(self._direct[:, columns].indices)
        return people[~self._placing.placed[people]]

    def _heaviest(self, people: Index, most: int) -> Index:
        return people[np.argsort(-self._placing.pool.weights[people], kind="stable")[:most]]


@dataclass(frozen=True, eq=False)
class _Moves:
    """What follows when somebody is taken into a free place.

    taken: roles that somebody has, (t,): only there does a move free a place. could_do: of these,
    (n × t). worth: of a place freed in each, (t,): the weight of the heaviest person without a
    place who can be reached from it. steps: moves until then, (t,). frees: what taking each person
    into a place brings: their own weight, or the worth of the place that they leave, (n,).
    """

    placing: Placing
    taken: Index
    could_do: csc_array
    worth: NDArray[np.float64]
    steps: Index
    frees: NDArray[np.float64]

    @classmethod
    def of(cls, placing: Placing) -> "_Moves":
        taken = np.unique(placing.role_of[placing.placed])
        could_do = csc_array(placing.pool.could_do[:, taken])
        column = np.searchsorted(taken, placing.role_of)
        worth, steps = np.zeros(len(taken)), np.zeros(len(taken), np.int64)
        frees = np.where(placing.placed, 0.0, placing.pool.weights)
        step = 0
        while True:
            step += 1
            better = np.maximum(worth, _most_of_each(could_do, frees))
            risen = better > worth
            if not risen.any():
                return cls(placing, taken, could_do, worth, steps, frees)
            steps[risen], worth = step, better
            frees[placing.placed] = worth[column[placing.placed]]

    def after(self, placing: Placing, path: list[tuple[int, int]]) -> "_Moves":
        """The same once the moves of a path have been made, for filling the same role further."""
        person, role = path[-1]
        elsewhere = self.worth[self.taken != role]
        if len(path) > 1 or (elsewhere == self.placing.pool.weights[person]).any():
            return _Moves.of(placing)
        # They were the heaviest that any other role could reach nowhere: nothing else has changed.
        frees = self.frees.copy()
        frees[person] = 0
        return replace(self, placing=placing, frees=frees)

    def path_from(self, role: int) -> list[tuple[int, int]]:
        """The moves, as (person, role), by which a free place of `role` is filled so that the
        heaviest person who can be is placed: the last one moved. Empty where nobody can be.
        """
        people = self.placing.pool.people_of(role)
        people = people[self.placing.role_of[people] != role]
        if not len(people) or not (most := self.frees[people].max()):
            return []
        moves: list[tuple[int, int]] = []
        step = len(self.taken) + 1
        while True:
            person, step = self._next(people, most, step)
            moves.append((person, role))
            role = int(self.placing.role_of[person])
            if role == NOWHERE:
                return moves
            people = self.placing.pool.people_of(role)

    def _next(self, people: Index, most: float, step: int) -> tuple[int, int]:
        """Somebody by whom `most` is reached in fewer steps than `step`, and in how many."""
        able = people[self.frees[people] == most]
        column = np.searchsorted(self.taken, self.placing.role_of[able]).clip(
            max=max(len(self.taken) - 1, 0)
        )
        unplaced = self.placing.role_of[able] == NOWHERE
        left = np.where(unplaced, 0, self.steps[column] if len(self.taken) else 0)
        nearest = int(np.argmin(left))
        if left[nearest] >= step:
            raise RuntimeError("moves that lead in a circle")
        return int(able[nearest]), int(left[nearest])


def _most_of_each(could_do: csc_array, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each role the largest value of the people who could do it, 0 where nobody could."""
    most = np.zeros(could_do.shape[1])
    somebody = np.flatnonzero(np.diff(could_do.indptr))
    if len(somebody):
        starts = could_do.indptr[somebody]
        most[somebody] = np.maximum.reduceat(values[could_do.indices], starts)
    return most
