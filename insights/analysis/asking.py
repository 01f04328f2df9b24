"""Not everybody who could do a role asks for it, and one person's not asking says nothing of the
next. So plans are made for some draws of who would: of all pairs of people and roles some, drawn by
the numbers of both, so that they are the same draws each night. What stands first on a person's
list is drawn more often: nobody looks at everything that they could do.

Counting with everybody would make every role look alike: a chain of people who change places fills
each of them on paper. In a draw a role needs as many people who like it as it would in truth
(sample average approximation of the expected number of placements; the mean keeps what
`insights.analysis.role_plan` rests on).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_STEP = np.uint64(0x9E3779B97F4A7C15)


def who_would_ask(
    chances: csc_array | csr_array,
    people: NDArray[np.int64],
    roles: NDArray[np.int64],
    draw: int = 0,
) -> csc_array:
    """Of the pairs of people and roles some, each with its chance, (n × m); another `draw` gives
    others.

    people, roles: numbers that stay the same from night to night, (n,) and (m,).
    """
    pairs = chances.tocoo()
    numbers = roles.astype(np.uint64) + (np.uint64(draw) << np.uint64(48))
    drawn = _drawn(people.astype(np.uint64)[pairs.row], numbers[pairs.col])
    kept = drawn < pairs.data
    shape = chances.shape
    return csc_array((np.ones(kept.sum(), np.bool_), (pairs.row[kept], pairs.col[kept])), shape)


def _drawn(people: NDArray[np.uint64], roles: NDArray[np.uint64]) -> NDArray[np.float64]:
    """A number in [0, 1) for each pair (the mixing function of splitmix64, S. Vigna)."""
    mixed = _mixed(people * _STEP) + roles * _STEP
    return (_mixed(mixed) >> np.uint64(11)).astype(np.float64) / 2.0**53


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _MIX[0]
    numbers = (numbers ^ (numbers >> np.uint64(27))) * _MIX[1]
    return numbers ^ (numbers >> np.uint64(31))
