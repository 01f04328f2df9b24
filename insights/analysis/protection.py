"""Which cells of a split table must be kept back, so that its small counts stay hidden.

Hiding small counts is not enough where a table adds up: what is shown narrows down what is not.
(Four hidden cells and a total of about 30 are four sevens.) So each hidden cell is looked at as
somebody would who knows the total exactly, from whatever other table, and the bounds of every cell;
and where fewer than `MARGIN` values are left for it, more cells are kept back.

In the terms of L. Willenborg and T. de Waal, "Elements of Statistical Disclosure Control" (2001):
primary suppression, rounding, and secondary suppression until every sensitive cell has its
feasibility interval.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: So many values a hidden count must be able to have.
MARGIN = 3
_ANY = np.inf


class Given(IntEnum):
    """What is said of a cell: its rounded count, that it is small, or nothing."""

    ROUNDED = 0
    SMALL = 1
    NOTHING = 2


@dataclass(frozen=True, slots=True)
class Rounding:
    """How counts are given: those from 1 to `fewest` - 1 as small, the others to the nearest
    `step`.
    """

    fewest: int
    step: int

    def bounds(
        self, counts: NDArray[np.int64], given: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The least and the most that each cell can be by what is said of it, (k,) each."""
        half = self.step // 2
        near = self.step * ((counts + half) // self.step)
        low = np.where(counts == 0, 0.0, np.maximum(near - half, self.fewest))
        high = np.where(counts == 0, 0.0, near + half)
        low = np.where(given == Given.SMALL, 1.0, low)
        high = np.where(given == Given.SMALL, self.fewest - 1.0, high)
        return np.where(given == Given.NOTHING, 0.0, low), np.where(
            given == Given.NOTHING, _ANY, high
        )


def what_to_give(counts: ArrayLike, small: ArrayLike, rounding: Rounding) -> NDArray[np.int64]:
    """What to say of each cell of a table whose cells add up to a total that anybody may know: of
    `Given`, (k,).

    counts: the true counts, (k,). small: which must be hidden, (k,): at least those from 1 to
    `fewest` - 1. Also of those of them that are kept back no more can be found out, unless the
    total itself is so small that it tells (`insights.disclosure` then gives nothing at all).
    """
    cells, hidden = np.asarray(counts, np.int64), np.asarray(small, np.bool_)
    given = np.where(hidden, Given.SMALL, Given.ROUNDED).astype(np.int64)
    while _least_room(cells, given, hidden, rounding) < MARGIN and (given != Given.NOTHING).any():
        given = _one_more_kept_back(cells, given, hidden, rounding)
    return given


def room(
    cells: NDArray[np.int64], given: NDArray[np.int64], rounding: Rounding
) -> NDArray[np.float64]:
    """How many values each cell can have for somebody who knows the total, (k,)."""
    low, high = rounding.bounds(cells, given)
    total = cells.sum()
    others_high = sum_of_others(high)
    others_low = low.sum() - low
    least = np.maximum(low, total - others_high)
    most = np.minimum(high, total - others_low)
    return most - least + 1


def _least_room(
    cells: NDArray[np.int64],
    given: NDArray[np.int64],
    hidden: NDArray[np.bool_],
    rounding: Rounding,
) -> float:
    return float(room(cells, given, rounding)[hidden].min()) if hidden.any() else _ANY


def sum_of_others(high: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each, what the others add up to, (k,)."""
    unbounded = np.isinf(high)
    finite = np.where(unbounded, 0, high)
    return np.where(unbounded.sum() - unbounded > 0, _ANY, finite.sum() - finite)


def _one_more_kept_back(
    cells: NDArray[np.int64],
    given: NDArray[np.int64],
    hidden: NDArray[np.bool_],
    rounding: Rounding,
) -> NDArray[np.int64]:
    """Keep back the cell that gives the hidden ones most room; of those that give as much, a shown
    one before a hidden one, and the smallest.
    """
    best, chosen = (-_ANY, 0, 0.0), given
    for place in np.flatnonzero(given != Given.NOTHING).tolist():
        tried = given.copy()
        tried[place] = Given.NOTHING
        gained = min(_least_room(cells, tried, hidden, rounding), MARGIN)
        merit = (float(gained), -int(given[place]), -float(cells[place]))
        if merit > best:
            best, chosen = merit, tried
    return chosen
