from dataclasses import replace

import pytest

from matching.ranking.embedding import minilm
from matching.ranking.embedding.packaged import (
    EncoderDamagedError,
    EncoderMissingError,
    PackagedFile,
)
from matching.ranking.embedding.sentences import ENCODERS, Sentences, encoder_files


@pytest.mark.parametrize("encoder", ENCODERS)
def test_every_file_of_weights_is_the_known_one(encoder):
    for file in ENCODERS[encoder].FILES:
        assert file.find().is_file()


def test_a_package_that_is_not_installed_is_missing():
    with pytest.raises(EncoderMissingError, match="no-such-package is not installed"):
        PackagedFile("no-such-package", "no_such_package", "weights", "0" * 64).find()


def test_a_file_that_the_package_does_not_have_is_missing():
    with pytest.raises(EncoderMissingError, match=r"other\.onnx"):
        replace(minilm.WEIGHTS, path="other.onnx").find()


def test_other_weights_are_refused():
    with pytest.raises(EncoderDamagedError, match="SHA-256"):
        replace(minilm.WEIGHTS, sha256="0" * 64).find()


def test_an_encoder_without_its_weights_is_refused_and_said(monkeypatch):
    gone = replace(minilm.PIECES, module="no_such_package")
    monkeypatch.setattr(minilm, "FILES", (minilm.WEIGHTS, gone))

    with pytest.raises(EncoderMissingError):
        Sentences("minilm").fit([])
    assert encoder_files()[f"{gone.distribution}/{gone.path}"] == "missing"
    weights = minilm.WEIGHTS
    assert encoder_files()[f"{weights.distribution}/{weights.path}"] == weights.sha256[:16]
