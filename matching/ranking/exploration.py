"""Let chance decide a small share of the places on a list, so that learning can tell what people
wanted from what happened to be on top. numpy only.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Lists are read so many places at a time, and places change within them alone.
PAGE = 10


def randomise(
    indices: ArrayLike, seed: int | Sequence[int], share: float, *, page: int = PAGE
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Swap two places on a stated share of pages, and say how probable each place was.

    indices: one list, (k,), best first, -1 where there is none; whatever stands on it may be shown,
    nothing is added or lost. seed: the same gives the same, so that a page that is loaded again
    stays as it is. share: with this probability two of a page's places, each pair as likely, are
    swapped; so 2 × share / `page` of all places are moved.

    Gives the list as it is to be shown, (k,), and the exact probability, in (0, 1], with which each
    of its roles came to where it is, (k,); 1 for -1. Raises ValueError for a share outside [0, 1).
    """
    if not 0 <= share < 1:
        raise ValueError(f"a share is at least 0 and less than 1: {share}")
    shown = np.array(indices, np.int64)
    propensities = np.ones(len(shown))
    there = np.flatnonzero(shown >= 0)
    draw = np.random.default_rng(seed)
    for first in range(0, len(there), page):
        places = there[first : first + page]
        if len(places) < 2 or share == 0:
            continue
        propensities[places] = 1 - share * 2 / len(places)
        if draw.random() < share:
            pair = draw.choice(places, 2, replace=False)
            shown[pair] = shown[pair[::-1]]
            propensities[pair] = share * 2 / (len(places) * (len(places) - 1))
    return shown, propensities
