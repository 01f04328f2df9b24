"""A year beside its months gives no small count away."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.analysis.protection import MARGIN, Given, Rounding, what_to_give
from insights.analysis.years import Said, values_left, what_to_give_of_year

ROUNDING = Rounding(fewest=8, step=5)


def said_of(counts: list[list[int]], *, parts: bool) -> Said:
    table = np.array(counts, np.int64)
    small = (table > 0) & (table < ROUNDING.fewest)
    given_ = np.array(
        [
            what_to_give(row, hidden, ROUNDING) if parts else hidden.astype(np.int64)
            for row, hidden in zip(table, small, strict=True)
        ]
    )
    return Said(table, given_, parts, ROUNDING)


def small_sums(said: Said) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return (said.year > 0) & (said.year < ROUNDING.fewest)


def fewest_left(said: Said, given_: np.ndarray[tuple[int], np.dtype[np.int64]]) -> float:
    small = (said.counts > 0) & (said.counts < ROUNDING.fewest)
    return float(values_left(said, given_)[small].min(initial=np.inf))


#: Naive: the year's cells as they are by themselves.
GIVEN_AWAY = [
    # Twice seven: the year says about 15, so each is 6 or 7.
    [[7, 40], [7, 60]],
    # Six hidden months and a hidden year: six or seven ones.
    [[1, 30]] * 6,
]


@pytest.mark.parametrize("counts", GIVEN_AWAY)
@pytest.mark.parametrize("parts", [True, False])
def test_the_year_as_it_is_would_give_months_away_and_gives_way(
    counts: list[list[int]], parts: bool
) -> None:
    said = said_of(counts, parts=parts)
    naive = np.where(small_sums(said), Given.SMALL, Given.ROUNDED).astype(np.int64)
    assert fewest_left(said, naive) < MARGIN
    kept = what_to_give_of_year(said, small_sums(said))
    assert kept[0] == Given.NOTHING
    assert fewest_left(said, kept) >= MARGIN


def test_nothing_is_kept_back_without_need() -> None:
    counts = [[3, 5, 40, 60], [12, 4, 33, 50], [30, 20, 2, 41]]
    said = said_of(counts, parts=True)
    assert what_to_give_of_year(said, small_sums(said)).tolist() == [Given.ROUNDED] * 4


@given(
    st.lists(st.lists(st.integers(0, 14), min_size=3, max_size=3), min_size=2, max_size=4),
    st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_no_small_count_of_any_month_is_narrowed(counts: list[list[int]], parts: bool) -> None:
    said = said_of(counts, parts=parts)
    nothing = np.full(3, Given.NOTHING, np.int64)
    before = values_left(said, nothing)
    after = values_left(said, what_to_give_of_year(said, small_sums(said)))
    small = (said.counts > 0) & (said.counts < ROUNDING.fewest)
    assert (after[small] >= np.minimum(before[small], MARGIN)).all()
