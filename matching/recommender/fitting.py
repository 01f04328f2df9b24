"""Fit the model, keep it on disk, and have it at hand.

The model is fitted at each full ranking, with the weights that are active then. Every process keeps
the newest one in memory; one that is not on this machine's disk, or that other versions of the
libraries wrote, is fitted anew.
"""

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import structlog
from django.conf import settings

from core.clock import now
from matching import datasets
from matching.models import ModelVersion
from matching.ranking import artefacts
from matching.ranking.columns import Vocabulary
from matching.ranking.suitability import SuitabilityModel
from matching.recommender import embeddings
from matching.recommender.weights_in_use import active_version, weights_of

log = structlog.get_logger(__name__)

#: So many models are kept on disk, for processes that still load an older one.
KEPT_ON_DISK = 3
#: A model is outgrown by this many times the roles that it learned from.
OUTGROWN = 1.2


@dataclass(frozen=True)
class Fitted:
    """A fitted model, its version, and the number of roles that it learned from."""

    model: SuitabilityModel
    version: str
    roles: int

    def is_outgrown(self, roles: int) -> bool:
        """Whether so many roles are open now that the model cannot know much of their words."""
        return roles > self.roles * OUTGROWN


_at_hand: Fitted | None = None


def fit_model() -> Fitted:
    """Fit on the roles that are open now, with the weights that are active; keep the model on disk
    and write down what it is.
    """
    global _at_hand  # noqa: PLW0603  - what a process keeps in memory
    began = time.monotonic()
    embeddings.keep_in_database()
    tags = datasets.tags()
    roles = datasets.roles(datasets.open_roles(), tags).columns
    learned = active_version()
    weights, neutral = weights_of(learned)
    model = SuitabilityModel(weights=weights, neutral=neutral).fit(roles, tags.vocabulary)
    manifest = artefacts.save(
        model,
        _directory(),
        fingerprint=artefacts.data_fingerprint(roles, tags.vocabulary),
        metrics={"seconds_to_fit": round(time.monotonic() - began, 3)},
    )
    # Fitted again on the same data it may come out the same: then it is the newest again.
    ModelVersion.objects.filter(version=manifest.version).delete()
    ModelVersion.objects.create(
        version=manifest.version,
        fitted_at=now(),
        roles=len(roles),
        fingerprint=manifest.fingerprint,
        libraries=manifest.libraries,
        metrics={
            **manifest.metrics,
            "text_blocks": list(model.interests_.blocks_),
            "text_missing": model.interests_.missing_,
        },
        weights=weights.as_dict(),
        neutral=neutral.as_dict(),
        learned=learned,
    )
    _delete_old()
    embeddings.forget_unused()
    log.info("model.fitted", version=manifest.version, roles=len(roles), **manifest.metrics)
    _at_hand = Fitted(model, manifest.version, len(roles))
    return _at_hand


def current_model() -> Fitted:
    """The newest model that is on this machine's disk; fitted now where there is none to be used.

    One query where the model is at hand.
    """
    global _at_hand  # noqa: PLW0603  - what a process keeps in memory
    embeddings.keep_in_database()
    tags = datasets.tags()
    newest = _newest_on_disk()
    if newest is None:
        log.warning("model.missing")
        return fit_model()
    if _at_hand is None or _at_hand.version != newest.version:
        _at_hand = _loaded(newest)
        if _at_hand is None:
            return fit_model()
    if not _same(_at_hand.model.vocabulary_, tags.vocabulary):
        log.warning("model.other_taxonomy", version=newest.version)
        return fit_model()
    return _at_hand


def is_on_disk() -> bool:
    """Whether this machine's disk holds a model. One query."""
    return _newest_on_disk() is not None


def _loaded(row: ModelVersion) -> Fitted | None:
    try:
        model, _ = artefacts.load(_directory(), row.version)
    except artefacts.ArtefactError as error:
        log.warning("model.refused", version=row.version, error=str(error))
        return None
    return Fitted(model, row.version, row.roles)


def _newest_on_disk() -> ModelVersion | None:
    folder = _directory()
    rows = ModelVersion.objects.all()[:KEPT_ON_DISK]
    return next((row for row in rows if (folder / f"{row.version}.json").exists()), None)


def _delete_old() -> None:
    kept = set(ModelVersion.objects.values_list("version", flat=True)[:KEPT_ON_DISK])
    for path in _directory().glob("[0-9a-f]*.*"):
        if path.stem not in kept:
            path.unlink(missing_ok=True)


def _directory() -> Path:
    directory = Path(settings.MODEL_DIR)
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def _same(fitted: Vocabulary, current: Vocabulary) -> bool:
    names = ("causes", "activities", "skills", "languages")
    return all(getattr(fitted, name) == getattr(current, name) for name in names) and bool(
        np.array_equal(fitted.cause_parents, current.cause_parents)
    )
