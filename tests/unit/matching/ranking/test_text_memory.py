import numpy as np
from scipy.sparse import csr_array

from matching.ranking import text_memory
from matching.ranking.text import TextVectors
from matching.ranking.text_memory import TextMemory

TEXTS = ["plant trees", "read with children", "cook meals", "plant flowers", "repair bicycles"]


class _Counting:
    """Fitted vectors that count the texts they were asked for."""

    def __init__(self):
        self.vectors = TextVectors(topics=0).fit(TEXTS)
        self.columns = len(self.vectors.get_feature_names_out())
        self.asked = []

    def transform(self, texts):
        self.asked.extend(texts)
        return self.vectors.transform(texts)


def test_remember_computes_each_text_once():
    counting = _Counting()
    memory = TextMemory(counting.columns)

    memory.remember(TEXTS[:3], counting.transform)
    memory.remember([TEXTS[3], TEXTS[1], TEXTS[3]], counting.transform)

    assert counting.asked == TEXTS[:4]


def test_remember_gives_rows_in_the_order_asked():
    counting = _Counting()
    memory = TextMemory(counting.columns)
    memory.remember(TEXTS, counting.transform)

    roles = memory.remember([TEXTS[4], "", TEXTS[0]], counting.transform)

    expected = counting.vectors.transform([TEXTS[4], "", TEXTS[0]])
    assert roles.said.tolist() == [True, False, True]
    for role in range(3):
        columns, values = roles.row(role)
        assert columns.tolist() == expected[[role]].indices.tolist()
        assert values.tolist() == expected[[role]].data.tolist()


def test_products_are_the_same_for_one_person_and_for_many():
    counting = _Counting()
    roles = TextMemory(counting.columns).remember(TEXTS, counting.transform)
    people = counting.vectors.transform([f"{a} and {b}" for a in TEXTS for b in TEXTS])

    many = roles.products(people)

    one_by_one = np.vstack([roles.products(people[[row]]) for row in range(25)])
    assert np.array_equal(many, one_by_one)
    assert many.shape == (25, 5)


def test_remember_no_texts(monkeypatch):
    roles = TextMemory(7).remember([], lambda texts: csr_array((len(texts), 7)))

    assert roles.products(csr_array((2, 7), dtype=np.float32)).shape == (2, 0)


def test_memory_starts_afresh_rather_than_grow_for_ever(monkeypatch):
    monkeypatch.setattr(text_memory, "_MOST_TEXTS", 3)
    counting = _Counting()
    memory = TextMemory(counting.columns)
    memory.remember(TEXTS[:3], counting.transform)

    roles = memory.remember(TEXTS[3:], counting.transform)
    memory.remember(TEXTS[:1], counting.transform)

    assert counting.asked == [*TEXTS, TEXTS[0]]
    assert roles.said.tolist() == [True, True]
