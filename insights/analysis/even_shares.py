"""Whether shares of several groups differ by more than chance.

Pearson's chi-squared test of a k × 2 table (K. Pearson, "On the criterion that a given system of
deviations from the probable ... can be reasonably supposed to have arisen from random sampling",
Philosophical Magazine 50, 1900), on groups of which at least five are expected on either side
(W. G. Cochran, "Some methods for strengthening the common chi-squared tests", Biometrics 10, 1954).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

#: Fewer expected on either side, and a group is left out.
_EXPECTED = 5.0


@dataclass(frozen=True, slots=True)
class Evenness:
    """chance: how likely shares as unlike as these are where all groups have the same chance.
    farthest: the place of the group that is farthest from all together, and whether it is `above`.
    """

    chance: float
    farthest: int
    above: bool


def evenness(hits: ArrayLike, bases: ArrayLike, slack: float = 0.0) -> Evenness | None:
    """The test of the shares hits / bases, (k,); None where fewer than two groups are large enough,
    or where it is true of all or of none. slack: how far a count may be from the true one by
    rounding; each group is taken to be so much nearer to all together, so that rounding alone makes
    no difference.
    """
    true_of = np.asarray(hits, np.float64)
    of = np.asarray(bases, np.float64)
    kept = np.flatnonzero(of > 0)
    while len(kept) > 1:
        share = true_of[kept].sum() / of[kept].sum()
        large = of[kept] * min(share, 1 - share) >= _EXPECTED
        if large.all():
            break
        kept = kept[large]
    if len(kept) < 2 or not 0 < share < 1:
        return None
    away = true_of[kept] - share * of[kept]
    away = np.sign(away) * np.maximum(np.abs(away) - slack * (1 + share), 0.0)
    squared = float((away**2 / (of[kept] * share * (1 - share))).sum())
    # How far each is from what is expected, by how far chance moves it.
    spread = np.sqrt(of[kept] * share * (1 - share) * (1 - of[kept] / of[kept].sum()))
    # Of two groups both are as far: the first.
    at = int(np.argmax(np.round(np.abs(away) / spread, 9)))
    return Evenness(float(chdtrc(len(kept) - 1, squared)), int(kept[at]), bool(away[at] > 0))
