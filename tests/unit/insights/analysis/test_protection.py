"""Hidden cells stay hidden from somebody who knows the total."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.analysis.protection import MARGIN, Given, Rounding, room, what_to_give

ROUNDING = Rounding(fewest=8, step=5)


def small(counts: list[int]) -> list[bool]:
    return [0 < count < ROUNDING.fewest for count in counts]


def possible_values(counts: list[int], said: list[int]) -> list[set[int]]:
    """Every value of each cell in some table that agrees with all that is said, by trying all."""
    total, most = sum(counts), sum(counts)
    low, high = ROUNDING.bounds(np.array(counts), np.array(said))
    ranges = [
        range(int(least), int(min(top, most)) + 1) for least, top in zip(low, high, strict=True)
    ]
    found: list[set[int]] = [set() for __ in counts]
    for table in product(*ranges[:-1]):
        last = total - sum(table)
        if last in ranges[-1]:
            for cell, value in enumerate((*table, last)):
                found[cell].add(value)
    return found


@given(st.lists(st.integers(0, 16), min_size=1, max_size=5))
@settings(deadline=None, max_examples=150)
def test_whoever_tries_every_table_cannot_narrow_a_hidden_count(counts: list[int]) -> None:
    said = what_to_give(counts, small(counts), ROUNDING).tolist()
    for values, hidden in zip(possible_values(counts, said), small(counts), strict=True):
        if hidden and len(counts) > 1:
            assert len(values) >= min(MARGIN, sum(counts) + 1)


@given(st.lists(st.integers(0, 16), min_size=2, max_size=5))
@settings(deadline=None, max_examples=100)
def test_the_room_is_what_trying_every_table_finds(counts: list[int]) -> None:
    hidden = np.array(small(counts), np.int64)
    found = [len(values) for values in possible_values(counts, hidden.tolist())]
    assert room(np.array(counts), hidden, ROUNDING).tolist() == found


@pytest.mark.parametrize(
    "counts", [[7, 7, 7, 7, 42], [1] * 12, [1] * 7 + [0] * 3, [1, 48, 58], [7, 7, 0, 0]]
)
def test_hiding_alone_would_give_these_away(counts: list[int]) -> None:
    cells, hidden = np.array(counts), np.array(small(counts), np.int64)
    assert room(cells, hidden, ROUNDING)[hidden == Given.SMALL].min() < MARGIN
    said = what_to_give(counts, small(counts), ROUNDING)
    left = room(cells, said, ROUNDING)[said == Given.SMALL]
    assert not len(left) or left.min() >= MARGIN


def test_nothing_is_kept_back_without_need() -> None:
    counts = [3, 4, 5, 60, 70, 80, 0]
    assert what_to_give(counts, small(counts), ROUNDING).tolist() == [1, 1, 1, 0, 0, 0, 0]
    assert what_to_give([40, 50], [False, False], ROUNDING).tolist() == [0, 0]
    assert what_to_give([], [], ROUNDING).tolist() == []


def test_a_cell_that_is_small_in_people_and_not_in_number_counts_as_hidden() -> None:
    assert what_to_give([9, 40, 50], [True, False, False], ROUNDING)[0] != Given.ROUNDED
