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
#: Roles that others may be near to, spread over all of them, and how many nearest ones count.
_MOST_NEAR, _NEAREST = 2000, 5
#: Rows that are compared with those at once.
_ROWS = 2000
#: The same text, or as good as.
_SAME = 0.9999

Rows = NDArray[np.float32]


class Meaning(TransformerMixin, BaseEstimator):
    """Texts as rows of length 1 by an encoder, less the directions in which languages differ.

    Roles span fewer directions than an encoder has. With at least twice as many roles as columns,
    only the directions in which they spread most are kept: what a person's text has beyond them is
    at right angles to all roles and changes no order among them.

    What a role means is told by its own text and by those of the roles most like it: few words of
    one are in all of them, and what they have in common is what it is about. So each role's row is
    moved by the mean of the nearest five, which is long only where these agree with each other.
    A person's row is their own alone.

    Parameters: `encoder`, a name in `sentences.ENCODERS`; `columns`, how many to keep at the most;
    `evened`, how much is taken from the directions in which most roles lie, which tell little
    about one of them: 0 nothing, 1 until the roles spread alike in all; `one_by_one`, as for
    `Sentences`; `threads`, how many to compute with.
    Attributes: `directions_`, float32 (columns × dimensions of the encoder) or None for all as they
    are; `near_`, float16 (roles × columns), rows of roles that others may be near to.
    """

    def __init__(
        self,
        encoder: str = "minilm",
        columns: int = 192,
        evened: float = 0.0,
        one_by_one: bool = False,
        threads: int = 1,
    ) -> None:
        self.encoder = encoder
        self.columns = columns
        self.evened = evened
        self.one_by_one = one_by_one
        self.threads = threads

    def fit(self, X: Sequence[str], y: object = None) -> Self:  # noqa: N803  # scikit-learn's name
        """Learn directions and neighbours from texts of roles: any number will do, none as well.

        Raises EncoderUnavailableError where the package with the weights is missing or damaged.
        """
        texts = sorted(set(X))
        sample = texts[:: max(1, len(texts) // _MOST_TEXTS)]
        # A missing package is to be known now, not at the first person.
        Sentences(self.encoder).fit(sample)
        # How many threads add up a product changes its last digits: the same roles are to give
        # the same model on every machine.
        with threadpool_limits(1, "blas"):
            rows = self._rows(sample)
            self.directions_ = self._directions(rows)
            near = self._turned(rows[:: max(1, len(rows) // _MOST_NEAR)])
            self.near_ = near[near.any(axis=1)].astype(np.float16)
        return self

    def transform(self, X: Sequence[str]) -> Rows:  # noqa: N803  # scikit-learn's name
        """Rows of length 1, float32 (texts × columns); a text that says nothing is a row of zeros.

        Raises EncoderUnavailableError where the package has gone.
        """
        check_is_fitted(self)
        return self._turned(self._rows(list(X)))

    def roles(self, X: Sequence[str]) -> Rows:  # noqa: N803  # scikit-learn's name
        """Likewise of roles, each moved towards those that are most like it. Raises likewise."""
        rows = self.transform(X)
        near = self.near_.astype(np.float32)
        if len(near) <= _NEAREST:
            return rows
        for start in range(0, len(rows), _ROWS):
            some = rows[start : start + _ROWS]
            rows[start : start + _ROWS] = _at_length_1(some + _mean_of_nearest(some, near))
        return rows

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Numbers of the columns: they have no meaning of their own."""
        check_is_fitted(self)
        if self.directions_ is None:
            return Sentences(self.encoder).get_feature_names_out()
        return np.arange(len(self.directions_)).astype(str).astype(object)

    def _directions(self, rows: Rows) -> Rows | None:
        """The directions in which rows spread most first, each as long as it counts."""
        fewer = len(rows) >= 2 * self.columns
        if not (fewer or (self.evened and rows.any())):
            return None
        spread, vectors = np.linalg.eigh(rows.T @ rows)
        spread = np.maximum(spread, 0)
        # Where roles hardly spread at all, the mean keeps what is small from being blown up.
        counts = (1 + spread / spread.mean()) ** (-self.evened / 2)
        turned = (vectors * counts)[:, ::-1]
        kept = turned[:, : self.columns] if fewer else turned
        return np.ascontiguousarray(kept.T, np.float32)

    def _turned(self, rows: Rows) -> Rows:
        return _at_length_1(rows if self.directions_ is None else rows @ self.directions_.T)

    def _rows(self, texts: list[str]) -> Rows:
        rows = Sentences(self.encoder, self.threads, self.one_by_one).transform(texts)
        return neutral(rows, self.encoder) if file_of(self.encoder).exists() else rows

    def __sklearn_tags__(self) -> Tags:
        return text_tags(super().__sklearn_tags__())


def _mean_of_nearest(rows: Rows, near: Rows) -> Rows:
    """The mean of those that each row is nearest to, itself left out; zeros for a row of zeros."""
    likeness = rows @ near.T
    # A role is its own nearest, and is not to count twice because it was there at the fit.
    likeness[likeness > _SAME] = -1
    # In one order, so that a role has the same sum alone and among others.
    nearest = np.sort(np.argpartition(-likeness, _NEAREST - 1, axis=1)[:, :_NEAREST], axis=1)
    total = sum((near[nearest[:, at]] for at in range(1, _NEAREST)), start=near[nearest[:, 0]])
    said = rows.any(axis=1, keepdims=True)
    return np.where(said, total / _NEAREST, 0).astype(np.float32)


def _at_length_1(rows: Rows) -> Rows:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


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
        # Of English roles most lie in few directions: "volunteers help people".
        ("english", Meaning("minilm", evened=0.5, one_by_one=True, threads=threads)),
        ("cause", Cause("minilm", threads)),
        ("universal", Meaning("universal", threads=threads)),
        ("multilingual", Meaning("multilingual", threads=threads)),
    ]
