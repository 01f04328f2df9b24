from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import today
from matching.models import SentenceVector
from matching.ranking.embedding import sentences
from matching.ranking.embedding.memory import MEMORY, VectorMemory
from matching.ranking.embedding.sentences import Sentences
from matching.recommender import embeddings

KEYS = [bytes([at % 256, at // 256] * 8) for at in range(1200)]


@pytest.mark.django_db
class TestDatabaseVectors:
    def test_what_was_saved_is_loaded_again_by_encoder(self):
        store = embeddings.DatabaseVectors()
        store.save("one", {KEYS[0]: b"ab", KEYS[1]: b"cd"})
        store.save("other", {KEYS[0]: b"xy"})

        assert store.load("one", KEYS[:3]) == {KEYS[0]: b"ab", KEYS[1]: b"cd"}
        assert store.load("other", KEYS[:3]) == {KEYS[0]: b"xy"}
        assert store.load("none", KEYS[:3]) == {}

    def test_saving_what_another_process_has_just_saved_is_no_error(self):
        store = embeddings.DatabaseVectors()
        store.save("one", {KEYS[0]: b"ab"})
        store.save("one", {KEYS[0]: b"zz", KEYS[1]: b"cd"})

        assert store.load("one", KEYS[:2]) == {KEYS[0]: b"ab", KEYS[1]: b"cd"}

    def test_many_are_saved_and_loaded_in_few_queries(self):
        store = embeddings.DatabaseVectors()
        with CaptureQueriesContext(
            connection,
        ) as saving:
            store.save("one", dict.fromkeys(KEYS, b"v"))
        with CaptureQueriesContext(connection) as loading:
            assert len(store.load("one", KEYS)) == 1200

        inserts = [q for q in saving.captured_queries if q["sql"].startswith("INSERT")]
        assert len(inserts) <= 6
        assert len(loading) == 3

    def test_what_nobody_asked_for_in_a_month_is_forgotten(self):
        store = embeddings.DatabaseVectors()
        store.save("one", {KEYS[0]: b"old", KEYS[1]: b"used", KEYS[2]: b"new"})
        long_ago = today() - timedelta(days=embeddings.KEPT_FOR_DAYS + 1)
        SentenceVector.objects.filter(vector__in=[b"old", b"used"]).update(used_on=long_ago)
        store.load("one", [KEYS[1]])

        assert embeddings.forget_unused() == 1
        assert set(store.load("one", KEYS[:3])) == {KEYS[1], KEYS[2]}


def test_the_process_looks_into_the_database(monkeypatch):
    monkeypatch.setattr(MEMORY, "store", None)
    embeddings.keep_in_database()

    assert isinstance(MEMORY.store, embeddings.DatabaseVectors)


@pytest.mark.django_db
class TestWhatIsKept:
    TEXTS = ("I like gardening.", "I play the piano.", "I can drive a van.", "Walking dogs", "Tea")

    def read(self, monkeypatch) -> Sentences:
        monkeypatch.setattr(sentences, "MEMORY", VectorMemory())
        sentences.MEMORY.store = embeddings.DatabaseVectors()
        return Sentences("minilm")

    def test_it_is_what_the_encoder_made_of_the_texts(self, monkeypatch):
        made = self.read(monkeypatch).transform(self.TEXTS)
        kept = embeddings.kept_meanings(["", *reversed(self.TEXTS)])

        assert not kept[0].any()
        assert np.allclose(kept[:0:-1], made, atol=1e-3)

    def test_a_few_unread_ones_are_zeros_and_many_are_nothing_to_go_by(self, monkeypatch):
        self.read(monkeypatch).transform(self.TEXTS[:4])
        kept = embeddings.kept_meanings(self.TEXTS)

        assert kept[:4].any(axis=1).all()
        assert not kept[4].any()
        assert embeddings.kept_meanings([*self.TEXTS, "Something else"]) is None

    def test_nothing_is_kept_of_no_texts(self):
        assert embeddings.kept_meanings([]) is None
        assert embeddings.kept_meanings(["", "?"]) is None
