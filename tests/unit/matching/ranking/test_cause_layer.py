"""The cause layer as it is carried: checked, small, and right about plain sentences."""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from sklearn.base import clone

from matching.ranking import cause_layer
from matching.ranking.cause_layer import (
    CauseLayer,
    CauseLayerError,
    encoder_fingerprint,
    files_of,
    packed,
    readable,
    record_of,
)
from matching.ranking.embedding.neutral import neutral
from matching.ranking.embedding.sentences import Sentences


@pytest.fixture(scope="module")
def layer() -> CauseLayer:
    return CauseLayer().fit()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of the layer, which the code reads in the place of its own."""
    for path in files_of("minilm"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(cause_layer, "MODELS", tmp_path)
    return tmp_path


def test_rows_are_of_length_one_and_what_says_nothing_stays_nothing(layer) -> None:
    vectors = Sentences().transform(["We rescue dogs", "Concerts by a brass band", ""])
    rows = layer.transform(vectors)
    assert rows.dtype == np.float32
    assert rows.shape == (3, len(layer.get_feature_names_out()))
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 0], abs=1e-5)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("We rescue and rehome unwanted pets", "AN"),
        ("A brass band that gives concerts", "AR303"),
        ("Under elevens football and cricket", "LE"),
        ("Sunday worship and prayer meetings", "RL"),
        ("Support for people with depression", "HE"),
        ("A playgroup for toddlers", "BE114"),
        ("Saving ancient woodland", "EN"),
        ("Lunches for pensioners", "BE108"),
    ],
)
def test_plain_sentences_are_known_for_what_they_are_about(layer, text, tag) -> None:
    (likely,) = layer.probabilities(Sentences().transform([text]))
    best = layer.get_feature_names_out()[np.argsort(-likely)[:5]]
    assert tag in best


def test_same_cause_in_other_words_is_closer_than_another_cause(layer) -> None:
    ask, same, other = layer.transform(
        Sentences().transform(
            ["I want to help the elderly", "Care home for pensioners", "A steam railway museum"]
        )
    )
    assert ask @ same > ask @ other + 0.3


def test_the_directions_of_language_are_taken_away_where_they_are_known() -> None:
    rows = np.random.default_rng(2).normal(size=(3, 384)).astype(np.float32)
    assert np.array_equal(readable(rows, "minilm"), rows)
    assert np.array_equal(readable(rows, "multilingual"), neutral(rows, "multilingual"))
    assert not np.allclose(readable(rows, "multilingual"), rows)
    assert "language_directions_multilingual.npz" in encoder_fingerprint("multilingual")


def test_rows_of_another_width_are_refused(layer) -> None:
    with pytest.raises(ValueError, match="384 numbers"):
        layer.transform(np.ones((2, 512), np.float32))


def test_it_is_an_ordinary_transformer_that_reads_its_file_when_it_is_needed() -> None:
    unread = clone(CauseLayer("minilm"))
    assert unread.get_params() == {"encoder": "minilm"}
    assert not vars(unread).keys() - {"encoder"}
    assert unread.transform(np.zeros((1, 384), np.float32)).shape[0] == 1


def test_the_file_is_small_and_its_record_says_where_it_comes_from(layer) -> None:
    path = files_of("minilm")[0]
    record = record_of("minilm")
    assert len(layer.tags_) == record["tags"] <= 130
    assert path.stat().st_size < 150_000
    assert record["sha256"] == sha256(path.read_bytes()).hexdigest()
    assert record["encoder"]["files"] == encoder_fingerprint("minilm")
    assert "charityclassification.org.uk" in record["attribution"]
    assert record["licence"] == "CC BY 4.0"
    assert record["command"].startswith("manage.py fit_cause_layer --charities ")
    for figures in record["metrics"]["figures"].values():
        assert figures["layer"] > figures["vectors"]
        assert figures["both"] > figures["vectors"]


def test_arrays_make_the_same_layer_and_the_same_bytes_again(layer) -> None:
    again = CauseLayer.of(layer.arrays())
    vectors = np.random.default_rng(1).normal(size=(4, 384)).astype(np.float32)
    assert np.array_equal(again.transform(vectors), layer.transform(vectors))
    assert packed(again.arrays()) == files_of("minilm")[0].read_bytes()


def test_a_file_that_was_changed_is_not_used(elsewhere: Path) -> None:
    path = files_of("minilm")[0]
    content = bytearray(path.read_bytes())
    content[-200] ^= 1
    path.write_bytes(content)
    with pytest.raises(CauseLayerError, match="not the file that its record describes"):
        CauseLayer().fit()


def test_a_layer_for_other_weights_of_the_encoder_is_not_used(elsewhere: Path) -> None:
    record = record_of("minilm")
    record["encoder"]["files"] = dict.fromkeys(record["encoder"]["files"], "0" * 64)
    files_of("minilm")[1].write_text(json.dumps(record))
    with pytest.raises(CauseLayerError, match="other weights"):
        CauseLayer().fit()


@pytest.mark.parametrize("missing", [0, 1])
def test_a_missing_file_is_said(elsewhere: Path, missing: int) -> None:
    files_of("minilm")[missing].unlink()
    with pytest.raises(CauseLayerError, match="no cause layer for minilm"):
        CauseLayer().fit()
