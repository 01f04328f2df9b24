"""That every open role is seen: near the top of the lists of some people whom it suits."""

import numpy as np
from numpy.typing import NDArray

#: Roles that are pushed stand in each other's way; so often that is looked at anew at the most.
MOST_ROUNDS = 60
#: A push goes this much further than it must.
_BEYOND = 1e-6


def with_floors(
    people: NDArray[np.int64],
    roles: NDArray[np.int64],
    values: NDArray[np.float64],
    chosen: NDArray[np.bool_],
    prices: NDArray[np.float64],
    floor: int,
) -> NDArray[np.float64]:
    """Prices, lowered until whoever was given a role that few were given would rather have it than
    anything that they were not given. Below 0 a price is a push. (m,)

    people, roles, values, chosen: of each pair, and whether the flow gave it; in that flow every
    role has its floor. Lists are ordered by value less price, so a role that was given to somebody
    stands among as many first places as they were given roles. Roles given to more than `floor`
    people keep their prices, which hold already.
    """
    given = np.bincount(roles[chosen], minlength=len(prices))
    held = chosen & (given[roles] <= floor)
    if not held.any():
        return prices
    lowered = prices.copy()
    count = int(people.max()) + 1
    for _ in range(MOST_ROUNDS):
        best_elsewhere = np.full(count, -np.inf)
        out = ~chosen
        np.maximum.at(best_elsewhere, people[out], values[out] - lowered[roles[out]])
        most = np.full(len(prices), np.inf)
        np.minimum.at(most, roles[held], values[held] - best_elsewhere[people[held]])
        falls = most - _BEYOND < lowered
        if not falls.any():
            break
        lowered = np.where(falls, most - 2 * _BEYOND, lowered)
    return lowered
