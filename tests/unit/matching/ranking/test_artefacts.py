import json
import os
from pathlib import Path

import joblib
import numpy as np
import pytest

from matching.ranking.artefacts import (
    ArtefactDamagedError,
    ArtefactMismatchError,
    ArtefactMissingError,
    data_fingerprint,
    load,
    save,
)
from matching.ranking.suitability import SuitabilityModel


@pytest.fixture(scope="module")
def borough(make_borough):
    return make_borough(4)


@pytest.fixture(scope="module")
def model(borough, vocabulary):
    return SuitabilityModel().fit(borough[1], vocabulary)


@pytest.fixture
def saved(model, borough, vocabulary, tmp_path):
    fingerprint = data_fingerprint(borough[1], vocabulary)
    return tmp_path, save(model, tmp_path, fingerprint=fingerprint, metrics={"ndcg@10": 0.4})


def test_loaded_model_scores_as_the_saved_one_did(saved, model, borough):
    directory, manifest = saved
    loaded, read = load(directory, manifest.version, fingerprint=manifest.fingerprint)

    assert np.array_equal(loaded.score(*borough), model.score(*borough))
    assert read == manifest
    assert read.metrics == {"ndcg@10": 0.4}
    assert read.libraries.keys() >= {"scikit-learn", "numpy", "matching.ranking"}


def test_save_leaves_two_files_and_nothing_else(saved):
    directory, manifest = saved

    names = sorted(path.name for path in directory.iterdir())
    assert names == [f"{manifest.version}.joblib", f"{manifest.version}.json"]


def test_version_follows_the_content(saved, borough, vocabulary, tmp_path):
    _, manifest = saved
    again = SuitabilityModel().fit(borough[1], vocabulary)
    other = SuitabilityModel().fit(borough[1].take(slice(1, None)), vocabulary)

    assert save(again, tmp_path, fingerprint="f", metrics={}).version == manifest.version
    assert save(other, tmp_path, fingerprint="f", metrics={}).version != manifest.version


def test_load_refuses_a_damaged_file(saved):
    directory, manifest = saved
    path = directory / f"{manifest.version}.joblib"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(ArtefactDamagedError, match="is not the one that was saved"):
        load(directory, manifest.version)


@pytest.mark.parametrize("content", ["", "[]", '{"version": "x"}', "\x00"])
def test_load_refuses_a_damaged_manifest(saved, content):
    directory, manifest = saved
    (directory / f"{manifest.version}.json").write_text(content)

    with pytest.raises(ArtefactDamagedError):
        load(directory, manifest.version)


@pytest.mark.parametrize("suffix", ["joblib", "json"])
def test_load_refuses_half_a_model(saved, suffix):
    directory, manifest = saved
    (directory / f"{manifest.version}.{suffix}").unlink()

    with pytest.raises(ArtefactMissingError):
        load(directory, manifest.version)


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("libraries", {"scikit-learn": "0.1"}, "libraries was"),
        ("version", "another", "version was another"),
    ],
)
def test_load_refuses_what_does_not_match_and_reads_nothing(saved, monkeypatch, field, value, what):
    directory, manifest = saved
    path = directory / f"{manifest.version}.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {field: value}))
    monkeypatch.setattr(joblib, "load", lambda _: pytest.fail("it was unpickled"))

    with pytest.raises(ArtefactMismatchError, match=what):
        load(directory, manifest.version)


def test_load_refuses_a_model_of_other_data(saved):
    directory, manifest = saved

    with pytest.raises(ArtefactMismatchError, match="data was"):
        load(directory, manifest.version, fingerprint="0" * 64)


def test_breaking_off_leaves_no_model_behind(model, tmp_path, monkeypatch):
    def out_of_space(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", out_of_space)
    with pytest.raises(OSError, match="No space left"):
        save(model, tmp_path, fingerprint="f", metrics={})

    assert list(tmp_path.iterdir()) == []


def test_breaking_off_before_the_manifest_leaves_nothing_that_loads(model, tmp_path, monkeypatch):
    replace = Path.replace

    def only_the_model(path, target):
        if target.suffix == ".json":
            raise OSError(5, "Input/output error")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", only_the_model)
    with pytest.raises(OSError, match="Input/output"):
        save(model, tmp_path, fingerprint="f", metrics={})

    [left] = tmp_path.iterdir()
    with pytest.raises(ArtefactMissingError):
        load(tmp_path, left.stem)


def test_fingerprint_changes_with_all_that_a_model_learns_from(make_roles, vocabulary):
    usual: dict[str, list] = {"title": ["A", "B"], "body": ["c", "d"], "skills_needed": [[0], [1]]}
    changes: list[dict[str, list]] = [
        {"title": ["A", "Z"]},
        {"body": ["c", "z"]},
        {"skills_needed": [[1], [1]]},
        {"skills_useful": [[0], []]},
        {"languages": [[1], []]},
    ]
    prints = {
        data_fingerprint(make_roles(**(usual | change)), vocabulary) for change in [{}, *changes]
    }

    assert len(prints) == len(changes) + 1
    same = make_roles(**usual, pending=5)
    assert data_fingerprint(same, vocabulary) in prints
