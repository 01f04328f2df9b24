"""What of a table must be kept back beside the one of a month before, where few came and went.

Somebody who knows how many people came to be counted and how many ceased to be between two months,
and sees a ward go from "about 10" to "fewer than 8" in a month in which one person left, knows that
there were eight and are seven. A share that goes from 50 per cent to "too few people" tells the
same of those of whom it is true, or of the others.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from insights.analysis.protection import MARGIN, Given, Rounding, sum_of_others

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Bounds = tuple[Numbers, Numbers]


class Months(Protocol):
    """A table of k categories at the ends of two months."""

    @property
    def said_after(self) -> Counts:
        """What is said of each at the second by itself, of `Given`, (k,)."""

    @property
    def people(self) -> Counts:
        """How many people each has at the second, (k,)."""

    @property
    def small(self) -> Flags:
        """Which counts must not be found out, (2 × k)."""

    def values(self, said: Counts) -> Numbers:
        """How many values are left for each count, (2 × k), where `said` is said of the second."""


@dataclass(frozen=True, eq=False)
class Moved:
    """A table at the ends of two months. before, after: true counts, (k,). said_before, said_after:
    of `Given`, what is said of each, (k,). came, went: how many people, in all. parts: whether each
    is in one category, so that they add up.
    """

    before: Counts
    said_before: Counts
    after: Counts
    said_after: Counts
    came: int
    went: int
    parts: bool
    rounding: Rounding

    @property
    def people(self) -> Counts:
        return self.after

    @property
    def small(self) -> Flags:
        return _are_small(np.stack([self.before, self.after]), self.rounding)

    def values(self, said: Counts) -> Numbers:
        before, after = _narrowed(
            self.rounding.bounds(self.before, self.said_before),
            self.rounding.bounds(self.after, said),
            (self.came, self.went),
            parts=self.parts,
        )
        return np.stack(
            [
                _width(self.before, *before, parts=self.parts),
                _width(self.after, *after, parts=self.parts),
            ]
        )


@dataclass(frozen=True, eq=False)
class Shares:
    """Shares of categories at the end of a month: hits of bases, true counts, (k,). said: of
    `Given`, what is said of each, SMALL where few people are behind it, (k,).
    """

    hits: Counts
    bases: Counts
    said: Counts

    def bounds(self, said: Counts, rounding: Rounding) -> Bounds:
        """The least and the most of which it can be true, for somebody who knows how many people
        there are, and which part of a share that is not told is the small one.
        """
        fewest, others = rounding.fewest, self.bases - self.hits
        low, high = rounding.bounds(self.hits, np.full_like(said, Given.ROUNDED))
        high = np.where(self.hits == 0, 0, np.minimum(high, self.bases - fewest))
        low, high = (np.where(others == 0, self.bases, side) for side in (low, high))
        # Where both parts may be small, few behind it says only that there are some of each.
        few, either = said == Given.SMALL, self.bases < 2 * fewest
        few_hits = few & ~either & (self.hits < fewest)
        few_others = few & ~either & ~few_hits
        nothing = (said == Given.NOTHING) | (few & (self.bases < fewest))
        cases = [nothing, few & either, few_hits, few_others]
        ones = np.ones(len(said))
        return (
            np.select(cases, [0 * ones, ones, ones, self.bases - fewest + 1.0], low),
            np.select(
                cases, [self.bases, self.bases - 1, (fewest - 1) * ones, self.bases - 1], high
            ),
        )


@dataclass(frozen=True, eq=False)
class MovedShares:
    """Shares at the ends of two months. hits, others: how many people came to be, and ceased to be,
    among those of whom it is true, and among the others. parts: whether each is in one category.
    """

    before: Shares
    after: Shares
    hits: tuple[int, int]
    others: tuple[int, int]
    parts: bool
    rounding: Rounding

    @property
    def said_after(self) -> Counts:
        return self.after.said

    @property
    def people(self) -> Counts:
        return self.after.bases

    @property
    def small(self) -> Flags:
        hits = np.stack([self.before.hits, self.after.hits])
        others = np.stack([self.before.bases, self.after.bases]) - hits
        return _are_small(hits, self.rounding) | _are_small(others, self.rounding)

    def values(self, said: Counts) -> Numbers:
        rounding, parts = self.rounding, self.parts
        one = self.before.bounds(self.before.said, rounding)
        two = self.after.bounds(said, rounding)
        # Each narrows the other down: two rounds find what there is.
        for __ in range(2):
            one, two = _narrowed(one, two, self.hits, parts=parts)
            others = _others(one, self.before), _others(two, self.after)
            others = _narrowed(*others, self.others, parts=parts)
            one, two = _others(others[0], self.before), _others(others[1], self.after)
        return np.stack(
            [
                _width(self.before.hits, *one, parts=parts),
                _width(self.after.hits, *two, parts=parts),
            ]
        )


def more_kept_back(moved: Months) -> list[int]:
    """The places of what is said of the second month that must be kept back, so that of every small
    count of either month `MARGIN` values are left, or as many as who knows the first month and who
    came and went would leave without the second.
    """
    said, more = moved.said_after.copy(), list[int]()
    wanted = np.minimum(MARGIN, moved.values(np.full_like(said, Given.NOTHING)))
    while _short(moved, said, wanted) and (said != Given.NOTHING).any():
        # The one after which least is missing: of those that do as much, the smallest.
        *__, place = min(
            (_short(moved, _without(said, at), wanted), int(moved.people[at]), at)
            for at in np.flatnonzero(said != Given.NOTHING).tolist()
        )
        said = _without(said, place)
        more.append(place)
    return sorted(more)


def _without(said: Counts, place: int) -> Counts:
    less = said.copy()
    less[place] = Given.NOTHING
    return less


def _short(moved: Months, said: Counts, wanted: Numbers) -> float:
    """How many values small counts have too few, all together."""
    return float(np.maximum(0, wanted - moved.values(said))[moved.small].sum())


def _are_small(counts: Counts, rounding: Rounding) -> Flags:
    found: Flags = (counts > 0) & (counts < rounding.fewest)
    return found


def _others(bounds: Bounds, month: Shares) -> Bounds:
    """Of the others from those of whom it is true, or of these from the others."""
    low, high = bounds
    return month.bases - high, month.bases - low


def _narrowed(
    before: Bounds, after: Bounds, came_and_went: tuple[int, int], *, parts: bool
) -> tuple[Bounds, Bounds]:
    """The bounds of two months, by what is known of how many came and went in all."""
    (low, high), (low_after, high_after), (came, went) = before, after, came_and_went
    falls = _most_each(np.maximum(0, low - high_after), went, parts=parts)
    rises = _most_each(np.maximum(0, low_after - high), came, parts=parts)
    return (
        (np.maximum(low, low_after - rises), np.minimum(high, high_after + falls)),
        (np.maximum(low_after, low - falls), np.minimum(high_after, high + rises)),
    )


def _width(counts: Counts, low: Numbers, high: Numbers, *, parts: bool) -> Numbers:
    if parts:
        # Their total may be known, too.
        total = counts.sum()
        low, high = (
            np.maximum(low, total - sum_of_others(high)),
            np.minimum(high, total - sum_of_others(low)),
        )
    return high - low + 1


def _most_each(needed: Numbers, in_all: int, *, parts: bool) -> Numbers:
    """By how many people at most each category can have changed in one direction, where these are
    the fewest by which each must have.
    """
    if not parts:
        return np.full(len(needed), float(in_all))
    most: Numbers = in_all - (needed.sum() - needed)
    return most
