"""`manage.py fit_cause_layer`, with real sentence vectors of a few made-up charities."""

import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

KINDS = {
    "AN": ("cats", "dogs", "horses", "rabbits", "donkeys", "swans", "hedgehogs", "parrots"),
    "AR": ("choir", "brass band", "orchestra", "opera", "guitar club", "jazz", "piano", "drums"),
    "LE": ("football", "cricket", "tennis", "swimming", "rugby", "hockey", "bowls", "athletics"),
}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    lines = [
        f"{place} {word},All about {word} in {place},TO PROMOTE {word},{code}"
        for code, words in KINDS.items()
        for word in words
        for place in ("Harrow", "Pinner")
    ]
    lines.insert(0, "name,activities,objects,UKCAT")
    (tmp_path / "charities.csv").write_text("\n".join(lines), encoding="utf-8")
    tags = ["Code,tag,Category,Subcategory,Level", *(f"{code},{code},{code},,1" for code in KINDS)]
    (tmp_path / "tags.csv").write_text("\n".join(tags), encoding="utf-8")
    return {"charities": tmp_path / "charities.csv", "tags": tmp_path / "tags.csv"}


def test_it_writes_a_layer_and_its_record_and_says_what_it_adds(files, tmp_path: Path) -> None:
    out = StringIO()
    call_command("fit_cause_layer", **files, folder=tmp_path / "one", stdout=out)
    record = json.loads((tmp_path / "one/cause_layer_minilm.json").read_text())
    assert record["tags"] == len(KINDS)
    assert record["data"]["charities"]["rows"] == 48
    with np.load(tmp_path / "one/cause_layer_minilm.npz", allow_pickle=False) as arrays:
        assert arrays["tags"].tolist() == sorted(KINDS)
        assert arrays["coefficients"].dtype == np.float16
    assert f"3 tags, SHA-256 {record['sha256']}" in out.getvalue()
    assert "nDCG@10 activities to objects: vectors 0." in out.getvalue()


def test_the_same_files_give_the_same_bytes(files, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        call_command("fit_cause_layer", **files, folder=tmp_path / folder, stdout=StringIO())
    for name in ("cause_layer_minilm.npz", "cause_layer_minilm.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_file_without_the_columns_is_refused(files, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="has no column"):
        call_command("fit_cause_layer", charities=files["tags"], tags=files["tags"])
