import numpy as np

from matching.ranking import text_memory
from matching.ranking.text import TextVectors, words_and_fragments
from matching.ranking.text_memory import TextMemory

TEXTS = ["plant trees", "read with children", "cook meals", "plant flowers", "repair bicycles"]


class _Counting:
    """Fitted vectors that count the texts they were asked for."""

    def __init__(self):
        self.vectors = TextVectors(words_and_fragments()).fit(TEXTS)
        self.asked = []

    def transform(self, texts):
        self.asked.extend(texts)
        return self.vectors.roles(texts)


def test_remember_computes_each_text_once():
    counting = _Counting()
    memory = TextMemory()

    memory.remember(TEXTS[:3], counting.transform)
    memory.remember([TEXTS[3], TEXTS[1], TEXTS[3]], counting.transform)

    assert counting.asked == TEXTS[:4]


def test_remember_gives_rows_in_the_order_asked():
    counting = _Counting()
    memory = TextMemory()
    memory.remember(TEXTS, counting.transform)

    roles = memory.remember([TEXTS[4], "", TEXTS[0]], counting.transform)

    expected = counting.vectors.roles([TEXTS[4], "", TEXTS[0]])
    assert roles.said.tolist() == [True, False, True]
    assert np.array_equal(roles.sparse.toarray(), expected.sparse.toarray())
    assert np.array_equal(roles.dense, expected.dense)


def test_remember_no_texts():
    counting = _Counting()

    nothing = TextMemory().remember([], counting.transform)

    assert len(nothing) == 0
    assert nothing.sparse.shape == (0, counting.vectors.roles([""]).sparse.shape[1])


def test_memory_starts_afresh_rather_than_grow_for_ever(monkeypatch):
    monkeypatch.setattr(text_memory, "_MOST_TEXTS", 3)
    counting = _Counting()
    memory = TextMemory()
    memory.remember(TEXTS[:3], counting.transform)

    roles = memory.remember(TEXTS[3:], counting.transform)
    memory.remember(TEXTS[:1], counting.transform)

    assert counting.asked == [*TEXTS, TEXTS[0]]
    assert roles.said.tolist() == [True, True]
