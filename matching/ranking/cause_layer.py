"""What a text is for, in the words of a public classification, read off its sentence vector.

One logistic regression for each tag of the UK Charity Activity Tags (UKCAT), fitted on charities
that people tagged (`matching.ranking.cause_fitting`), turns the vector of a text into the
probabilities of some 130 tags. Two texts about the same cause come close here though they share no
word, and though the sentence encoder has seen more of news and questions than of charities.

The rows are made for cosines: the square root of each probability, so that the many near zero
count too (the Hellinger distance's root); less its mean over the charities, so that what every text
has counts for nothing; times a weight that grows with how rare the tag is.

Of an encoder of many languages the directions in which languages differ are taken away first
(`matching.ranking.embedding.neutral`), so that what was learned of English charities holds for a
Gujarati sentence as well.

Files hold plain arrays of 16-bit floats, no pickle, and are used only if their SHA-256 and that of
the encoder's weights are the recorded ones. Nothing here needs scikit-learn's models, only its base
classes, so that loading is quick.
"""

import io
import json
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator, TransformerMixin

from matching.ranking.embedding.neutral import file_of, neutral
from matching.ranking.embedding.packaged import EncoderUnavailableError
from matching.ranking.embedding.sentences import ENCODERS

#: Where the fitted layers are.
MODELS = Path(__file__).parent / "models"
#: Arrays of a file, with their shapes for t tags and vectors of d numbers.
ARRAYS = ("tags", "coefficients", "intercepts", "means", "weights")


class CauseLayerError(EncoderUnavailableError):
    """A fitted layer is not there, is damaged, or was made for other weights of the encoder."""


class CauseLayer(TransformerMixin, BaseEstimator):
    """Sentence vectors as rows of length 1 over tags. Fitted beforehand: `fit` learns nothing from
    a borough's texts.

    Parameters: `encoder`, the name in `ENCODERS` of the encoder whose vectors come in.
    Attributes, read from the file by `fit` or at the first use: `tags_` (t codes), `coefficients_`
    (t × d), `intercepts_`, `means_`, `weights_` (t).
    """

    tags_: NDArray[np.str_]
    coefficients_: NDArray[np.float32]
    intercepts_: NDArray[np.float32]
    means_: NDArray[np.float32]
    weights_: NDArray[np.float32]

    def __init__(self, encoder: str = "minilm") -> None:
        self.encoder = encoder

    def fit(self, X: object = None, y: object = None) -> Self:  # noqa: N803  # scikit-learn's name
        """Read the file. Raises CauseLayerError where it cannot be used."""
        return self._take(_read(self.encoder))

    def transform(self, X: ArrayLike) -> NDArray[np.float32]:  # noqa: N803
        """Rows of length 1, float32 (texts × tags), from the encoder's rows (texts × d); a row of
        zeros (a text that says nothing) stays one.
        """
        vectors = np.asarray(X, np.float32)
        likely = np.sqrt(self.probabilities(vectors))
        rows = (likely - self.means_) * self.weights_
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        said = vectors.any(axis=1, keepdims=True)
        return np.where(said, rows / np.maximum(lengths, 1e-12), 0).astype(np.float32)

    def probabilities(self, X: ArrayLike) -> NDArray[np.float32]:  # noqa: N803
        """How likely each tag is, float32 (texts × tags), each by itself: they do not add up to 1.

        Charities are few for many tags, and roles are not charities: an order, not a promise.
        """
        if not hasattr(self, "coefficients_"):
            self.fit()
        vectors = readable(X, self.encoder)
        if vectors.ndim != 2 or vectors.shape[1] != self.coefficients_.shape[1]:
            raise ValueError(
                f"the layer reads rows of {self.coefficients_.shape[1]} numbers, "
                f"not an array of shape {vectors.shape}"
            )
        return expit(vectors @ self.coefficients_.T + self.intercepts_)

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Codes of the tags, in the order of the columns."""
        if not hasattr(self, "tags_"):
            self.fit()
        return self.tags_.astype(object)

    @classmethod
    def of(cls, arrays: dict[str, NDArray[Any]], encoder: str = "minilm") -> Self:
        """A layer of these arrays, named as in `ARRAYS`."""
        return cls(encoder)._take(arrays)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What `of` takes: tags as they are, numbers of 16 bits."""
        held = {name: getattr(self, f"{name}_") for name in ARRAYS}
        return {
            name: array if name == "tags" else array.astype(np.float16)
            for name, array in held.items()
        }

    def _take(self, arrays: dict[str, NDArray[Any]]) -> Self:
        self.tags_ = arrays["tags"]
        for name in ARRAYS[1:]:
            setattr(self, f"{name}_", arrays[name].astype(np.float32))
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return True


def readable(X: ArrayLike, encoder: str) -> NDArray[np.float32]:  # noqa: N803
    """Rows of an encoder as a layer reads them: without the directions of language, where there
    are any known.
    """
    vectors = np.asarray(X, np.float32)
    return neutral(vectors, encoder) if file_of(encoder).exists() else vectors


def files_of(encoder: str, folder: Path | None = None) -> tuple[Path, Path]:
    """The file of the layer for an encoder, and that of the record beside it."""
    stem = (folder or MODELS) / f"cause_layer_{encoder}"
    return stem.with_suffix(".npz"), stem.with_suffix(".json")


def encoder_fingerprint(encoder: str) -> dict[str, str]:
    """SHA-256 of each file of weights of an encoder, as the code expects them, and of the
    directions of language that are taken away.
    """
    sums = {file.path: file.sha256 for file in ENCODERS[encoder].FILES}
    directions = file_of(encoder)
    if directions.exists():
        sums[directions.name] = sha256(directions.read_bytes()).hexdigest()
    return sums


def packed(arrays: dict[str, NDArray[Any]]) -> bytes:
    """The arrays as one file, the same bytes for the same numbers."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **{name: arrays[name] for name in ARRAYS})
    return file.getvalue()


def record_of(encoder: str) -> dict[str, Any]:
    """What is recorded of the layer for an encoder: source, licence, command, metrics, sums.

    Raises CauseLayerError where there is no record.
    """
    path = files_of(encoder)[1]
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CauseLayerError(f"no cause layer for {encoder}: {error}") from error
    return record


def _read(encoder: str) -> dict[str, NDArray[Any]]:
    record = record_of(encoder)
    path = files_of(encoder)[0]
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CauseLayerError(f"no cause layer for {encoder}: {error}") from error
    if sha256(content).hexdigest() != record["sha256"]:
        raise CauseLayerError(f"{path.name} is not the file that its record describes")
    if record["encoder"]["files"] != encoder_fingerprint(encoder):
        raise CauseLayerError(f"{path.name} was fitted on other weights of {encoder}")
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return {name: file[name] for name in ARRAYS}
