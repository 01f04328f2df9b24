"""Fitting the cause layer anew, from the files that UKCAT publishes to the ones that are used."""

import json
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from matching.ranking.cause_fitting import Charities, fit_layer, measured
from matching.ranking.cause_layer import MODELS, encoder_fingerprint, files_of, packed
from matching.ranking.embedding.packaged import EncoderUnavailableError
from matching.ranking.embedding.sentences import ENCODERS, Sentences
from matching.ranking.tagged_charities import CharitiesError, read_charities, read_tree

__all__ = ["ENCODERS", "MODELS", "CharitiesError", "EncoderUnavailableError", "refit"]

_ATTRIBUTION = (
    "Fitted on a sample of charities tagged by people, from UK Charity Activity Tags (UKCAT) by "
    "the charity-classification project, https://charityclassification.org.uk/, CC BY 4.0. The "
    "texts of the charities are from the registers of charities of the United Kingdom, Open "
    "Government Licence v3.0. The sample itself is not carried here."
)


def refit(charities: Path, tags: Path, encoder: str, folder: Path = MODELS) -> dict[str, Any]:
    """Fit the layer for an encoder, write it and the record beside it, and give the record.

    Raises CharitiesError where a file cannot be read, EncoderUnavailableError without the weights.
    """
    texts = read_charities(charities, read_tree(tags))
    sentences = Sentences(encoder)
    vectors = {field: sentences.transform(of_field) for field, of_field in texts.texts.items()}
    read = Charities(vectors, texts.tags)
    layer = fit_layer(read, encoder)
    content = packed(layer.arrays())
    record = {
        "sha256": sha256(content).hexdigest(),
        "encoder": {"name": encoder, "files": encoder_fingerprint(encoder)},
        "tags": len(layer.tags_),
        "attribution": _ATTRIBUTION,
        "licence": "CC BY 4.0",
        "command": (
            f"manage.py fit_cause_layer --charities {charities.name} --tags {tags.name} "
            f"--encoder {encoder}"
        ),
        "data": {
            "charities": {"rows": len(texts.tags), "sha256": _digest(charities)},
            "tags": {"sha256": _digest(tags)},
        },
        "metrics": {
            "what": (
                "nDCG@10 of finding charities of like tags, fitted on one half and tried on the "
                "other, mean of 3 splits and both ways"
            ),
            "figures": measured(read, encoder),
        },
    }
    model, beside = files_of(encoder, folder)
    folder.mkdir(parents=True, exist_ok=True)
    model.write_bytes(content)
    beside.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return record


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
