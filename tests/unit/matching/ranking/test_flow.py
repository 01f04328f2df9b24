"""The exact flow, against other solvers and by the conditions that only the best flow meets."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching.ranking.flow import STEPS, best_flow


def board(seed: int, people: int, roles: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every pair of a random board: people, roles, values."""
    draw = np.random.default_rng(seed)
    rows, columns = np.divmod(np.arange(people * roles), roles)
    return rows, columns, draw.random(people * roles).round(3)


def test_one_unit_each_is_the_assignment_that_scipy_finds() -> None:
    rows, columns, values = board(1, 12, 7)
    found = best_flow(rows, columns, values, np.ones(12, int), np.ones(7, int))
    table = values.reshape(12, 7)
    best = table[linear_sum_assignment(table, maximize=True)].sum()
    assert values[found.chosen].sum() == pytest.approx(best)
    assert found.chosen.sum() == 7


def test_nobody_gives_and_no_role_takes_more_than_it_may() -> None:
    rows, columns, values = board(2, 20, 5)
    offered, taken = np.arange(20) % 3, np.array([0, 1, 2, 30, 4])
    found = best_flow(rows, columns, values, offered, taken)
    assert (np.bincount(rows[found.chosen], minlength=20) <= offered).all()
    assert (np.bincount(columns[found.chosen], minlength=5) <= taken).all()


def test_a_floor_comes_before_value() -> None:
    rows, columns, values = board(3, 6, 3)
    values = np.where(columns == 2, values - 2, values)
    without = best_flow(rows, columns, values, np.ones(6, int), np.full(3, 6))
    with_floor = best_flow(
        rows, columns, values, np.ones(6, int), np.full(3, 6), np.array([0, 0, 2])
    )
    assert (columns[without.chosen] != 2).all()
    assert (columns[with_floor.chosen] == 2).sum() == 2


def test_no_pair_of_negative_value_without_a_floor() -> None:
    found = best_flow(
        np.array([0, 1]), np.array([0, 0]), np.array([0.5, -0.5]), np.ones(2, int), np.array([2])
    )
    assert found.chosen.tolist() == [True, False]


def test_an_empty_board() -> None:
    none = np.zeros(0, int)
    found = best_flow(none, none, np.zeros(0), np.ones(3, int), np.zeros(2, int))
    assert not len(found.chosen)
    assert found.prices.tolist() == [0, 0]


def test_a_scarce_role_costs_what_the_first_left_out_would_give() -> None:
    values = np.array([0.9, 0.7, 0.4])
    found = best_flow(np.arange(3), np.zeros(3, int), values, np.ones(3, int), np.array([2]))
    assert found.prices[0] == pytest.approx(0.4)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 6), st.integers(1, 3))
def test_prices_hold_the_flow(seed: int, people: int, roles: int, units: int) -> None:
    """Complementary slackness: only full roles cost anything; who has a pair values it at its price
    at least; who was left out would get no more for the price than the least that they have.
    """
    rows, columns, values = board(seed, people, roles)
    draw = np.random.default_rng(seed + 1)
    offered, taken = np.full(people, units), draw.integers(0, people, roles)
    found = best_flow(rows, columns, values, offered, taken)
    net = values - found.prices[columns]
    slack = 3 / STEPS
    carried = np.bincount(columns[found.chosen], minlength=roles)
    assert (found.prices[carried < taken] == 0).all()
    assert (net[found.chosen] >= -slack).all()
    for person in range(people):
        mine = rows == person
        has, left_out = net[mine & found.chosen], net[mine & ~found.chosen]
        least = has.min() if len(has) == units else 0.0
        assert (left_out <= max(least, 0) + slack).all()
