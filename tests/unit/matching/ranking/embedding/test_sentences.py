import pickle
import timeit

import numpy as np
import pytest
from sklearn.base import clone

from matching.ranking.embedding import minilm, multilingual
from matching.ranking.embedding.memory import MEMORY
from matching.ranking.embedding.sentences import (
    ENCODERS,
    Sentences,
    _without_shouting,
    sentences_of,
)

TEXTS = ["Plant trees in the park", "Keep the accounts of a charity", "I like gardening"]


@pytest.mark.parametrize("encoder", ENCODERS)
class TestEveryEncoder:
    def test_rows_are_of_length_1_and_mean_something(self, encoder):
        rows = Sentences(encoder).fit(TEXTS).transform(TEXTS)

        assert rows.dtype == np.float32
        assert rows.shape == (3, len(Sentences(encoder).get_feature_names_out()))
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-3)
        assert rows[2] @ rows[0] > rows[2] @ rows[1]

    def test_a_text_is_the_same_whatever_is_read_with_it(self, encoder, monkeypatch):
        long = "Some people write a page about themselves. " * 80
        together = ENCODERS[encoder].embed([*TEXTS, long], 1)
        alone = [ENCODERS[encoder].embed([text], 1)[0] for text in (*TEXTS, long)]

        assert together == pytest.approx(np.array(alone), abs=1e-4)

    def test_a_text_that_says_nothing_is_a_row_of_zeros(self, encoder):
        rows = Sentences(encoder).transform(["", " \n", "?! …", "tea"])

        assert rows.any(axis=1).tolist() == [False, False, False, True]
        assert Sentences(encoder).transform([]).shape == (0, rows.shape[1])

    def test_spaces_make_no_difference(self, encoder):
        one, other = Sentences(encoder).transform(["plant  trees\n", "plant trees"])

        assert np.array_equal(one, other)

    def test_a_saved_one_is_small(self, encoder):
        fitted = clone(Sentences(encoder)).fit(TEXTS)
        fitted.transform(TEXTS)

        assert len(pickle.dumps(fitted)) < 1000


def test_what_was_read_once_is_not_read_again(monkeypatch):
    text = "Nobody wrote this before: quince jelly for the fair"
    first = Sentences("minilm").transform([text])
    computed = MEMORY.computed
    again = Sentences("minilm").transform([text, text])

    assert MEMORY.computed == computed
    assert np.array_equal(again, np.vstack([first, first]))


def test_the_end_of_a_long_text_counts():
    filler = "We meet on Mondays in the hall and there is tea. " * 60
    dogs, books = minilm.embed([filler + "Walk dogs. " * 40, filler + "Keep accounts. " * 40], 1)

    assert dogs @ books < 0.99


def test_translations_are_close_in_the_multilingual_one():
    garden = ["gardening with children", "બાળકો સાથે બાગકામ", "குழந்தைகளுடன் தோட்டக்கலை"]
    garden += ["grădinărit cu copiii", "ogrodnictwo z dziećmi", "البستنة مع الأطفال"]
    rows = multilingual.embed([*garden, "the yearly accounts of a charity"], 1)

    likeness = rows[1:] @ rows[0]
    assert likeness[:-1].min() > likeness[-1] + 0.02


def test_a_character_that_unfolds_into_many_is_read():
    rows = multilingual.embed(["ﷺ" * 400, "½ ﬁ"], 1)

    assert np.isfinite(rows).all()


@pytest.mark.parametrize("encoder", ENCODERS)
@pytest.mark.encoders
def test_what_is_written_in_capitals_is_read_as_if_it_were_not(encoder):
    shouted, plain = Sentences(encoder).transform(
        ["READING WITH CHILDREN", "reading with children"]
    )

    assert np.array_equal(shouted, plain)


@pytest.mark.encoders
def test_initials_and_capitals_of_german_are_read_as_they_are():
    texts = [
        "IT",
        "it",
        "CISO",
        "ciso",
        "Krankenpfleger",
        "krankenpfleger",
        "NHS nurse",
        "nhs nurse",
    ]
    rows = Sentences("universal").transform(texts)

    assert all(one @ other < 0.999 for one, other in zip(rows[::2], rows[1::2], strict=True))


@pytest.mark.encoders
def test_sentences_one_by_one_are_midway_between_the_whole_and_their_mean():
    sentences = ["Plant trees in the park.", "Read stories with children!", "Keep our accounts"]
    text = f"{sentences[0]} {sentences[1]}\n{sentences[2]}\nTea."
    whole = Sentences().transform([text, *sentences])
    mean = whole[1:].mean(axis=0)
    expected = whole[0] + mean / np.linalg.norm(mean)

    (row,) = Sentences(one_by_one=True).transform([text])
    assert row == pytest.approx(expected / np.linalg.norm(expected), abs=2e-3)
    alone = Sentences(one_by_one=True).transform(["Tea. Plant trees in the park.", "...", ""])
    assert np.array_equal(alone[0], Sentences().transform(["Tea. Plant trees in the park."])[0])
    assert not alone[1:].any()


def test_sentences_end_at_marks_and_lines():
    text = "Reading partner\nListen to children read. Every week!  Tea provided; cake too, always"

    assert sentences_of(text) == ["Listen to children read.", "cake too, always"]
    assert sentences_of("") == sentences_of("-" * 20) == []


def _plainly_without_shouting(text):
    letters = [letter for letter in text if letter.isalpha()]
    shouted = sum(map(str.isupper, letters)) > 0.6 * len(letters)
    return text.lower() if shouted and max(map(len, text.split())) > 5 else text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plant trees",
        "PLANT TREES, DAILY",
        "PLANT TREES in the park",
        "CISO OF IT",
        "ABCDEF ghij",
        "ABCDEF ghijk",
        "ŚWIETLICA DLA DZIECI",
        "Świetlica dla dzieci i Dorosłych",
        "ПОМОЩЬ детям И ВЗРОСЛЫМ",
        "𝐀𝐁𝐂𝐃𝐄𝐅𝐆",
        "123 456789 A",
    ],
)
def test_shouting_is_what_mostly_capitals_are(text):
    assert _without_shouting(text) == _plainly_without_shouting(text)


def test_looking_for_shouting_is_quick():
    text = "Volunteers Meet People in the Park. " * 20
    seconds = min(timeit.repeat(lambda: _without_shouting(text), number=200, repeat=5))
    plainly = min(timeit.repeat(lambda: _plainly_without_shouting(text), number=200, repeat=5))

    assert seconds < plainly / 4


@pytest.mark.parametrize("encoder", [minilm, multilingual])
@pytest.mark.encoders
def test_threads_change_nothing(encoder):
    # Read in three batches or more, so that each thread has some.
    texts = [f"{text} {at}" for at in range(10) for text in TEXTS * 5]

    assert np.array_equal(encoder.embed(texts, 1), encoder.embed(texts, 2))


@pytest.mark.encoders
def test_sentences_that_texts_have_in_common_are_read_once(monkeypatch):
    read: list[str] = []
    embed = minilm.embed

    def noted(texts, threads):
        read.extend(texts)
        return embed(texts, threads)

    monkeypatch.setattr(minilm, "embed", noted)
    for name in ("quince", "medlar"):
        Sentences(one_by_one=True).transform(
            [f"Bring a {name} to us. No experience of jam needed."]
        )

    assert read.count("No experience of jam needed.") == 1
