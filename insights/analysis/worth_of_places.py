"""What more places of a role are worth in people: how many more are placed.

Of a placing in which those who are placed weigh most nobody can be added without another place, so
it places as many as any other (`insights.analysis.placing`), and how much people weigh makes no
difference to how many more new places bring. So it is enough to look for chains: somebody who takes
a new place, somebody who takes the one that they leave, until somebody had none (augmenting paths;
L. R. Ford and D. R. Fulkerson, "Maximal flow through a network", 1956). Where none is left, no
other placing takes more people.
"""

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from insights.analysis.placing import (
    NOWHERE,
    Index,
    Placing,
    Pool,
    best_placing,
    worth_of_a_place,
)


def worth_of_places(
    pools: Sequence[Pool], roles: Index, places: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How many more people so many places added to each of these roles place, and how many one
    place does: each role by itself, on average over pools of the same people and roles, who would
    ask for other things in each, (k,) each.
    """
    many, one = np.zeros(len(roles)), np.zeros(len(roles))
    for pool in pools:
        placing = best_placing(pool)
        # What a place is worth is the weight of one person: how much that is, is left aside.
        one += worth_of_a_place(placing)[roles] > 0
        chains = _Chains(placing)
        many += [chains.placed_by(role, places) for role in roles.tolist()]
    return many / len(pools), one / len(pools)


class _Chains:
    """Chains of people by which places that are added to a role of a placing are filled."""

    def __init__(self, placing: Placing) -> None:
        self._pool = placing.pool
        self._role_of: list[int] = placing.role_of.tolist()
        # Who leaves a place that nobody without one can be brought to is in no chain, and will be
        # in none when others have moved.
        self._is_useful = placing.moves.frees > 0
        self._useful: dict[int, list[int]] = {}

    def placed_by(self, role: int, places: int) -> int:
        """How many more are placed with this many places more."""
        without = [person for person in self._of(role) if self._role_of[person] == NOWHERE]
        moved = dict.fromkeys(without[:places], role)
        placed = len(moved)
        while placed < places and (chain := self._chain(role, moved)):
            moved |= chain
            placed += 1
        return placed

    def _of(self, role: int) -> list[int]:
        if role not in self._useful:
            people = self._pool.people_of(role)
            self._useful[role] = people[self._is_useful[people]].tolist()
        return self._useful[role]

    def _chain(self, role: int, moved: dict[int, int]) -> dict[int, int]:
        """The shortest by which one more place of a role is filled: the role that each goes to;
        empty where there is none. moved: the roles of those who have moved already.
        """
        # For each role that has been come to: who could leave it, and where they would go.
        leaves: dict[int, tuple[int, int]] = {role: (NOWHERE, NOWHERE)}
        waiting = deque([role])
        while waiting:
            to = waiting.popleft()
            for person in self._of(to):
                at = moved.get(person, self._role_of[person])
                if at == NOWHERE:
                    return _back(person, to, role, leaves)
                if at not in leaves:
                    leaves[at] = (person, to)
                    waiting.append(at)
        return {}


def _back(person: int, to: int, role: int, leaves: dict[int, tuple[int, int]]) -> dict[int, int]:
    """The moves from the last person of a chain back to the added place."""
    chain = {person: to}
    while to != role:
        person, to = leaves[to]
        chain[person] = to
    return chain
