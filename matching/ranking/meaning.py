"""Blocks of sentence encoders, in as few columns as the roles need."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # carries no types

from matching.ranking.cause_layer import CauseLayer
from matching.ranking.embedding.neutral import file_of, neutral
from matching.ranking.embedding.sentences import Sentences
from matching.ranking.words import text_tags

#: Texts that the columns are chosen by: more take longer and choose the same.
_MOST_TEXTS = 5000


class Meaning(TransformerMixin, BaseEstimator):
    """Texts as rows of length 1 by an encoder, less the directions in which languages differ.

    Roles span fewer directions than an encoder has. With at least twice as many roles as columns,
    only the directions in which they spread most are kept: what a person's text has beyond them is
    at right angles to all roles and changes no order among them.

    Parameters: `encoder`, a name in `sentences.ENCODERS`; `columns`, how many to keep at the most;
    `threads`, how many to compute with.
    Attributes: `directions_`, float32 (columns × dimensions of the encoder) or None for all.
    """

    def __init__(self, encoder: str = "minilm", columns: int = 192, threads: int = 1) -> None:
        self.encoder = encoder
        self.columns = columns
        self.threads = threads

    def fit(self, X: Sequence[str], y: object = None) -> Self:  # noqa: N803  # scikit-learn's name
        """Choose the directions by texts of roles: any number will do, none as well.

        Raises EncoderUnavailableError where the package with the weights is missing or damaged.
        """
        texts = sorted(set(X))
        sample = texts[:: max(1, len(texts) // _MOST_TEXTS)]
        # A missing package is to be known now, not at the first person.
        Sentences(self.encoder).fit(sample)
        self.directions_: NDArray[np.float32] | None = None
        if len(sample) >= 2 * self.columns:
            # How many threads add up a product changes its last digits: the same roles are to give
            # the same model on every machine.
            with threadpool_limits(1, "blas"):
                rows = self._rows(sample)
                _, vectors = np.linalg.eigh(rows.T @ rows)
            self.directions_ = np.ascontiguousarray(vectors[:, ::-1][:, : self.columns].T)
        return self

    def transform(self, X: Sequence[str]) -> NDArray[np.float32]:  # noqa: N803
        """Rows of length 1, float32 (texts × columns); a text that says nothing is a row of zeros.

        Raises EncoderUnavailableError where the package has gone.
        """
        check_is_fitted(self)
        rows = self._rows(list(X))
        if self.directions_ is not None:
            rows = rows @ self.directions_.T
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Numbers of the columns: they have no meaning of their own."""
        check_is_fitted(self)
        if self.directions_ is None:
            return Sentences(self.encoder).get_feature_names_out()
        return np.arange(len(self.directions_)).astype(str).astype(object)

    def _rows(self, texts: list[str]) -> NDArray[np.float32]:
        rows = Sentences(self.encoder, self.threads).transform(texts)
        return neutral(rows, self.encoder) if file_of(self.encoder).exists() else rows

    def __sklearn_tags__(self) -> Tags:
        return text_tags(super().__sklearn_tags__())


class Cause(TransformerMixin, BaseEstimator):
    """Texts as rows of length 1 by what they are for: a cause layer on an encoder's vectors.

    Parameters: `encoder`, a name in `sentences.ENCODERS`; `threads`, how many to compute with.
    Attributes: `layer_`, the layer that was fitted beforehand.
    """

    def __init__(self, encoder: str = "minilm", threads: int = 1) -> None:
        self.encoder = encoder
        self.threads = threads

    def fit(self, X: Sequence[str], y: object = None) -> Self:  # noqa: N803  # scikit-learn's name
        """Read the layer: nothing is learned from the texts. Raises EncoderUnavailableError where
        the layer or the encoder cannot be used.
        """
        Sentences(self.encoder).fit(X)
        self.layer_ = CauseLayer(self.encoder).fit()
        return self

    def transform(self, X: Sequence[str]) -> NDArray[np.float32]:  # noqa: N803
        """Rows of length 1, float32 (texts × tags); a text that says nothing is a row of zeros."""
        check_is_fitted(self)
        return self.layer_.transform(Sentences(self.encoder, self.threads).transform(X))

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Codes of the tags."""
        check_is_fitted(self)
        return self.layer_.get_feature_names_out()

    def __sklearn_tags__(self) -> Tags:
        return text_tags(super().__sklearn_tags__())


def meaning_blocks(threads: int = 1) -> list[tuple[str, Any]]:
    """One block for each encoder, by the languages that it is for, and one for the cause."""
    return [
        ("english", Meaning("minilm", 192, threads)),
        ("cause", Cause("minilm", threads)),
        ("universal", Meaning("universal", 192, threads)),
        ("multilingual", Meaning("multilingual", 192, threads)),
    ]
