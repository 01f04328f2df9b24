"""Sentence encoders as scikit-learn transformers: texts in, rows of length 1 out."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import Tags

from matching.ranking.embedding import minilm, multilingual, universal
from matching.ranking.embedding.memory import MEMORY
from matching.ranking.embedding.packaged import EncoderUnavailableError
from matching.ranking.words import text_tags

#: Encoders by name.
ENCODERS = {"minilm": minilm, "universal": universal, "multilingual": multilingual}


def encoder_files() -> dict[str, str]:
    """The beginning of the SHA-256 of each file of weights as it is installed here, by distribution
    and path; "missing" where it cannot be used.
    """
    found = {}
    for file in (file for encoder in ENCODERS.values() for file in encoder.FILES):
        try:
            file.find()
        except EncoderUnavailableError:
            found[f"{file.distribution}/{file.path}"] = "missing"
        else:
            found[f"{file.distribution}/{file.path}"] = file.sha256[:16]
    return found


#: A text is shouted where more than this share of its letters are capitals.
_SHOUTED = 0.6
#: A word of fewer letters may be short for something: "CISO" stays as it is.
_LONGEST_INITIALS = 5


def _without_shouting(text: str) -> str:
    """The text in small letters where it is written in capitals: encoders that know capitals have
    seen few of such texts, and take them for names.
    """
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(map(str.isupper, letters))
    longest = max(map(len, text.split()), default=0)
    shouted = capitals > _SHOUTED * len(letters) and longest > _LONGEST_INITIALS
    return text.lower() if shouted else text


class Sentences(TransformerMixin, BaseEstimator):
    """Texts as vectors of what they mean, by a sentence encoder whose weights come in a package.

    Nothing is learned from the texts; each is read once and its vector remembered (`memory`). The
    weights are loaded at the first text, once in a process; a fitted object holds none of them, so
    it is small to save.

    Parameters: `encoder`, a name in `ENCODERS`; `threads`, how many to compute with.
    """

    def __init__(self, encoder: str = "minilm", threads: int = 1) -> None:
        self.encoder = encoder
        self.threads = threads

    def fit(self, X: Sequence[str], y: object = None) -> Self:  # noqa: N803  # scikit-learn's name
        """Nothing to learn. Raises EncoderUnavailableError where weights are missing or damaged."""
        for file in ENCODERS[self.encoder].FILES:
            file.find()
        return self

    def transform(self, X: Sequence[str]) -> NDArray[np.float32]:  # noqa: N803
        """Rows of length 1, float32 (texts × dimensions); equal texts are computed once, and a text
        without a letter or figure is a row of zeros.

        Raises EncoderUnavailableError where the package with the weights is missing or damaged.
        """
        encoder = ENCODERS[self.encoder]
        texts = [_without_shouting(" ".join(text.split())) for text in X]
        said = {text for text in texts if any(map(str.isalnum, text))}
        different = {text: row for row, text in enumerate(sorted(said))}
        rows = np.zeros((len(different) + 1, encoder.DIMENSIONS), np.float32)
        if different:
            rows[:-1] = MEMORY.rows(self._name(), list(different), self._embed)
        return rows[[different.get(text, -1) for text in texts]]

    def _name(self) -> str:
        """The encoder and the beginning of its weights' SHA-256."""
        return f"{self.encoder}-{ENCODERS[self.encoder].FILES[0].sha256[:12]}"

    def _embed(self, texts: list[str]) -> NDArray[np.float32]:
        return ENCODERS[self.encoder].embed(texts, self.threads)

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """The numbers of the dimensions: they have no meaning of their own."""
        return np.arange(ENCODERS[self.encoder].DIMENSIONS).astype(str).astype(object)

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Tags:
        return text_tags(super().__sklearn_tags__())
