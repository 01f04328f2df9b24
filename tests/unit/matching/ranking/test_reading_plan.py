import numpy as np
import pytest
from sklearn.base import clone

from matching.ranking.reading_plan import Beginnings, planned
from matching.ranking.text import Words

BLOCKS = ["words", "fragments", "english", "cause", "universal", "multilingual"]
ENGLISH = [f"People who help others with the shopping and the garden, week {at}" for at in range(9)]
GUJARATI = [f"બાળકો સાથે બાગકામ અને વાંચન {at}" for at in range(3)]


def _cost(texts, per_character):
    return per_character * sum((len(text) + len(text.encode())) / 2 for text in texts)


def test_of_a_small_search_everything_is_read():
    plan = planned(ENGLISH, GUJARATI, BLOCKS)

    assert plan.ours == plan.alone == set(BLOCKS)
    assert set(plan.texts) == {"minilm", "universal", "multilingual"}
    assert all(set(texts) == {*ENGLISH, *GUJARATI} for texts in plan.texts.values())
    assert plan.longest is None
    assert plan.said == ()


def test_without_encoders_nothing_is_read():
    plan = planned(ENGLISH, ENGLISH, ["words"], most=0.0)

    assert plan.ours == plan.alone == {"words"}
    assert plan.texts == {}


def test_what_counts_for_nothing_is_left_out_first():
    everything = _cost(ENGLISH, 1.4e-4 + 1.1e-4 + 1.6e-5)
    plan = planned(ENGLISH, ENGLISH, BLOCKS, most=0.9 * everything)

    assert plan.ours == plan.alone == set(BLOCKS) - {"multilingual"}
    assert set(plan.texts) == {"minilm", "universal"}
    assert plan.said == ("multilingual is left out: it would count 0.000 of 1",)


def test_an_encoder_reads_what_it_counts_for_where_it_cannot_read_all():
    texts = ENGLISH[:4] + GUJARATI
    most = _cost(texts, 1.4e-4) + 0.8 * _cost(texts, 1.1e-4 + 1.6e-5)
    plan = planned(texts, texts, BLOCKS, most=most)

    assert plan.ours == set(BLOCKS)
    assert "multilingual" in plan.alone
    assert not {"english", "cause"} & plan.alone
    assert set(plan.texts["multilingual"]) == set(texts)
    assert set(plan.texts["minilm"]) == set(ENGLISH[:4])
    assert plan.said == ("minilm reads only what it counts for, and has no line of its own",)


@pytest.mark.parametrize(
    ("most", "longest"), [(100.0, None), (1.0, 2000), (0.5, 2000), (0.25, 1000), (0.0, 500)]
)
def test_beginnings_are_read_where_there_is_still_too_much(most, longest):
    texts = [f"{text}. " * 100 for text in ENGLISH[:4]]
    plan = planned(texts, texts[:1], ["words", "english"], most=most)

    assert plan.longest == longest
    assert plan.texts["minilm"] == [text[:longest] for text in plan.texts["minilm"]]
    assert plan.begun(texts) == [text[:longest] for text in texts]
    assert plan.one_by_one == (most >= 1)
    assert ("minilm reads no sentences one by one" in plan.said) == (most < 1)
    assert any("first" in said for said in plan.said) == (longest is not None)


def test_short_texts_are_rather_read_whole_than_one_by_one():
    plan = planned(ENGLISH, ENGLISH[:1], ["english"], most=0.6 * _cost(ENGLISH, 1.1e-4))

    assert plan.longest is None
    assert not plan.one_by_one
    assert plan.said == ("minilm reads no sentences one by one",)


def test_texts_are_read_once_the_longest_first():
    plan = planned(["a", "bbb"], ["a", "cc"], BLOCKS)

    assert plan.texts["minilm"] == ["bbb", "cc", "a"]


def test_a_block_of_beginnings_is_the_block_of_cut_texts():
    texts = ["garden work forever", "garden reading"]
    whole = Words().fit([text[:11] for text in texts])
    cut = clone(Beginnings(Words(), 11)).fit(texts)

    expected = whole.transform([text[:11] for text in texts]).toarray()
    assert np.array_equal(cut.transform(texts).toarray(), expected)
    assert list(cut.get_feature_names_out()) == list(whole.get_feature_names_out())
    assert not hasattr(cut, "roles")
