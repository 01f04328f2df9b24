"""One stored list, put in order for one look at it. numpy only: a web process does this.

The plan in force gives each role a price; the places left and the people who wait are those of the
moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from matching.ranking import allocation, exploration
from matching.ranking.plan_state import PlanState

#: How the order is written down beside what is shown.
POLICY_NAME = "allocation-1"
#: On this share of pages chance swaps two roles, so that learning can tell what people wanted from
#: what happened to be on top.
PAGES_WITH_CHANCE = 0.1
#: What a score is multiplied by where somebody said that the role is not their kind of thing.
LESS_WANTED = 0.5
#: Applications that may wait for a place, before there is any plan.
PENDING_MULTIPLE = allocation.AllocationSettings().pending_multiple


@dataclass(frozen=True, slots=True)
class RoleNow:
    """One role as it is at the moment. `price`, `held` and `promised` are the plan's, as in
    `allocation.Plan`; `allowed`: every rule lets the person ask for it, but perhaps the one about
    how many wait; `is_open_to`: that one too. `is_empty`: nobody has it. `seen`: on how many days
    before it was shown to the person.
    """

    places_left: int
    pending: int
    allowed: bool
    is_open_to: bool
    is_empty: bool
    seen: int = 0
    price: float = 0.0
    held: float = float("inf")
    promised: float = 0.0


@dataclass(frozen=True)
class Served:
    """`places`: which places of the stored list are shown, first first, each with the probability
    with which it stands where it does. `busy`: how many are left out because people wait.
    """

    places: list[tuple[int, float]]
    busy: int


def serve(
    scores: NDArray[np.float32],
    roles: Sequence[RoleNow],
    *,
    pending_multiple: float,
    seed: str,
) -> Served:
    """Put the k places of a stored list in order. The same `seed` gives the same order."""
    if not len(scores):
        return Served([], 0)
    plan = allocation.Plan(
        prices=np.array([role.price for role in roles]),
        placements=np.full(1, -1, np.int64),
        invitations=np.empty((0, 2), np.int64),
        state=PlanState.beginning(1, len(roles)),
        pending_multiple=pending_multiple,
        held=np.array([role.held for role in roles]),
        promised=np.array([role.promised for role in roles]),
        empty=np.array([role.is_empty for role in roles], np.bool_),
    )
    order = allocation.serve(
        plan,
        scores,
        np.array([role.is_open_to for role in roles], np.bool_),
        np.array([role.places_left for role in roles], np.int64),
        np.array([role.pending for role in roles], np.int64),
        k=len(scores),
        seen=np.array([role.seen for role in roles], np.int64),
    )
    shown, propensities = exploration.randomise(order[order >= 0], _number(seed), PAGES_WITH_CHANCE)
    return Served(
        list(zip(shown.tolist(), propensities.tolist(), strict=True)),
        sum(role.allowed for role in roles) - len(shown),
    )


def _number(seed: str) -> int:
    """A number that looks drawn at random and is always the same for the same seed."""
    return int.from_bytes(blake2b(seed.encode(), digest_size=8).digest(), "big")
