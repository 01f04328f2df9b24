"""Which roles to create."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.analysis.placing import Pool
from insights.analysis.role_plan import (
    NEARLY,
    exact_plan,
    expected_plan,
    plan_weight,
    role_plan,
)


def borough(seed: int, people: int = 40, roles: int = 6, proposed: int = 12) -> Pool:
    """People with a liking or two each; the last roles are proposed and have no places."""
    random = np.random.default_rng(seed)
    kinds = random.integers(0, 8, (people, 2))
    of_role = random.integers(0, 8, roles + proposed)
    could_do = (kinds[:, :, None] == of_role).any(axis=1)
    places = np.concatenate([random.integers(0, 3, roles), np.zeros(proposed, int)])
    return Pool.of(could_do, 1 + random.random(people), places)


PROPOSED = np.arange(6, 18)


@given(st.integers(0, 5000), st.integers(1, 5))
@settings(deadline=None, max_examples=25)
def test_the_plan_is_near_the_best_there_is(seed: int, most: int) -> None:
    pool, places = borough(seed), np.full(12, 4)
    plan = role_plan(pool, PROPOSED, places, most)
    __, best = exact_plan(pool, PROPOSED, places, most)
    found = sum(role.weight for role in plan)
    assert found <= best + 1e-4
    assert found >= (1 - 1 / np.e) * best - 1e-4


@given(st.integers(0, 5000))
@settings(deadline=None, max_examples=25)
def test_what_the_plan_promises_is_what_solving_again_gives(seed: int) -> None:
    pool, places = borough(seed), np.full(12, 3)
    plan = role_plan(pool, PROPOSED, places, 4)
    roles = [role.role for role in plan]
    again = plan_weight(pool, roles, np.full(len(roles), 3))
    assert sum(role.weight for role in plan) == pytest.approx(again, abs=1e-3)
    people = np.concatenate([np.empty(0, np.int64), *(role.people for role in plan)])
    assert len(np.unique(people)) == len(people)


@given(st.integers(0, 5000))
@settings(deadline=None, max_examples=25)
def test_the_best_comes_first(seed: int) -> None:
    pool = borough(seed)
    plan = role_plan(pool, PROPOSED, np.full(12, 3), 12)
    weights = [role.weight for role in plan]
    assert weights == sorted(weights, reverse=True)
    alone = [plan_weight(pool, [int(role)], np.array([3])) for role in PROPOSED]
    assert (weights[0] if weights else 0) == pytest.approx(max(alone), abs=1e-4)


def test_roles_that_place_nobody_are_not_proposed() -> None:
    pool = Pool.of([[1, 1, 0]], [1.0], [1, 0, 0])
    assert role_plan(pool, np.array([1, 2]), np.array([5, 5]), 2) == []


@given(st.integers(0, 5000))
@settings(deadline=None, max_examples=15)
def test_a_plan_for_several_draws_brings_what_it_says_on_average(seed: int) -> None:
    draws, places = [borough(seed + 1), borough(seed + 2), borough(seed + 3)], np.full(12, 3)
    plan = expected_plan(draws, PROPOSED, places, 3)
    roles = [role.role for role in plan]
    again = [plan_weight(pool, roles, np.full(len(roles), 3)) for pool in draws]
    assert sum(role.weight for role in plan) == pytest.approx(np.mean(again), abs=1e-3)
    alone = [
        np.mean([plan_weight(pool, [int(role)], np.array([3])) for pool in draws])
        for role in PROPOSED
    ]
    assert NEARLY * max(alone) - 1e-3 <= plan[0].weight <= max(alone) + 1e-3


def test_a_plan_for_one_draw_is_the_plan() -> None:
    pool, places = borough(7), np.full(12, 3)
    one = expected_plan([pool], PROPOSED, places, 4)
    plan = role_plan(pool, PROPOSED, places, 4)
    assert [role.role for role in one] == [role.role for role in plan]
    assert [role.placed for role in one] == [len(role.people) for role in plan]
