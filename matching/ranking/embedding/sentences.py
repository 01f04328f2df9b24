"""Sentence encoders as scikit-learn transformers: texts in, rows of length 1 out."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import Tags

from matching.ranking.embedding import minilm, multilingual, universal
from matching.ranking.embedding.memory import MEMORY, VectorMemory
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
#: Of ASCII: all but letters, and all but capitals.
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_NO_CAPITALS = bytes(code for code in range(128) if not chr(code).isupper())


#: Where a sentence may end, and what is too short to be one.
_END_OF_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\s*\n\s*")
_SHORTEST_SENTENCE = 16
#: What many texts have in common ("No experience needed.") is read once in a process.
_LINES = VectorMemory(most=20_000)


def sentences_of(text: str) -> list[str]:
    """The sentences and lines of a text that are long enough to say something."""
    found = (" ".join(part.split()) for part in _END_OF_SENTENCE.split(text))
    said = (sentence for sentence in found if any(map(str.isalnum, sentence)))
    return [sentence for sentence in said if len(sentence) >= _SHORTEST_SENTENCE]


def _without_shouting(text: str) -> str:
    """The text in small letters where it is written in capitals: encoders that know capitals have
    seen few of such texts, and take them for names.
    """
    small = text.lower()
    if small == text:
        return text
    if text.isascii():
        # At the speed of C: most texts are such, and all are looked at each time.
        content = text.encode()
        letters = len(content.translate(None, _NO_LETTERS))
        capitals = len(content.translate(None, _NO_CAPITALS))
    else:
        times = {letter: count for letter, count in Counter(text).items() if letter.isalpha()}
        letters = sum(times.values())
        capitals = sum(count for letter, count in times.items() if letter.isupper())
    if capitals <= _SHOUTED * letters:
        return text
    return small if max(map(len, text.split())) > _LONGEST_INITIALS else text


def as_read(text: str) -> str:
    """The text as an encoder reads it, and as its vector is kept by."""
    return _without_shouting(" ".join(text.split()))


class Sentences(TransformerMixin, BaseEstimator):
    """Texts as vectors of what they mean, by a sentence encoder whose weights come in a package.

    Nothing is learned from the texts; each is read once and its vector remembered (`memory`). The
    weights are loaded at the first text, once in a process; a fitted object holds none of them, so
    it is small to save.

    Parameters: `encoder`, a name in `ENCODERS`; `threads`, how many to compute with; `one_by_one`,
    a text's row is midway between that of the whole and the mean of its sentences. Read at once,
    what is said longest drowns the rest, and a page about three things is about none.
    """

    def __init__(self, encoder: str = "minilm", threads: int = 1, one_by_one: bool = False) -> None:
        self.encoder = encoder
        self.threads = threads
        self.one_by_one = one_by_one

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
        texts = list(map(as_read, X))
        said = {text for text in texts if any(map(str.isalnum, text))}
        different = {text: row for row, text in enumerate(sorted(said))}
        rows = np.zeros((len(different) + 1, ENCODERS[self.encoder].DIMENSIONS), np.float32)
        if different:
            rows[:-1] = MEMORY.rows(self.name, list(different), self._embed)
        found = rows[[different.get(text, -1) for text in texts]]
        if self.one_by_one:
            split = list(map(sentences_of, X))
            several = np.flatnonzero([len(sentences) > 1 for sentences in split])
            lines = ["\n".join(split[at]) for at in several.tolist()]
            found[several] = _at_length_1(found[several] + self._means(lines))
        return found

    def _means(self, texts: list[str]) -> NDArray[np.float32]:
        """The mean of the lines of each text, at length 1."""
        if not texts:
            return np.zeros((0, ENCODERS[self.encoder].DIMENSIONS), np.float32)

        def embed(texts: list[str]) -> NDArray[np.float32]:
            split = [list(map(_without_shouting, text.split("\n"))) for text in texts]
            every = sorted({line for lines in split for line in lines})
            row_of = {line: row for row, line in enumerate(every)}
            rows = _LINES.rows(self.name, every, self._embed)
            means = [rows[[row_of[line] for line in lines]].mean(axis=0) for lines in split]
            return _at_length_1(np.array(means, np.float32))

        return MEMORY.rows(f"{self.name}-sentences", texts, embed)

    @property
    def name(self) -> str:
        """Its vectors are kept by it: the encoder and the beginning of its weights' SHA-256."""
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


def _at_length_1(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
