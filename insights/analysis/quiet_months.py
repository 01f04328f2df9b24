"""What of a table must be kept back beside the one of a month before, where few came and went.

Somebody who knows how many people came to be counted and how many ceased to be between two months,
and sees a ward go from "about 10" to "fewer than 8" in a month in which one person left, knows that
there were eight and are seven.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insights.analysis.protection import MARGIN, Given, Rounding, sum_of_others

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]


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


def more_kept_back(moved: Moved) -> list[int]:
    """The places of what is said of the second month that must be kept back, so that of every small
    count of either month `MARGIN` values are left, or as many as who knows the first month and who
    came and went would leave without the second.
    """
    said, more = moved.said_after.copy(), list[int]()
    wanted = np.minimum(MARGIN, _values(moved, np.full_like(said, Given.NOTHING)))
    while _short(moved, said, wanted) and (said != Given.NOTHING).any():
        # The one after which least is missing: of those that do as much, the smallest.
        *__, place = min(
            (_short(moved, _without(said, at), wanted), int(moved.after[at]), at)
            for at in np.flatnonzero(said != Given.NOTHING).tolist()
        )
        said = _without(said, place)
        more.append(place)
    return sorted(more)


def _without(said: Counts, place: int) -> Counts:
    less = said.copy()
    less[place] = Given.NOTHING
    return less


def _short(moved: Moved, said: Counts, wanted: Numbers) -> float:
    """How many values small counts have too few, all together."""
    counts = np.stack([moved.before, moved.after])
    small = (counts > 0) & (counts < moved.rounding.fewest)
    return float(np.maximum(0, wanted - _values(moved, said))[small].sum())


def _values(moved: Moved, said: Counts) -> Numbers:
    """How many values are left for each count, (2 × k)."""
    low, high = moved.rounding.bounds(moved.before, moved.said_before)
    low_after, high_after = moved.rounding.bounds(moved.after, said)
    falls = _most_each(np.maximum(0, low - high_after), moved.went, parts=moved.parts)
    rises = _most_each(np.maximum(0, low_after - high), moved.came, parts=moved.parts)
    tables = (
        (moved.before, np.maximum(low, low_after - rises), np.minimum(high, high_after + falls)),
        (moved.after, np.maximum(low_after, low - falls), np.minimum(high_after, high + rises)),
    )
    return np.stack([_width(*table, parts=moved.parts) for table in tables])


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
