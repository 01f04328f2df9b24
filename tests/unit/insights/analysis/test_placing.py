"""Who would be placed, and what a place is worth: each answer checked by solving again."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from insights.analysis.placing import (
    NOWHERE,
    Pool,
    best_placing,
    most_that_places_bring,
    with_more_places,
    worth_of_a_place,
)


@st.composite
def pools(draw: st.DrawFn, most_people: int = 9, most_roles: int = 5) -> Pool:
    n, m = draw(st.integers(1, most_people)), draw(st.integers(1, most_roles))
    seed = draw(st.integers(0, 10_000))
    chance = draw(st.sampled_from([0.15, 0.4, 0.8]))
    random = np.random.default_rng(seed)
    return Pool.of(
        random.random((n, m)) < chance,
        random.integers(1, 6, n) / 2,
        random.integers(0, 3, m),
    )


def by_assignment(pool: Pool) -> float:
    """The best weight by another way: a table of people and single places."""
    could_do: NDArray[np.bool_] = pool.could_do.toarray()
    table = np.repeat(could_do * pool.weights[:, None], pool.places, axis=1)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return float(table[rows, columns].sum())


def with_places(pool: Pool, role: int, more: int) -> Pool:
    places = pool.places.copy()
    places[role] += more
    return Pool(pool.could_do, pool.weights, places)


@given(pools())
@settings(deadline=None, max_examples=60)
def test_the_placing_is_allowed_and_the_best(pool: Pool) -> None:
    placing = best_placing(pool)
    rows = np.flatnonzero(placing.placed)
    assert pool.could_do.toarray()[rows, placing.role_of[rows]].all()
    taken = np.bincount(placing.role_of[rows], minlength=len(pool.places))
    assert (taken <= pool.places).all()
    assert placing.weight == pytest.approx(by_assignment(pool), abs=1e-4)


@given(pools())
@settings(deadline=None, max_examples=60)
def test_a_place_is_worth_what_solving_again_gives(pool: Pool) -> None:
    placing = best_placing(pool)
    for role, worth in enumerate(worth_of_a_place(placing)):
        again = by_assignment(with_places(pool, role, 1))
        assert worth == pytest.approx(again - placing.weight, abs=1e-4)


@given(pools(), st.integers(0, 4), st.integers(1, 4))
@settings(deadline=None, max_examples=60)
def test_more_places_bring_what_solving_again_gives(pool: Pool, role: int, more: int) -> None:
    role %= len(pool.places)
    placing = best_placing(pool)
    added = with_more_places(placing, role, more)
    again = by_assignment(with_places(pool, role, more))
    assert added.placing.weight == pytest.approx(again, abs=1e-4)
    assert added.weight == pytest.approx(again - placing.weight, abs=1e-4)
    assert (added.placing.placed | ~placing.placed).all(), "somebody lost a place"
    taken = np.bincount(added.placing.role_of[added.placing.placed], minlength=len(pool.places))
    assert (taken <= with_places(pool, role, more).places).all()


def test_a_place_for_somebody_who_has_one_frees_theirs() -> None:
    # The second person could do only the first role, which the first person has.
    pool = Pool.of([[1, 1], [1, 0]], [2, 1], [1, 0])
    placing = best_placing(pool)
    assert placing.role_of.tolist() == [0, NOWHERE]
    assert worth_of_a_place(placing).tolist() == [1, 1]
    added = with_more_places(placing, 1, 1)
    assert (added.people.tolist(), added.placing.role_of.tolist()) == ([1], [1, 0])


def test_nobody_and_nothing() -> None:
    nobody = best_placing(Pool.of(np.zeros((0, 2)), [], [1, 1]))
    assert worth_of_a_place(nobody).tolist() == [0, 0]
    assert best_placing(Pool.of(np.zeros((2, 0)), [1, 1], [])).weight == 0


@pytest.mark.parametrize(
    ("weights", "places"), [([1], [1]), ([1, 1], [1, 1]), ([1, 0], [1]), ([1, 1], [-1])]
)
def test_what_does_not_fit_together_is_refused(weights: list[int], places: list[int]) -> None:
    with pytest.raises(ValueError, match=r"people|weights"):
        Pool.of([[1], [1]], weights, places)


@given(pools(), st.integers(0, 4), st.integers(1, 4))
@settings(deadline=None, max_examples=60)
def test_the_quick_bound_holds(pool: Pool, role: int, more: int) -> None:
    role %= len(pool.places)
    placing = best_placing(pool)
    bound = most_that_places_bring(placing, role, more)
    assert bound >= with_more_places(placing, role, more).weight - 1e-9
