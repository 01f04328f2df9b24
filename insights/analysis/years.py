"""Which cells of a year's split must be kept back, so that its months' small counts stay hidden.

A year is its twelve months: whoever has both can subtract. The months are published first and
stand, so it is the year that gives way. Somebody is assumed to know every month's total exactly,
what was said of every cell of every month, and what is said of the year's; every count from 1 to 7
among them has to be able to have `MARGIN` values. The bounds are those of linear programming, which
are exact: the cells, the months' totals and the year's sums make a network, so that its corners are
whole numbers (A. J. Hoffman and J. B. Kruskal, "Integral boundary points of convex polyhedra",
1956).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from insights.analysis.protection import MARGIN, Given, Rounding, what_to_give

_Counts = NDArray[np.int64]
_Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Said:
    """Tables of several months with the same categories, and what is said of them.

    counts: true counts, (m, k). given: of `Given`, (m, k). parts: whether each month's cells add up
    to its total, which is then known.
    """

    counts: _Counts
    given: _Counts
    parts: bool
    rounding: Rounding

    @cached_property
    def bounds(self) -> _Bounds:
        """The least and the most of each cell by what is said of it, (m, k) each. A cell may be
        called small for its few people and count more: nobody is told which.
        """
        low, high = self.rounding.bounds(self.counts, self.given)
        return low, np.maximum(high, self.counts)

    @property
    def year(self) -> _Counts:
        """The true sum of each category, (k,)."""
        sums: _Counts = self.counts.sum(axis=0)
        return sums

    def year_bounds(self, given: _Counts) -> _Bounds:
        """The least and the most of each sum by what is said of the year, (k,) each."""
        low, high = self.rounding.bounds(self.year, given)
        return low, np.maximum(high, self.year)


def what_to_give_of_year(said: Said, small: ArrayLike) -> _Counts:
    """What to say of each category of the year, of `Given`, (k,).

    small: which of the year's cells must be hidden, (k,): at least those from 1 to `fewest` - 1.
    """
    hidden = np.asarray(small, np.bool_)
    given = (
        what_to_give(said.year, hidden, said.rounding)
        if said.parts
        else np.where(hidden, Given.SMALL, Given.ROUNDED).astype(np.int64)
    )
    while len(narrow := _narrow(said, given)) and (given != Given.NOTHING).any():
        given = _one_more_kept_back(said, given, narrow)
    return given


def values_left(said: Said, given: _Counts) -> NDArray[np.float64]:
    """How many values each cell of the months can have, (m, k), for somebody who knows all that
    `Said` says and what is said of the year. Exact, and slow: two linear programs a cell.
    """
    program = _Program(said, given)
    cells = said.counts.size
    return np.array([program.room(cell) for cell in range(cells)]).reshape(said.counts.shape)


def _narrow(said: Said, given: _Counts) -> NDArray[np.int64]:
    """The small cells that have too few values left: (n, 2), month and category; of the year's own
    cells the month is -1.
    """
    fewest = said.rounding.fewest
    small = (said.counts > 0) & (said.counts < fewest)
    # Most cells can be seen to have room without a program.
    doubtful = small & ~_has_room(said, given)
    program = _Program(said, given)
    k = said.counts.shape[1]
    found = [
        (month, category)
        for month, category in np.argwhere(doubtful).tolist()
        if program.room(month * k + category) < MARGIN
    ]
    year = said.year
    found += [
        (-1, category)
        for category in np.flatnonzero((year > 0) & (year < fewest)).tolist()
        if program.room_of_sum(category) < MARGIN
    ]
    return np.array(found, np.int64).reshape(-1, 2)


def _one_more_kept_back(said: Said, given: _Counts, narrow: NDArray[np.int64]) -> _Counts:
    """Keep back a category of a narrow cell; where those are kept back already, the smallest."""
    own = [category for category in narrow[:, 1].tolist() if given[category] != Given.NOTHING]
    left = own or np.flatnonzero(given != Given.NOTHING).tolist()
    chosen = min(left, key=lambda category: int(said.year[category]))
    more = given.copy()
    more[chosen] = Given.NOTHING
    return more


def _has_room(said: Said, given: _Counts) -> NDArray[np.bool_]:
    """Which cells can be seen to have room: they and another of their month can trade enough
    people without any sum's leaving what is said of it. (m, k).
    """
    low, high = said.bounds
    year_low, year_high = said.year_bounds(given)
    most = MARGIN - 1
    up = np.minimum(high - said.counts, (year_high - said.year)[None, :])
    down = np.minimum(said.counts - low, (said.year - year_low)[None, :])
    up, down = np.minimum(up, most), np.minimum(down, most)
    if not said.parts:
        return np.asarray(up + down >= most)
    best_up, best_down = _best_of_others(up), _best_of_others(down)
    return np.asarray(np.minimum(up, best_down) + np.minimum(down, best_up) >= most)


def _best_of_others(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each cell the greatest value among the others of its row, (m, k)."""
    if values.shape[1] < 2:
        return np.zeros_like(values)
    order = np.sort(values, axis=1)
    first, second = order[:, -1:], order[:, -2:-1]
    ties = (values == first).sum(axis=1, keepdims=True) > 1
    return np.where((values == first) & ~ties, second, first)


class _Program:
    """The linear program of all that is known."""

    def __init__(self, said: Said, given: _Counts) -> None:
        months, self._k = said.counts.shape
        self._cells = months * self._k
        self._bounds = np.stack([bound.ravel() for bound in said.bounds], axis=1)
        cells = np.arange(self._cells)
        sums = _ones(cells % self._k, cells, (self._k, self._cells))
        self._sums = sums
        year_low, year_high = said.year_bounds(given)
        capped = np.isfinite(year_high)
        self._upper = vstack([sums[np.flatnonzero(capped)], -sums]).tocsr()
        self._at_most = np.concatenate([year_high[capped], -year_low])
        self._totals = _ones(cells // self._k, cells, (months, self._cells)) if said.parts else None
        self._equal = said.counts.sum(axis=1) if said.parts else None

    def room(self, cell: int) -> float:
        """How many values a cell can have."""
        aim = np.zeros(self._cells)
        aim[cell] = 1
        return self._range(aim)

    def room_of_sum(self, category: int) -> float:
        """How many values the year's cell of a category can have."""
        return self._range(self._sums[[category]].toarray().ravel())

    def _range(self, aim: NDArray[np.float64]) -> float:
        least, most = (self._best(sign * aim) for sign in (1, -1))
        return float(np.inf) if most is None or least is None else round(-most - least) + 1.0

    def _best(self, aim: NDArray[np.float64]) -> float | None:
        found = linprog(
            aim,
            A_ub=self._upper,
            b_ub=self._at_most,
            A_eq=self._totals,
            b_eq=self._equal,
            bounds=self._bounds,
            method="highs",
        )
        if found.status == 3:
            return None
        if found.status != 0:
            raise ValueError(f"what is said contradicts the counts: {found.message}")
        return float(found.fun)


def _ones(rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]) -> coo_array:
    return coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
