"""One stored list, put in order for one look at it. numpy only: a web process does this.

The plan gives each role a price; the places left and the people who wait are those of the moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from matching.ranking import allocation

#: How the order is written down beside what is shown.
POLICY_NAME = "allocation-1"


@dataclass(frozen=True)
class Served:
    """`places`: which places of the stored list are shown, first first, each with the probability
    with which it stands where it does. `busy`: how many are left out because people wait.
    """

    places: list[tuple[int, float]]
    busy: int


def serve(
    *,
    scores: NDArray[np.float32],
    prices: Sequence[float],
    eligible: Sequence[bool],
    at_the_door: Sequence[bool],
    places_left: Sequence[int],
    pending: Sequence[int],
    proposed: Sequence[bool],
    seed: str,
) -> Served:
    """Put k stored places in order, each given by its score, its role's price, whether the rules
    allow it (apart from how many wait) and whether all do, the role's places left and the people
    who wait there now, and whether the plan would give the person this role.

    The same `seed` gives the same order.
    """
    if not len(scores):
        return Served([], 0)
    allowed = np.array(eligible, np.bool_)
    mine = np.flatnonzero(proposed)
    plan = allocation.Plan(
        prices=np.array(prices, np.float64),
        placements=np.array([mine[0] if len(mine) else -1], np.int64),
        invitations=np.empty((0, 2), np.int64),
    )
    order = allocation.serve(
        plan,
        scores,
        allowed & np.array(at_the_door, np.bool_),
        np.array(places_left, np.int64),
        np.array(pending, np.int64),
        k=len(scores),
        person=0,
    )
    order = order[order >= 0]
    return Served([(position, 1.0) for position in order.tolist()], int(allowed.sum()) - len(order))


def _number(seed: str) -> int:
    """A number that looks drawn at random and is always the same for the same seed."""
    return int.from_bytes(blake2b(seed.encode(), digest_size=8).digest(), "big")
