"""Somebody who wants to find small counts out: knows all that is published and every total, and
works out what is left by linear programming. Knows nothing of how counts are protected.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from insights.disclosure import Shown, Why

Counts = NDArray[np.int64]
Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]


def read(rows: Sequence[Shown], *, hidden_below: int = 8, rounded_to: int = 5) -> Bounds:
    """The least and the most of each cell, by what a table says."""
    half = (rounded_to - 1) // 2
    low, high = np.zeros(len(rows)), np.full(len(rows), np.inf)
    for place, shown in enumerate(rows):
        if shown.why == Why.FEW:
            low[place], high[place] = 1, hidden_below - 1
        elif shown.value is not None:
            near = shown.value
            low[place] = max(near - half, hidden_below) if near else 0
            high[place] = near + half if near else 0
    return low, high


@dataclass
class Knowledge:
    """Counts that the attacker does not know, (n,), and what they know of them. `truth` is there
    for the judge, and to see quickly that a count has room.
    """

    truth: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    #: Sums of some of them that lie between two numbers: which, the least, the most.
    sums: list[tuple[NDArray[np.int64], float, float]] = field(default_factory=list)
    #: Pairs of which the first is no more than the second.
    within: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, tables: Sequence[tuple[Counts, Bounds]]) -> "Knowledge":
        """What several tables say of their cells, one after the other."""
        truth = np.concatenate([counts for counts, __ in tables]).astype(np.float64)
        low, high = (np.concatenate([bounds[side] for __, bounds in tables]) for side in (0, 1))
        return cls(truth, low, high)

    def add(self, cells: Sequence[int] | NDArray[np.int64], low: float, high: float) -> None:
        """The sum of these cells lies between the two."""
        self.sums.append((np.asarray(cells, np.int64), low, high))

    def values_left(self, hidden: Sequence[Sequence[int]], enough: int = 3) -> list[float]:
        """How many values each of these can have, a cell or the sum of several; `enough` for those
        that can be seen to have as many. Where what the attacker takes for known contradicts the
        truth, they have nothing: inf.
        """
        self._prepare()
        if not self._is_true(self.truth):
            return [np.inf] * len(hidden)
        return [
            float(enough)
            if len(cells) == 1 and self._can_move(cells[0], enough - 1)
            else self._range(cells)
            for cells in hidden
        ]

    def _prepare(self) -> None:
        rows = [one[0] for one in self.sums]
        number = len(self.truth)
        pointer = np.cumsum([0, *(len(cells) for cells in rows)])
        columns = np.concatenate(rows) if rows else np.empty(0, np.int64)
        self._matrix = csr_array((np.ones(len(columns)), columns, pointer), (len(rows), number))
        self._least = np.array([one[1] for one in self.sums])
        self._most = np.array([one[2] for one in self.sums])
        self._of_cell = self._matrix.tocsc()
        pairs = np.array(self.within, np.int64).reshape(-1, 2)
        count = len(pairs)
        steps = np.tile(np.arange(count), 2)
        values = np.concatenate([np.ones(count), -np.ones(count)])
        self._less = csr_array((values, (steps, pairs.T.ravel())), (count, number))

    def _is_true(self, counts: NDArray[np.float64]) -> bool:
        sums = self._matrix @ counts
        return bool(
            (counts >= self.low).all()
            and (counts <= self.high).all()
            and (sums >= self._least).all()
            and (sums <= self._most).all()
            and (self._less @ counts <= 0).all()
        )

    def _can_move(self, cell: int, far: int) -> bool:
        """Whether the cell can differ from the truth by so much in all, in steps that trade with
        one other cell, and everything stays true. A quick way to see room; none is no proof.
        """
        reach = 0
        for sign in (1, -1):
            for step in range(1, far + 1):
                if not self._can_trade(cell, sign * step):
                    break
                reach += 1
        return reach >= far

    def _can_trade(self, cell: int, by: int) -> bool:
        tried = self.truth.copy()
        tried[cell] += by
        if self._is_true(tried):
            return True
        mates = self._mates(cell)
        order = np.argsort(-np.abs(self.high[mates] - self.low[mates]), kind="stable")[:40]
        for mate in mates[order].tolist():
            tried[mate] -= by
            if self._is_true(tried):
                return True
            tried[mate] += by
        return False

    def _mates(self, cell: int) -> NDArray[np.int64]:
        """Cells that share a sum whose value is known exactly."""
        rows = self._of_cell.indices[self._of_cell.indptr[cell] : self._of_cell.indptr[cell + 1]]
        exact = [row for row in rows.tolist() if self._least[row] == self._most[row]]
        cells = np.concatenate([self.sums[row][0] for row in exact] or [np.empty(0, np.int64)])
        return cells[cells != cell]

    def _range(self, cells: Sequence[int]) -> float:
        aim = np.zeros(len(self.truth))
        aim[list(cells)] = 1
        least, most = self._best(aim), self._best(-aim)
        if least is None or most is None:
            return float(np.inf)
        return float(np.floor(-most + 1e-6) - np.ceil(least - 1e-6)) + 1

    def _best(self, aim: NDArray[np.float64]) -> float | None:
        exact = self._least == self._most
        capped = np.flatnonzero(~exact & np.isfinite(self._most))
        loose = np.flatnonzero(~exact)
        found = linprog(
            aim,
            A_ub=vstack([self._matrix[capped], -self._matrix[loose], self._less]).tocsr(),
            b_ub=np.concatenate(
                [self._most[capped], -self._least[loose], np.zeros(self._less.shape[0])]
            ),
            A_eq=self._matrix[np.flatnonzero(exact)],
            b_eq=self._least[exact],
            bounds=np.stack([self.low, self.high], axis=1),
            method="highs",
        )
        return float(found.fun) if found.status == 0 else None
