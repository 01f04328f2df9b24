"""What the ranking is, read from the code that ranks and from the model in force: the facts of the
algorithmic transparency record. Loads no scikit-learn and no encoder.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import cache
from hashlib import file_digest, sha256
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from json import dumps, loads
from pathlib import Path
from types import ModuleType
from typing import Any

from matching.models import ModelVersion
from matching.ranking import exploration, learning, parts
from matching.ranking.allocation import AllocationSettings
from matching.ranking.block_weights import BlockWeights, Shares
from matching.ranking.columns import TRAVEL_MODES, RoleColumns, VolunteerColumns
from matching.ranking.eligibility import RULES
from matching.ranking.embedding import minilm, multilingual, universal
from matching.ranking.weights import Neutral, Weights
from matching.recommender import serving
from matching.recommender.rules import ASSUMED_LANGUAGE
from matching.recommender.serving import POLICY_NAME
from placements.policies import PENDING_MINIMUM, PENDING_MULTIPLE
from volunteers.policies import AGE_OF_CONSENT

Facts = dict[str, Any]

#: Encoders by name, as in `embedding.sentences.ENCODERS`, which loads scikit-learn.
ENCODERS: Mapping[str, ModuleType] = {
    "minilm": minilm,
    "universal": universal,
    "multilingual": multilingual,
}
LIBRARIES = ("numpy", "scipy", "scikit-learn", "ortools", "onnxruntime", "tokenizers")
#: Files that were fitted beforehand and come with the code.
FITTED = Path(minilm.__file__).parents[1] / "models"
_DATA = (".npz", ".gz")


@cache
def facts_of_code() -> Facts:
    """Everything that decides the order of lists and is written in code or in files beside it.

    JSON-ready, the same in every installation of one version of the code.
    """
    return {
        "weights": Weights().as_dict(),
        "neutral": Neutral().as_dict(),
        "parts": _parts(),
        "rules": [{"code": rule.code, "kind": rule.kind.value} for rule in RULES],
        "eligibility": {
            "adult_age": AGE_OF_CONSENT,
            "pending_multiple": PENDING_MULTIPLE,
            "pending_minimum": PENDING_MINIMUM,
            "assumed_language": ASSUMED_LANGUAGE,
        },
        "text": _text(),
        "spread": {"policy": POLICY_NAME, **asdict(AllocationSettings())},
        "chance": {
            "pages": serving.PAGES_WITH_CHANCE,
            "page_length": exploration.PAGE,
            "places_moved": round(2 * serving.PAGES_WITH_CHANCE / exploration.PAGE, 6),
        },
        "learning": {
            "minimum_outcomes": learning.MINIMUM_OUTCOMES,
            "held_back": learning.HELD_BACK,
            "gains": {level.name.lower(): gain for level, gain in learning.GAINS.items()},
        },
        "reads": {
            "people": [field.name for field in fields(VolunteerColumns)],
            "roles": [field.name for field in fields(RoleColumns)],
        },
    }


def fingerprint(facts: Facts) -> str:
    """SHA-256 of facts: figures that were measured with others are told by it."""
    return sha256(dumps(facts, sort_keys=True).encode()).hexdigest()


def facts_of_deployment() -> Facts | None:
    """The model in force: its version, when it was fitted and on how many roles, the weights that
    it ranks with and where they come from, its text blocks, and the versions of what it needs; None
    before the first. One query.
    """
    row = ModelVersion.objects.select_related("learned").first()
    if row is None:
        return None
    learned = row.learned
    return {
        "version": row.version,
        "fitted_at": row.fitted_at.isoformat(timespec="seconds"),
        "roles": row.roles,
        "weights": row.weights or Weights().as_dict(),
        "neutral": row.neutral or Neutral().as_dict(),
        "learned": learned
        and {
            "version": learned.pk,
            "outcomes": learned.outcomes,
            "showings": learned.showings,
            "fingerprint": learned.fingerprint,
        },
        "text_blocks": row.metrics.get("text_blocks", []),
        "text_missing": row.metrics.get("text_missing", {}),
        "libraries": row.libraries | versions(),
    }


def _parts() -> Facts:
    half_pull = parts.HALF_PULL_KM.tolist()
    return {
        "parent_likeness": parts.PARENT_LIKENESS,
        "sibling_likeness": parts.SIBLING_LIKENESS,
        "half_pull_km": dict(zip(TRAVEL_MODES, half_pull, strict=True)),
        "from_home": parts.FROM_HOME,
    }


def _text() -> Facts:
    counts = asdict(BlockWeights())
    return {
        "blocks": list(Shares().as_dict()),
        "counts_by_language": {name: of for name, of in counts.items() if isinstance(of, dict)},
        "encoders": [_encoder(name, module) for name, module in ENCODERS.items()],
        "fitted_files": {
            path.name: _digest(path) for path in sorted(FITTED.iterdir()) if path.suffix in _DATA
        },
        "fitted_from": {
            path.stem: {name: told[name] for name in ("attribution", "command", "data", "tags")}
            for path in sorted(FITTED.glob("cause_layer_*.json"))
            if (told := loads(path.read_text(encoding="utf-8")))
        },
    }


def _encoder(name: str, module: ModuleType) -> Facts:
    about, _, _ = (module.__doc__ or "").partition("\n\n")
    return {
        "name": name,
        "model": " ".join(about.split()),
        "dimensions": module.DIMENSIONS,
        "files": [
            {"package": file.distribution, "path": file.path, "sha256": file.sha256}
            for file in module.FILES
        ],
    }


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


@cache
def versions() -> dict[str, str]:
    """Installed versions of the packages that scores and plans depend on, encoders among them."""
    packages = {file.distribution for module in ENCODERS.values() for file in module.FILES}
    found = {}
    for package in (*LIBRARIES, *sorted(packages)):
        try:
            found[package] = version_of(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found
