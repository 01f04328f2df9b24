"""Fitted models as files: written whole or not at all, loaded only if nothing differs.

A model is two files: `<version>.joblib`, and beside it `<version>.json`, the manifest. The version
is the beginning of the SHA-256 of the first. Whatever does not match is refused with an error: a
pickled model read by other versions of its libraries may rank wrongly without a word. Fitting takes
seconds, so fit again.

Loading runs what is pickled: load only from a directory that nobody else can write to. The checksum
guards against damage and mix-ups, not against somebody who can change both files.
"""

import io
import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import joblib
import numpy as np
import scipy
import sklearn

from matching.ranking.columns import RoleColumns, Vocabulary
from matching.ranking.embedding.sentences import encoder_files
from matching.ranking.suitability import SuitabilityModel


class ArtefactError(Exception):
    """A model's files cannot be used."""


class ArtefactMissingError(ArtefactError):
    """There is no such model, or no manifest beside it."""


class ArtefactDamagedError(ArtefactError):
    """The file is not the one that the manifest describes."""


class ArtefactMismatchError(ArtefactError):
    """The model was fitted by other code, with other libraries or on other data."""


@dataclass(frozen=True)
class Manifest:
    """What a model is. sha256: of its file. libraries: name to version, this package among them.
    fingerprint: of the data that it was fitted on. metrics: how good it was, by name.
    """

    version: str
    sha256: str
    libraries: dict[str, str]
    fingerprint: str
    metrics: dict[str, float]


@cache
def library_versions() -> dict[str, str]:
    """Versions of what a fitted model depends on, as installed here; of this package a checksum,
    since a model holds objects of its classes; of each encoder's weights likewise, or "missing".
    """
    python = ".".join(platform.python_version_tuple()[:2])
    modules = {"joblib": joblib, "numpy": np, "scikit-learn": sklearn, "scipy": scipy}
    versions = {name: module.__version__ for name, module in modules.items()}
    here = Path(__file__).parent
    sources = [path for kind in ("*.py", "models/*") for path in sorted(here.rglob(kind))]
    code = sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    return {"python": python, "matching.ranking": code[:16]} | versions | encoder_files()


def data_fingerprint(roles: RoleColumns, vocabulary: Vocabulary) -> str:
    """SHA-256 of everything about the roles that a model learns from: texts and tags."""
    digest = sha256()
    for tags in (roles.languages, roles.skills_needed, roles.skills_useful, roles.skills_gained):
        for array in (tags.shape, tags.indptr, tags.indices, tags.data):
            digest.update(np.asarray(array, np.float64).tobytes())
    digest.update(vocabulary.cause_parents.tobytes())
    codes = (
        vocabulary.causes,
        vocabulary.activities,
        vocabulary.skills,
        vocabulary.languages,
        vocabulary.motives,
    )
    digest.update(json.dumps([roles.title, roles.body, codes]).encode())
    return digest.hexdigest()


def save(
    model: SuitabilityModel,
    directory: Path,
    *,
    fingerprint: str,
    metrics: Mapping[str, float],
) -> Manifest:
    """Write a fitted model and its manifest into an existing directory. Gives the manifest.

    The manifest comes last, so that a model whose writing broke off cannot be loaded.
    """
    buffer = io.BytesIO()
    joblib.dump(model, buffer)
    content = buffer.getvalue()
    checksum = sha256(content).hexdigest()
    manifest = Manifest(
        version=checksum[:16],
        sha256=checksum,
        libraries=library_versions(),
        fingerprint=fingerprint,
        metrics=dict(metrics),
    )
    _write(directory / f"{manifest.version}.joblib", content)
    described = json.dumps(asdict(manifest), indent=2, sort_keys=True)
    _write(directory / f"{manifest.version}.json", described.encode())
    return manifest


def read_manifest(directory: Path, version: str) -> Manifest:
    """What a saved model is. Raises ArtefactMissingError or ArtefactDamagedError."""
    path = directory / f"{version}.json"
    try:
        return Manifest(**json.loads(path.read_text()))
    except FileNotFoundError as error:
        raise ArtefactMissingError(f"no model {version} in {directory}") from error
    except (ValueError, TypeError) as error:
        raise ArtefactDamagedError(f"{path} is not a manifest") from error


def load(
    directory: Path, version: str, *, fingerprint: str | None = None
) -> tuple[SuitabilityModel, Manifest]:
    """A saved model and its manifest.

    fingerprint: where given, the data must be the same. Raises ArtefactMissingError,
    ArtefactDamagedError or ArtefactMismatchError; nothing is unpickled before everything matches.
    """
    manifest = read_manifest(directory, version)
    _check(manifest, version, fingerprint)
    try:
        content = (directory / f"{version}.joblib").read_bytes()
    except FileNotFoundError as error:
        raise ArtefactMissingError(f"the file of model {version} is not in {directory}") from error
    if sha256(content).hexdigest() != manifest.sha256:
        raise ArtefactDamagedError(f"the file of model {version} is not the one that was saved")
    return joblib.load(io.BytesIO(content)), manifest


def _check(manifest: Manifest, version: str, fingerprint: str | None) -> None:
    found = {
        "version": (manifest.version, version),
        "libraries": (manifest.libraries, library_versions()),
    }
    if fingerprint is not None:
        found["data"] = (manifest.fingerprint, fingerprint)
    for what, (saved, here) in found.items():
        if saved != here:
            raise ArtefactMismatchError(f"model {version}: {what} was {saved}, here it is {here}")


def _write(path: Path, content: bytes) -> None:
    """Put a file in its place in one step, whatever happens on the way."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
