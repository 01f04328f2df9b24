import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.fragments import Fragments, fragments_of

TEXTS = ["teach children to read", "children play football", "plant a tree", "repair bicycles"]


def _likeness(fragments, one, other):
    both = fragments.transform([one, other])
    return float((both[[0]] @ both[[1]].T).toarray()[0, 0])


def test_fragments_of_a_word_start_and_end_with_a_space():
    assert fragments_of("ab", (3, 4)) == (" ab", "ab ", " ab ")


def test_fragments_of_names_each_once():
    assert fragments_of("aaaa", (3, 3)) == (" aa", "aaa", "aa ")


@pytest.mark.parametrize(
    ("one", "other"), [("tree", "trees"), ("reading", "read"), ("bicycel", "bicycle")]
)
def test_other_forms_of_a_word_meet(one, other):
    fragments = Fragments().fit(TEXTS)

    assert _likeness(fragments, one, other) > 0.3
    assert _likeness(fragments, one, "football") < 0.05


def test_rows_have_length_1_or_0():
    vectors = Fragments().fit(TEXTS).transform([*TEXTS, "", "qqq", "!!"])

    lengths = np.sqrt(vectors.power(2).sum(axis=1))
    assert lengths == pytest.approx([1, 1, 1, 1, 0, 0, 0], abs=1e-6)


def test_a_long_word_does_not_drown_a_short_one():
    """With one word each, the role with the short word is as near as that with the long one."""
    fragments = Fragments().fit(["children", "read", "tea"])

    long_word = _likeness(fragments, "children read", "children")
    short_word = _likeness(fragments, "children read", "read")
    # The fragments' plain sums would differ by the number of fragments: 18 to 12.
    assert short_word > 0.75 * long_word


def test_a_rare_word_weighs_more_than_a_common_one():
    fragments = Fragments().fit(["tea time"] * 9 + ["dog walk"])

    assert _likeness(fragments, "dog tea", "dog") > _likeness(fragments, "dog tea", "tea")


@given(st.lists(st.text(max_size=30), max_size=6), st.lists(st.text(max_size=30), max_size=4))
def test_any_texts_can_be_fitted_and_transformed(texts, others):
    fragments = Fragments().fit(texts)
    vectors = fragments.transform(others)

    assert vectors.shape == (len(others), len(fragments.get_feature_names_out()))
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors.data).all()
