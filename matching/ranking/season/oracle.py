"""The best that a season could have given, had everybody's taste been known and followed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.ranking.flow import STEPS, best_flow
from matching.ranking.season.world import World

#: Roles of each person that the first solution knows of; more are added where they would help.
_FIRST = 30
_MOST_ROUNDS = 30


@dataclass(frozen=True)
class Best:
    """places_filled: share of the places. welfare: sum of the taste over all people, by people.
    placed: people. exact: whether no other pairing has more welfare (to the solver's rounding).
    """

    places_filled: float
    welfare: float
    placed: int
    exact: bool


def best_possible(world: World) -> Best:
    """The pairing of people and places with the greatest sum of taste, nobody being given what they
    like less than the mean. Each role is open for some weeks, and every person who is there before
    it closes and free when it is done may have it.

    Exact: an optimum over some pairs is one over all if, at its prices, no other pair is worth more
    to a person than what they have (column generation); so pairs are added until that holds.
    """
    taste, places = world.taste, world.roles.places
    people, roles = world.shape
    closes = world.opens + world.settings.open_weeks
    allowed = world.possible & (world.arrives[:, None] < closes[None, :])
    worth = np.where(allowed, taste, -np.inf)
    known = np.zeros(worth.shape, bool)
    first = np.argpartition(-worth, min(_FIRST, roles) - 1, axis=1)[:, :_FIRST]
    np.put_along_axis(known, first, True, axis=1)
    offered = np.ones(people, np.int64)
    for _ in range(_MOST_ROUNDS):
        rows, columns = np.nonzero(known & (worth > 0))
        values = worth[rows, columns].astype(float)
        found = best_flow(rows, columns, values, offered, places)
        has = np.zeros(people)
        has[rows[found.chosen]] = values[found.chosen] - found.prices[columns[found.chosen]]
        better = _better(worth, known, found.prices, has)
        if not better.any():
            break
        known |= better
    return Best(
        places_filled=float(found.chosen.sum() / places.sum()),
        welfare=float(values[found.chosen].sum() / people),
        placed=int(found.chosen.sum()),
        exact=not better.any(),
    )


def _better(
    worth: NDArray[np.float32],
    known: NDArray[np.bool_],
    prices: NDArray[np.float64],
    has: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Pairs not known yet that would be worth more to a person, at the prices, than what they have,
    the best ten of each person, (n × m).
    """
    gain = worth - prices[None, :].astype(np.float32) - has[:, None].astype(np.float32)
    gain[known] = -np.inf
    best = np.argpartition(-gain, min(10, gain.shape[1]) - 1, axis=1)[:, :10]
    found = np.zeros(known.shape, bool)
    np.put_along_axis(found, best, np.take_along_axis(gain, best, axis=1) > 2 / STEPS, axis=1)
    return found
