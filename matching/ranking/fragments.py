"""Texts as parts of their words, so that other endings, compounds and slips of the pen meet."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from matching.ranking.words import text_tags, words_of

#: Words whose fragments are remembered, some 20 MB: few words make up most of all texts.
_WORDS_REMEMBERED = 8_192


@lru_cache(_WORDS_REMEMBERED)
def fragments_of(word: str, sizes: tuple[int, int]) -> tuple[str, ...]:
    """Runs of characters of a word with a space at each end, each once, in order."""
    padded = f" {word} "
    shortest, longest = sizes
    runs = (
        padded[start : start + size]
        for size in range(shortest, longest + 1)
        for start in range(len(padded) - size + 1)
    )
    return tuple(dict.fromkeys(runs))


class Fragments(TransformerMixin, BaseEstimator):
    """Texts as TF-IDF over fragments of words, each row of length 1 (or 0 where none is known).

    Like scikit-learn's `char_wb` analyzer, but weighed word by word: a fragment weighs by its own
    rarity and by that of its word, and a word's weight grows with the root of its length only.
    Otherwise "teach children to read" is about "children" above all, since that has twice as many
    fragments as "read". A word of no role is as rare as can be, and meets the roles by what its
    fragments share with their words.

    Parameters: `sizes`, shortest and longest fragment.
    Attributes: `columns_`, column of each fragment; `rarity_`, its inverse document frequency;
    `word_rarity_`, likewise for words; `rarest_`, that of a word which no text has.
    """

    def __init__(self, sizes: tuple[int, int] = (3, 5)) -> None:
        self.sizes = sizes

    def fit(self, X: Sequence[str], y: object = None) -> Self:  # noqa: N803  # scikit-learn's name
        """Learn fragments and rarities from texts. Any number of texts will do, none as well."""
        texts = [set(words_of(text)) for text in X]
        words = Counter(word for text in texts for word in text)
        parts = [fragments_of(word, self.sizes) for word in words]
        fragments = sorted({fragment for of_word in parts for fragment in of_word})
        self.columns_ = {fragment: column for column, fragment in enumerate(fragments)}
        row_of = {word: row for row, word in enumerate(words)}
        in_texts = _incidence([[row_of[word] for word in text] for text in texts], len(words))
        in_words = _incidence([[self.columns_[f] for f in each] for each in parts], len(fragments))
        # An entry for each fragment that a text has, in however many of its words.
        carried = np.bincount((in_texts @ in_words).indices, minlength=len(fragments))
        self.rarity_ = np.log((1 + len(texts)) / (1 + carried)) + 1
        self.rarest_ = float(np.log(1 + len(texts)) + 1)
        self.word_rarity_ = {
            word: self.rarest_ - float(np.log(1 + count)) for word, count in sorted(words.items())
        }
        return self

    def transform(self, X: Sequence[str]) -> csr_array:  # noqa: N803  # scikit-learn's name
        """Rows of length 1, float32 CSR (texts × fragments)."""
        check_is_fitted(self)
        counts = [Counter(words_of(text)) for text in X]
        position = {word: at for at, word in enumerate(dict.fromkeys(w for c in counts for w in c))}
        ends = np.cumsum([0, *map(len, counts)])
        data = [
            (1 + np.log(times)) * self.word_rarity_.get(word, self.rarest_)
            for count in counts
            for word, times in count.items()
        ]
        columns = [position[word] for count in counts for word in count]
        words = csr_array(
            (np.array(data, np.float32), np.array(columns, np.int64), ends),
            shape=(len(counts), len(position)),
        )
        joined = csr_array(words @ self._vectors(list(position)))
        return _scaled(joined, 1 / _lengths(joined))

    def columns_of(self, word: str) -> list[int]:
        """Columns of the fragments of one folded word, those that are known."""
        columns = self.columns_
        return [columns[f] for f in fragments_of(word, self.sizes) if f in columns]

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """The fragments, in the order of the columns."""
        check_is_fitted(self)
        return np.array(list(self.columns_), dtype=object)

    def _vectors(self, words: list[str]) -> csr_array:
        """Each word by its fragments, float32 CSR (words × fragments), its length being the root of
        what it would be as it is.
        """
        known = [self.columns_of(word) for word in words]
        indptr = np.cumsum([0, *map(len, known)])
        indices = np.fromiter((c for columns in known for c in columns), np.int64, int(indptr[-1]))
        data = self.rarity_[indices].astype(np.float32)
        shape = (len(words), len(self.columns_))
        vectors = csr_array((data, indices, indptr), shape=shape)
        return _scaled(vectors, 1 / np.sqrt(_lengths(vectors)))

    def __sklearn_tags__(self) -> Tags:
        return text_tags(super().__sklearn_tags__())


def strongest(vectors: csr_array, most: int) -> csr_array:
    """Each row with its `most` largest entries only (the earlier column of equals), at length 1 or
    empty as before.
    """
    sizes = np.diff(vectors.indptr)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((vectors.indices, -vectors.data, rows))
    kept = np.sort(order[np.arange(len(order)) - vectors.indptr[rows] < most])
    indptr = np.concatenate([[0], np.cumsum(np.minimum(sizes, most))])
    data, indices = vectors.data[kept], vectors.indices[kept]
    cut = csr_array((data, indices, indptr), shape=vectors.shape)
    return _scaled(cut, 1 / _lengths(cut))


def _incidence(columns: Sequence[Sequence[int]], width: int) -> csr_array:
    """CSR (rows × width) with 1 in the given columns of each row."""
    indptr = np.cumsum([0, *map(len, columns)])
    indices = np.fromiter((c for of_row in columns for c in of_row), np.int64, int(indptr[-1]))
    ones = np.ones(len(indices), np.int32)
    return csr_array((ones, indices, indptr), shape=(len(columns), width))


def _lengths(vectors: csr_array) -> NDArray[np.float32]:
    """Length of each row, 1 where it is empty."""
    lengths = np.sqrt(vectors.power(2).sum(axis=1))
    return np.where(lengths > 0, lengths, 1).astype(np.float32)


def _scaled(vectors: csr_array, factors: NDArray[np.floating]) -> csr_array:
    """Each row times its factor."""
    each = np.repeat(factors.astype(np.float32), np.diff(vectors.indptr))
    shape = vectors.shape
    return csr_array((vectors.data * each, vectors.indices, vectors.indptr), shape=shape)
