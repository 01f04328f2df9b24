"""Whether something made a difference: who is compared with whom, and how sure the difference is.

The interval is Newcombe's for the difference between two independent shares, from the score
intervals of Wilson (method 10): R. G. Newcombe, "Interval estimation for the difference between
independent proportions: comparison of eleven methods", Statistics in Medicine 17 (1998), pages 873
to 890. It stays within −1 and 1 and holds for small numbers and shares near 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

#: Fewer than these on either side say nothing.
FEWEST_EACH = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """The share of one side less that of the other, with an interval; all between −1 and 1."""

    value: float
    lowest: float
    highest: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.lowest > 0 or self.highest < 0


def held_back(strata: Sequence[str], share: float, seed: int) -> NDArray[np.bool_]:
    """Draw at random which of n are held back, the same for the same seed, (n,).

    strata: what kind each is, (n,): of each kind the share (0 to 1) is drawn as nearly as whole
    numbers allow, so that both sides are alike in it. Raises ValueError for another share.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share between 0 and 1, not {share}")
    chance = np.random.default_rng(seed)
    kinds = np.asarray(strata, dtype=np.str_)
    drawn = np.zeros(len(kinds), np.bool_)
    for kind in np.unique(kinds):
        rows = np.flatnonzero(kinds == kind)
        number = int(np.floor(share * len(rows) + 0.5))
        drawn[chance.permutation(rows)[:number]] = True
    return drawn


def wilson(hits: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """The score interval of a share. Raises ValueError where `of` is 0 or `hits` no part of it."""
    if of < 1 or not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")
    z = float(ndtri(0.5 + level / 2))
    middle, spread = (
        hits / of + z * z / (2 * of),
        z * sqrt(hits / of * (1 - hits / of) / of + z * z / (4 * of * of)),
    )
    whole = 1 + z * z / of
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def difference(
    hits: int, of: int, other_hits: int, other_of: int, level: float = 0.95
) -> Difference:
    """The share `hits` / `of` less `other_hits` / `other_of`, with Newcombe's interval.

    Raises ValueError as `wilson`.
    """
    low, high = wilson(hits, of, level)
    other_low, other_high = wilson(other_hits, other_of, level)
    share, other = hits / of, other_hits / other_of
    value = share - other
    below = sqrt((share - low) ** 2 + (other_high - other) ** 2)
    above = sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return Difference(value, max(-1.0, value - below), min(1.0, value + above))


def enough(of: int, other_of: int) -> bool:
    """Whether there are enough on both sides to say anything of a difference."""
    return min(of, other_of) >= FEWEST_EACH
