"""Which shares of a split table must be kept back, so that nobody who knows its parts and its total
finds out how many of a few people something is true; and beside which of them it may be told of how
many people they are.

As `insights.analysis.protection` does it for counts: whoever knows how many people there are in
each category and of how many in all it is true can, where most categories say 0 or 100 per cent,
work out the others.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from insights.analysis.protection import MARGIN, Rounding, sum_of_others

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


def shares_kept_back(
    hits: ArrayLike, bases: ArrayLike, hidden: ArrayLike, rounding: Rounding
) -> Flags:
    """Which of the shares hits / bases, (k,), to keep back. hidden: which are not told anyhow since
    few people are behind them, (k,).
    """
    table = _Table(np.asarray(hits, np.int64), np.asarray(bases, np.int64), rounding)
    few = np.asarray(hidden, np.bool_)
    kept_back = np.zeros(len(few), np.bool_)
    if table.total_tells():
        return ~kept_back
    while table.values_short(few, kept_back) and not kept_back.all():
        # The one after which least is missing: of those that do as much, one that is told before
        # one that is not, and the fewest people.
        _, _, _, place = min(
            (table.values_short(few, _with(kept_back, at)), bool(few[at]), table.bases[at], at)
            for at in np.flatnonzero(~kept_back).tolist()
        )
        kept_back[place] = True
    return kept_back


def to_tell(
    bases: ArrayLike, may: ArrayLike, without: ArrayLike, beside: ArrayLike, fewest: int
) -> Flags:
    """Of which categories to tell something more, (k,), so that somebody who knows how many people
    there are in all does not find out how many a few people are.

    bases: the true numbers of people, (k,). may: of which it may be told, (k,). without, beside:
    the least and the most that each number can be by what is said without it, and with it, (2, k).
    fewest: fewer people than that are a few.
    """
    counts, given = np.asarray(bases, np.float64), np.array(may, np.bool_)
    bounds = np.asarray(beside, np.float64), np.asarray(without, np.float64)
    few = (counts > 0) & (counts < fewest)

    def room(given: Flags) -> float:
        low, high = np.where(given, *bounds)
        total = counts.sum()
        most = np.minimum(high, total - (low.sum() - low))
        least = np.maximum(low, total - sum_of_others(high))
        return float((most - least + 1)[few].min(initial=MARGIN))

    while given.any() and room(given) < MARGIN:
        places = np.flatnonzero(given).tolist()
        # The one that leaves most room; of those that leave as much, of the fewest people.
        given[max(places, key=lambda at: (room(given & ~_only(at, len(given))), -counts[at]))] = (
            False
        )
    return given


def _only(place: int, length: int) -> Flags:
    flags: Flags = np.arange(length) == place
    return flags


def _with(flags: Flags, place: int) -> Flags:
    more = flags.copy()
    more[place] = True
    return more


class _Table:
    """Shares of k categories, whose parts anybody may know."""

    def __init__(self, hits: Counts, bases: Counts, rounding: Rounding) -> None:
        self.hits, self.bases, self.rounding = hits, bases, rounding
        self.rests = bases - hits
        self._most = np.minimum(MARGIN, np.minimum(hits.sum(), self.rests.sum()) + 1)

    def total_tells(self) -> bool:
        """Whether in all it is true, or not true, of so few that each share says of whom."""
        return any(0 < part.sum() < self.rounding.fewest for part in (self.hits, self.rests))

    def values_short(self, few: Flags, kept_back: Flags) -> int:
        """How many values the categories with few people of whom it is true, or not true, have too
        few, all together.
        """
        low, high = self._bounds(few, kept_back)
        total = self.hits.sum()
        least = np.maximum(low, total - (high.sum() - high))
        most = np.minimum(high, total - (low.sum() - low))
        small = self._is_small(self.hits) | self._is_small(self.rests)
        left = [
            self._values(place, int(least[place]), int(most[place]), bool(kept_back[place]))
            for place in np.flatnonzero(small).tolist()
        ]
        wanted = np.minimum(self._most, self.bases[small] + 1).tolist()
        return sum(max(0, want - have) for want, have in zip(wanted, left, strict=True))

    def _is_small(self, counts: Counts) -> Flags:
        flags: Flags = (counts > 0) & (counts < self.rounding.fewest)
        return flags

    def _bounds(self, few: Flags, kept_back: Flags) -> tuple[Counts, Counts]:
        """The least and the most of each category of which it can be true, by what is said."""
        fewest, half = self.rounding.fewest, self.rounding.step // 2
        near = self.rounding.step * ((self.hits + half) // self.rounding.step)
        low = np.where(self.hits == 0, 0, np.maximum(near - half, fewest))
        high = np.where(self.hits == 0, 0, np.minimum(near + half, self.bases - fewest))
        low = np.where(self.rests == 0, self.bases, low)
        high = np.where(self.rests == 0, self.bases, high)
        # Few say it, or few do not: where there are enough in all, not none and not all.
        inside = few & (self.bases >= fewest)
        low, high = np.where(inside, 1, low), np.where(inside, self.bases - 1, high)
        free = kept_back | (few & ~inside)
        return np.where(free, 0, low), np.where(free, self.bases, high)

    def _values(self, place: int, least: int, most: int, kept_back: bool) -> int:
        """How many numbers of a small category lie between two."""
        base, fewest = int(self.bases[place]), self.rounding.fewest
        if kept_back or base < 2 * fewest:
            return most - least + 1
        # Fewer than `fewest` of them, or all but as many.
        return sum(it < fewest or base - it < fewest for it in range(least, most + 1))
