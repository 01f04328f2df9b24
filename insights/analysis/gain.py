"""What a change brought, by seasons that were simulated with and without it."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

#: How sure the interval is.
CONFIDENCE = 0.95
#: Fewer seasons say nothing of how much chance does.
FEWEST_SEASONS = 3


@dataclass(frozen=True, slots=True)
class Gain:
    """Means over seasons, in placements: without the change, with it, and the difference with its
    interval, by Student's t over the pairs of seasons.
    """

    without: float
    with_it: float
    low: float
    high: float

    @property
    def gained(self) -> float:
        return self.with_it - self.without

    @property
    def is_sure(self) -> bool:
        """Whether the interval leaves out that nothing changes."""
        return self.low > 0 or self.high < 0


def gain(without: ArrayLike, with_it: ArrayLike) -> Gain | None:
    """From placements by season, in the same order; None for fewer than `FEWEST_SEASONS`."""
    before, after = np.asarray(without, np.float64), np.asarray(with_it, np.float64)
    seasons = len(before)
    if seasons < FEWEST_SEASONS:
        return None
    difference = after - before
    mean = float(difference.mean())
    spread = float(difference.std(ddof=1)) / sqrt(seasons)
    reach = spread * float(stdtrit(seasons - 1, (1 + CONFIDENCE) / 2))
    return Gain(float(before.mean()), float(after.mean()), mean - reach, mean + reach)
