"""What more places are worth in people, held against placing everybody anew."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.analysis.placing import Pool
from insights.analysis.role_plan import plan_weight
from insights.analysis.worth_of_places import worth_of_places
from tests.unit.insights.analysis.test_role_plan import PROPOSED, borough

ROLES = np.arange(18)


@given(st.integers(0, 5000), st.integers(1, 6))
@settings(deadline=None, max_examples=40)
def test_as_many_as_solving_again_gives_on_average(seed: int, places: int) -> None:
    """Of roles that there are and of proposed ones; however much people weigh."""
    draws = [borough(seed + 1), borough(seed + 2)]
    many, one = worth_of_places(draws, ROLES, places)
    equal = [Pool(pool.could_do, np.ones(len(pool.weights)), pool.places) for pool in draws]
    for said, number in ((many, places), (one, 1)):
        again = [
            np.mean([plan_weight(pool, [int(role)], np.array([number])) for pool in equal])
            for role in ROLES
        ]
        assert said == pytest.approx(np.array(again))


def test_people_move_on_so_that_somebody_else_is_placed() -> None:
    """The first two could do the new role and leave theirs, one after the other, to the others."""
    could_do = [[1, 0, 1], [1, 1, 0], [0, 1, 0], [0, 1, 0]]
    many, one = worth_of_places([Pool.of(could_do, [3, 2, 1, 1], [1, 1, 0])], np.array([2]), 5)
    assert (many.tolist(), one.tolist()) == ([1], [1])


def test_who_asks_for_nothing_is_placed_nowhere() -> None:
    many, one = worth_of_places([Pool.of(np.zeros((2, 3)), [1, 1], [1, 0, 0])], PROPOSED[:0], 5)
    assert (many.tolist(), one.tolist()) == ([], [])
    many, one = worth_of_places([Pool.of(np.zeros((2, 3)), [1, 1], [1, 0, 0])], np.array([2]), 5)
    assert (many.tolist(), one.tolist()) == ([0], [0])
