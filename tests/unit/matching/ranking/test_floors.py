"""Whoever is given a role that few were given has it among the first places of their list."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.floors import with_floors
from matching.ranking.flow import best_flow

LOOKED_AT, FLOOR = 3, 2


@given(st.integers(0, 10**6))
def test_who_was_given_a_role_with_a_floor_sees_it_first(seed: int) -> None:
    draw = np.random.default_rng(seed)
    n, m = int(draw.integers(6, 15)), int(draw.integers(4, 8))
    people, roles = (side.ravel() for side in np.indices((n, m)))
    values = draw.random(n * m) + (m - roles) / 4
    offered, floors = np.full(n, LOOKED_AT), np.full(m, FLOOR)
    taken = draw.integers(FLOOR, n, m)
    found = best_flow(people, roles, values, offered, taken, floors)
    prices = with_floors(people, roles, values, found.chosen, found.prices, FLOOR)
    assert (prices <= found.prices).all()
    worth = (values - prices[roles]).reshape(n, m)
    chosen = found.chosen.reshape(n, m)
    given_to = chosen.sum(axis=0)
    for person, role in np.argwhere(chosen & (given_to <= FLOOR)):
        assert worth[person, role] >= worth[person][~chosen[person]].max()


def test_a_role_that_many_were_given_keeps_its_price() -> None:
    people, roles = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    values = np.array([1.0, 0.0, 1.0, 0.0])
    chosen = np.array([True, False, True, False])
    prices = np.array([0.5, 0.0])
    assert with_floors(people, roles, values, chosen, prices, floor=1).tolist() == [0.5, 0.0]


def test_a_role_that_suits_less_is_pushed() -> None:
    people, roles = np.array([0, 0]), np.array([0, 1])
    chosen = np.array([False, True])
    prices = with_floors(people, roles, np.array([1.0, 0.0]), chosen, np.zeros(2), floor=1)
    assert prices[0] == 0
    assert -1.01 < prices[1] < -1
