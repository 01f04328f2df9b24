"""The highest of each row, whatever the number of columns and however many are equal."""

import numpy as np
import pytest

from matching.ranking.selection import best_columns, reached_by


@pytest.mark.parametrize("columns", [3, 50, 51, 400, 401, 1237])
def test_the_best_are_those_of_a_full_sort(columns: int) -> None:
    rng = np.random.default_rng(columns)
    order = rng.integers(0, 300, (20, columns)).astype(np.float32)
    order[rng.random(order.shape) < 0.5] = -np.inf
    found = best_columns(order, np.arange(20), np.arange(columns), 50)
    for row, chosen in zip(order, found, strict=True):
        best = np.sort(row[row > -np.inf])[::-1][:50]
        assert row[chosen[chosen >= 0]].tolist() == best.tolist()


@pytest.mark.parametrize(("columns", "k"), [(50, 50), (51, 50), (1237, 50), (5000, 7)])
def test_at_least_k_reach_it_and_few_more(columns: int, k: int) -> None:
    order = np.random.default_rng(k).random((30, columns))
    reached = (order >= reached_by(order, k)).sum(axis=1)
    assert reached.min() >= k
    assert reached.mean() <= 1.3 * k
