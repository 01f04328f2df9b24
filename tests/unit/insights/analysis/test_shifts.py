"""Shifts place as many people as a matching does, and are as few as will do."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from insights.analysis.shifts import NO_SHIFTS, Shifts, best_shifts, placed_in


def masks(*people: list[int]) -> NDArray[np.uint32]:
    return np.array([sum(1 << bit for bit in bits) for bits in people], np.uint32)


def matched(free: NDArray[np.uint32], bits: tuple[int, ...], places: int) -> int:
    """How many a matching places, each shift being as many columns as it has places."""
    able = np.stack([free >> bit & 1 for bit in bits for _ in range(places)], axis=1)
    return int((maximum_bipartite_matching(csr_array(able), perm_type="column") >= 0).sum())


class TestWhoHasAPlace:
    @given(
        st.lists(st.integers(0, 63), min_size=1, max_size=12),
        st.sets(st.integers(0, 5), min_size=1, max_size=3),
        st.integers(1, 4),
    )
    def test_as_many_as_a_matching_places(
        self, free: list[int], bits: set[int], places: int
    ) -> None:
        people, shifts = np.array(free, np.uint32), tuple(sorted(bits))
        assert placed_in(people, shifts, places) == matched(people, shifts, places)


class TestWhichShifts:
    def test_at_the_times_at_which_different_people_are_free(self) -> None:
        free = masks(*[[2, 4]] * 4, *[[2]] * 3, *[[9]] * 4)
        found = best_shifts(free, [2, 4, 9], 4, most=3, least=3, enough=99)
        assert found == Shifts((2, 4, 9), 11)
        assert best_shifts(free, [2, 4, 9], 4, most=2, least=3, enough=99).people == 8

    def test_no_more_than_are_needed(self) -> None:
        free = masks(*[[1]] * 6, *[[5]] * 6)
        assert best_shifts(free, [1, 5], 6, most=3, least=3, enough=6) == Shifts((1,), 6)

    def test_none_that_brings_too_few(self) -> None:
        free = masks(*[[1]] * 6, *[[5]] * 2)
        assert best_shifts(free, [1, 5], 6, most=3, least=3, enough=99).bits == (1,)
        assert best_shifts(free[6:], [1, 5], 6, most=3, least=3, enough=99) == NO_SHIFTS

    @pytest.mark.parametrize("people", [[], [0, 0]])
    def test_nobody_who_said_when_gives_none(self, people: list[int]) -> None:
        free = np.array(people, np.uint32)
        assert best_shifts(free, range(21), 2, most=3, least=1, enough=9) == NO_SHIFTS

    @given(st.lists(st.integers(0, 255), min_size=1, max_size=15))
    def test_the_best_of_all_that_there_are(self, free: list[int]) -> None:
        people = np.array(free, np.uint32)
        found = best_shifts(people, range(8), 2, most=2, least=1, enough=99)
        tried = [placed_in(people, bits, 2) for bits in combinations(range(8), 2)]
        assert found.people == max(tried)
