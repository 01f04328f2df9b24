"""Who writes as those do who ticked a kind of work has named it."""

import numpy as np
import pytest

from insights.analysis.written import word_vectors, written_of

GARDEN = ["I like weeding and pruning hedges", "Digging beds, pruning roses, weeding"]
MUSIC = ["I play the guitar and sing in a choir", "Singing songs, guitar, a choir of my own"]
#: Ten who ticked gardening, ten who ticked music, and two who ticked nothing.
TEXTS = (
    GARDEN * 5
    + MUSIC * 5
    + ["Pruning and weeding beds", "I sing in a choir and play the guitar", ""]
)
TICKED = np.zeros((23, 2), np.bool_)
TICKED[:10, 0] = TICKED[10:20, 1] = True


def test_by_words_alone() -> None:
    written = written_of(word_vectors(TEXTS), TICKED)
    assert written[20].tolist() == [True, False]
    assert written[21].tolist() == [False, True]


def test_who_writes_nothing_has_named_nothing() -> None:
    assert not written_of(word_vectors(TEXTS), TICKED)[22].any()


def test_what_too_few_have_ticked_is_not_learned() -> None:
    few = TICKED.copy()
    few[7:10] = False
    assert not written_of(word_vectors(TEXTS), few)[:, 0].any()
    assert written_of(word_vectors(TEXTS), few)[:, 1].any()


@pytest.mark.parametrize("texts", [[], [""], ["", " "], ["word"], ["one", "two"]])
def test_next_to_no_words(texts: list[str]) -> None:
    vectors = word_vectors(texts)
    assert len(vectors) == len(texts)
    assert not written_of(vectors, np.zeros((len(texts), 3), np.bool_)).any()
