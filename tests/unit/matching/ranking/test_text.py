import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.utils import estimator_checks
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # carries no types

from matching.ranking.fragments import Fragments
from matching.ranking.suitability import SuitabilityModel
from matching.ranking.text import TextVectors, Words, words_and_fragments

ROLES = [
    "Plant trees and clear litter in the park",
    "Read stories with children at school",
    "Visit lonely older people at home",
    "Cook hot meals for homeless people",
    "Repair bicycles with young people",
    "Help children with homework and reading",
]
#: scikit-learn's own checks that apply to estimators which do not take tables of numbers.
CHECKS = (
    estimator_checks.check_estimator_cloneable,
    estimator_checks.check_estimator_repr,
    estimator_checks.check_no_attributes_set_in_init,
    estimator_checks.check_parameters_default_constructible,
    estimator_checks.check_get_params_invariance,
    estimator_checks.check_set_params,
    estimator_checks.check_do_not_raise_errors_in_init_or_set_params,
    estimator_checks.check_valid_tag_types,
    estimator_checks.check_estimator_tags_renamed,
    estimator_checks.check_mixin_order,
)
TEXT_ESTIMATORS = (Words(), Fragments(), TextVectors(), TextVectors(topics=2))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("estimator", [*TEXT_ESTIMATORS, SuitabilityModel()], ids=repr)
def test_estimators_keep_scikit_learns_conventions(estimator, check):
    check(type(estimator).__name__, clone(estimator))


@pytest.mark.parametrize("estimator", TEXT_ESTIMATORS, ids=repr)
def test_fit_returns_self_and_changes_no_parameter(estimator):
    estimator = clone(estimator)
    before = estimator.get_params(deep=False)

    assert estimator.fit(ROLES) is estimator
    assert estimator.get_params(deep=False) == before
    assert {name for name in vars(estimator) if name not in before} == {
        name for name in vars(estimator) if name.endswith("_")
    }


@pytest.mark.parametrize("estimator", TEXT_ESTIMATORS, ids=repr)
def test_transform_before_fit_is_refused(estimator):
    with pytest.raises(NotFittedError):
        clone(estimator).transform(ROLES)
    with pytest.raises(NotFittedError):
        clone(estimator).get_feature_names_out()


@pytest.mark.parametrize("estimator", TEXT_ESTIMATORS, ids=repr)
def test_transform_is_the_same_for_each_text_alone_and_after_pickling(estimator):
    fitted = clone(estimator).fit(ROLES)
    together = fitted.transform(ROLES).toarray()
    again = pickle.loads(pickle.dumps(fitted)).transform(ROLES).toarray()

    assert np.array_equal(together, again)
    for text, row in zip(ROLES, together, strict=True):
        assert np.array_equal(fitted.transform([text]).toarray()[0], row)


@pytest.mark.parametrize("estimator", TEXT_ESTIMATORS, ids=repr)
def test_columns_have_names(estimator):
    fitted = clone(estimator).fit(ROLES)

    assert len(fitted.get_feature_names_out()) == fitted.transform(ROLES).shape[1]


def _cosine(one, other):
    length = np.linalg.norm(one) * np.linalg.norm(other)
    return float(one @ other / length) if length else 0.0


@pytest.mark.parametrize(("topics", "share"), [(0, 0.0), (2, 0.3)])
def test_product_is_exactly_the_weighted_sum_of_cosines(topics, share):
    """Each block's cosine is computed apart, from the block's own transformer."""
    blocks = words_and_fragments(0.7, 0.3)
    vectors = TextVectors(blocks, topics=topics, topic_weight=share).fit(ROLES)
    people = ["I like reading with children", "trees, trees, trees", "qwertz", "older people"]
    product = (vectors.transform(people) @ vectors.transform(ROLES).T).toarray()

    expected = np.zeros_like(product)
    joined = vectors.union_.transform
    spaces = [
        (t.transform, (1 - share) * w)
        for (_, t), (_, _, w) in zip(vectors.union_.transformer_list, blocks, strict=True)
    ]
    if topics:
        spaces.append((lambda texts: vectors.topics_.transform(joined(texts)), share))
    for transform, weight in spaces:
        ours, theirs = (_dense(transform(texts)) for texts in (people, ROLES))
        expected += weight * np.array([[_cosine(a, b) for b in theirs] for a in ours])

    assert product == pytest.approx(expected, abs=1e-6)
    assert product[0].argmax() in (1, 5)
    assert not product[2].any()


def _dense(vectors):
    return vectors.toarray() if hasattr(vectors, "toarray") else np.asarray(vectors)


def test_weights_of_all_blocks_add_up_to_1():
    vectors = TextVectors(topics=2).fit(ROLES)

    assert sum(vectors.weights_.values()) == pytest.approx(1)
    assert list(vectors.weights_) == list(vectors.columns_) == ["words", "fragments", "topics"]


def test_topics_are_the_same_with_any_number_of_threads():
    rng = np.random.default_rng(0)
    words = np.array([f"word{number}" for number in range(900)])
    texts = [" ".join(rng.choice(words, 40)) for _ in range(400)]

    with threadpool_limits(1):
        one = TextVectors().fit(texts).topics_[0].components_
    with threadpool_limits(2):
        two = TextVectors().fit(texts).topics_[0].components_

    assert np.array_equal(one, two)


def test_few_texts_teach_no_topics():
    assert TextVectors(topics=4).fit(ROLES).topics_ is None
    assert list(TextVectors(topics=4).fit(ROLES).columns_) == ["words", "fragments"]


@pytest.mark.parametrize("weights", [(0.5, 0.6), (1.5, -0.5)])
def test_weights_that_do_not_add_up_are_refused(weights):
    with pytest.raises(ValueError, match="must add up to 1"):
        TextVectors(words_and_fragments(*weights)).fit(ROLES)


class _OneDirection(Words):
    """Stands where an embedder will: a transformer of texts to dense rows of length 1."""

    def transform(self, X):  # noqa: N803  # scikit-learn's name
        return np.ones((len(X), 1), np.float32)

    def get_feature_names_out(self, input_features=None):
        return np.array(["all"], object)


def test_a_further_block_joins_with_its_weight():
    plain = TextVectors(topics=0).fit(ROLES)
    joined = TextVectors(
        [("words", Words(), 0.4), ("fragments", Fragments(), 0.4), ("same", _OneDirection(), 0.2)],
        topics=0,
    ).fit(ROLES)

    product = (joined.transform(ROLES) @ joined.transform(ROLES).T).toarray()
    without = (plain.transform(ROLES) @ plain.transform(ROLES).T).toarray()
    assert product == pytest.approx(0.8 * without + 0.2, abs=1e-5)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.text(max_size=40), max_size=8),
    st.lists(st.text(max_size=40), min_size=1, max_size=4),
)
def test_any_texts_can_be_fitted_and_transformed(texts, others):
    for estimator in (Words(), TextVectors(topics=2)):
        vectors = estimator.fit(texts).transform(others)
        assert vectors.shape[0] == len(others)
        lengths = np.sqrt(vectors.power(2).sum(axis=1))
        assert np.isfinite(lengths).all()
        assert (lengths < 1 + 1e-5).all()


def test_texts_that_are_all_the_same_can_be_fitted():
    vectors = TextVectors().fit(["Plant trees"] * 120)

    both = vectors.transform(["plant trees", "cook"])
    assert (both[[0]] @ both[[0]].T).toarray()[0, 0] == pytest.approx(1, abs=1e-5)
    assert both[[1]].nnz == 0
