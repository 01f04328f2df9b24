"""What lifting limits brings: exact, and never more than all of it together."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from insights.analysis.lifting import people_more
from insights.analysis.placing import Pool, best_placing, with_more_places

Index = NDArray[np.int64]


def index(*numbers: int) -> Index:
    return np.array(numbers, np.int64)


#: Five people: the first two could do role 0, the next two role 1, the last one both.
ABLE = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [1, 1]], bool)


class TestWhatItBrings:
    def test_as_many_as_are_let_in_and_could_do_it(self) -> None:
        now, more = people_more(
            ABLE, index(1, 0), [index(0), index(1)], index(1, 9), [index(0), index(1)]
        )
        assert (now, more) == (1, [1, 3])

    def test_together_less_than_the_sum_where_the_same_people_are_let_in(self) -> None:
        limits = [index(0), index(0, 1)]
        __, more = people_more(
            ABLE, index(0, 0), limits, index(3, 5), [index(0), index(1), index(0, 1)]
        )
        assert more == [3, 5, 5]

    def test_any_of_a_groups_roles_shares_its_number(self) -> None:
        __, more = people_more(ABLE, index(0, 0), [index(0, 1)], index(2), [index(0)])
        assert more == [2]

    def test_nothing_where_nothing_is_lifted_or_nobody_waits(self) -> None:
        assert people_more(ABLE, index(1, 1), [], index(), [index()]) == (2, [0])
        nobody = np.zeros((0, 2), bool)
        assert people_more(nobody, index(1, 1), [index(0)], index(3), [index(0)]) == (0, [0])

    @given(st.integers(0, 2**20 - 1), st.lists(st.integers(0, 3), min_size=4, max_size=4))
    def test_as_many_as_adding_the_places_one_by_one(self, bits: int, extra: list[int]) -> None:
        able = np.array([bits >> cell & 1 for cell in range(20)], bool).reshape(5, 4)
        places = index(1, 0, 0, 1)
        limits = [index(role) for role in range(4)]
        now, (more,) = people_more(able, places, limits, np.array(extra), [np.arange(4)])
        placing = best_placing(Pool.of(able, np.ones(5), places))
        gained = 0
        for role, number in enumerate(extra):
            added = with_more_places(placing, role, number)
            placing, gained = added.placing, gained + len(added.people)
        assert more == gained
        assert now + more == int(placing.placed.sum())
