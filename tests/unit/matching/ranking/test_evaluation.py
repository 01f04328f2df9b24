import numpy as np
import pytest
from sklearn.metrics import ndcg_score

from matching.ranking.evaluation import mrr, ndcg_at_k


def test_ndcg_agrees_with_scikit_learn():
    rng = np.random.default_rng(0)
    for _ in range(20):
        gains = rng.integers(0, 4, 15)
        gains[0] = 3
        shuffled = rng.permutation(gains)
        scores = np.arange(15, 0, -1)
        expected = ndcg_score([shuffled], [scores], k=10)
        assert ndcg_at_k(shuffled, 10) == pytest.approx(expected)


def test_ndcg_counts_what_the_list_left_out():
    assert ndcg_at_k([1, 0], 2, all_gains=[1, 0, 1]) == pytest.approx(1 / (1 + 1 / np.log2(3)))


def test_ndcg_is_not_known_without_anything_relevant():
    assert np.isnan(ndcg_at_k([0, 0], 10))


def test_mrr_is_the_mean_of_the_first_relevant_ranks():
    assert mrr([[0, 1, 1], [1], [0, 0]]) == pytest.approx((0.5 + 1 + 0) / 3)


def test_mrr_of_no_lists_is_not_known():
    assert np.isnan(mrr([]))
