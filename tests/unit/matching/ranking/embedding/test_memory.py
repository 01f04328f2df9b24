import numpy as np

from matching.ranking.embedding.memory import VectorMemory, fingerprint


class Shelf:
    """A store in a dictionary."""

    def __init__(self):
        self.kept = {}
        self.asked = []

    def load(self, encoder, fingerprints):
        self.asked.append(len(fingerprints))
        return {key: self.kept[encoder, key] for key in fingerprints if (encoder, key) in self.kept}

    def save(self, encoder, vectors):
        self.kept |= {(encoder, key): vector for key, vector in vectors.items()}


def embed(texts):
    return np.array([[len(text), 0.1, text.count("a")] for text in texts], np.float32)


def never(texts):
    raise AssertionError(f"read again: {texts}")


def test_rows_come_in_the_order_of_the_texts():
    rows = VectorMemory().rows("one", ["banana", "fig", "banana"], embed)

    assert rows[:, 0].tolist() == [6, 3, 6]
    assert rows.dtype == np.float32


def test_only_new_texts_are_read():
    memory = VectorMemory()
    memory.rows("one", ["fig", "banana"], embed)
    read = []

    def embed_and_tell(texts):
        read.extend(texts)
        return embed(texts)

    memory.rows("one", ["fig", "plum"], embed_and_tell)

    assert read == ["plum"]
    assert memory.computed == 3


def test_it_makes_no_difference_whether_a_vector_was_remembered_or_loaded():
    memory, shelf = VectorMemory(), Shelf()
    memory.store = shelf
    first = memory.rows("one", ["fig"], embed)
    other = VectorMemory()
    other.store = shelf

    assert np.array_equal(memory.rows("one", ["fig"], never), first)
    assert np.array_equal(other.rows("one", ["fig"], never), first)


def test_encoders_are_kept_apart():
    memory = VectorMemory()
    memory.rows("one", ["fig"], embed)

    assert memory.rows("other", ["fig"], lambda texts: -embed(texts))[0, 0] == -3


def test_the_store_is_asked_only_for_what_the_process_does_not_have():
    memory, shelf = VectorMemory(), Shelf()
    memory.store = shelf
    memory.rows("one", ["fig", "plum"], embed)
    memory.rows("one", ["fig", "pear"], embed)

    assert shelf.asked == [2, 1]
    assert ("one", fingerprint("pear")) in shelf.kept


def test_a_full_memory_starts_afresh_and_loses_nothing_that_is_asked_for():
    memory = VectorMemory(most=2)
    memory.rows("one", ["a", "b"], embed)

    assert memory.rows("one", ["a", "cc", "ddd"], embed)[:, 0].tolist() == [1, 2, 3]
    memory.rows("one", ["cc"], embed)
    assert memory.computed == 5
