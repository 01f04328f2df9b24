import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.metrics import ndcg_score

from matching.ranking.evaluation import mrr, ndcg_at_k, ranks_of_relevant


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


def _searches(count=30):
    """Scores, grades and what is left out of many small searches, equal scores among them."""
    rng = np.random.default_rng(1)
    for _ in range(count):
        shape = rng.integers(1, 4), rng.integers(3, 40)
        scores = rng.integers(0, 6, shape).astype(np.float32)
        grades = rng.integers(0, 3, shape) * (rng.random(shape) < 0.3)
        yield scores, grades, rng.random(shape) < 0.2


def _ranked(scores, grades, left_out):
    """The gains of each query in order, by plain Python."""
    for row in range(len(scores)):
        order = sorted(np.flatnonzero(~left_out[row]), key=lambda at: (-scores[row, at], at))
        yield grades[row, order]


def test_measures_agree_with_plain_definitions():
    for scores, grades, left_out in _searches():
        found = ranks_of_relevant(scores, csr_array(grades), csr_array(left_out))
        for at, gains in enumerate(_ranked(scores, grades, left_out)):
            relevant = np.flatnonzero(gains) + 1
            if not len(relevant):
                assert np.isnan(found.ndcg()[at])
                assert np.isnan(found.recall()[at])
                continue
            assert found.ndcg(10)[at] == pytest.approx(ndcg_at_k(gains, 10))
            assert found.reciprocal_rank()[at] == pytest.approx(1 / relevant[0])
            precisions = [(relevant <= rank).sum() / rank for rank in relevant]
            assert found.average_precision()[at] == pytest.approx(np.mean(precisions))
            assert found.recall(5)[at] == pytest.approx((relevant <= 5).mean())


def test_means_leave_out_queries_without_anything_relevant():
    scores, grades = np.array([[2.0, 1.0], [2.0, 1.0]]), csr_array([[0, 1], [0, 0]])

    means = ranks_of_relevant(scores, grades).means()
    assert means == pytest.approx(
        {"ndcg@10": 1 / np.log2(3), "mrr": 0.5, "map": 0.5, "recall@50": 1}
    )
    assert np.isnan(ranks_of_relevant(scores, csr_array((2, 2))).means()["map"])


def test_what_is_left_out_takes_no_place():
    scores, grades = np.array([[3.0, 2.0, 1.0]]), csr_array([[2, 0, 1]])
    left_out = csr_array([[1, 0, 0]])

    assert ranks_of_relevant(scores, grades, left_out).ranks.tolist() == [1]


def test_what_has_no_score_comes_last_but_counts():
    scores = np.array([[np.nan, 0.5, -np.inf, 2.0, np.inf]])
    grades = csr_array([[1, 0, 1, 0, 1]])

    found = ranks_of_relevant(scores, grades, csr_array([[0, 1, 0, 0, 0]]))
    assert found.ranks.tolist() == [2, 3, 0]
    assert found.recall()[0] == 1
    assert ranks_of_relevant(np.full((1, 3), np.nan), csr_array([[0, 0, 1]])).ranks == [2]
