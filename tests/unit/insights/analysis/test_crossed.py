"""A table of parts by times gives nothing of the table of wards away, nor of itself."""

import numpy as np
import pytest
from numpy.typing import NDArray

from insights.analysis.crossed import Linked, kept_back_beside_wards, values_left
from insights.analysis.protection import MARGIN, Rounding, what_to_give

ROUNDING = Rounding(8, 5)
Counts = NDArray[np.int64]


def linked(wards: list[int], part_of: list[int], counts: list[list[int]]) -> Linked:
    small = [0 < count < 8 for count in wards]
    said = what_to_give(wards, small, ROUNDING)
    return Linked(np.array(wards), said, np.array(part_of), np.array(counts), ROUNDING)


def drawn(seed: int) -> Linked:
    """A borough in which people live in wards and are free at times as it happens."""
    chance = np.random.default_rng(seed)
    part_of = np.repeat(np.arange(5), [5, 6, 5, 6, 1])
    wards = chance.poisson(chance.choice([3, 9, 22], len(part_of)))
    free = np.zeros((5, 3), np.int64)
    for ward, people in enumerate(wards):
        at = chance.random((people, 3)) < 0.5
        at[~at.any(axis=1)] = True
        free[part_of[ward]] += at.sum(axis=0)
    return linked(wards.tolist(), part_of.tolist(), free.tolist())


def shown_alone(one: Linked) -> NDArray[np.bool_]:
    kept_back = np.zeros(one.counts.shape, np.bool_)
    kept_back[-1] = True
    return kept_back


def narrowed(one: Linked, kept_back: NDArray[np.bool_]) -> list[int]:
    return [
        place
        for place in np.flatnonzero(one.small).tolist()
        if values_left(one, kept_back, place) < MARGIN
    ]


#: Two wards of 66, as wide as "about 65" can be, and one of 7; all are free in the evening.
SEVEN = linked([67, 7, 40, 40, 0], [0, 0, 1, 1, 2], [[74, 20, 20], [40, 40, 40], [0, 0, 0]])


def test_a_part_that_is_full_of_people_would_give_its_small_ward_away() -> None:
    assert values_left(SEVEN, shown_alone(SEVEN), 1) < MARGIN
    kept_back = kept_back_beside_wards(SEVEN)
    assert narrowed(SEVEN, kept_back) == []
    # No more than it takes: the evening of that part.
    assert kept_back[:-1].sum() == 1
    assert kept_back[0, 0]


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_given_away_and_most_is_said(seed: int) -> None:
    one = drawn(seed)
    kept_back = kept_back_beside_wards(one)
    assert narrowed(one, kept_back) == [] or kept_back.all()
    assert kept_back[-1].all()
    assert kept_back[:-1].mean() < 0.5


def test_the_bounds_are_those_of_every_borough_that_fits() -> None:
    """Held against all boroughs of two wards and one part that say the same."""
    one = linked([3, 9, 0], [0, 0, 1], [[9, 4], [0, 0]])
    kept_back = shown_alone(one)
    # The total, 12, and how many are free at each time, 9 and 4, are known: so are the cells.
    fits = [first for first in range(13) if 1 <= first <= 7 and 8 <= 12 - first <= 12]
    assert values_left(one, kept_back, 0) == len(fits)


def test_a_borough_of_one_part_is_known_as_its_times_are() -> None:
    one = linked([3, 9, 0], [0, 0, 1], [[9, 4], [0, 0]])
    assert kept_back_beside_wards(one).all()
