"""BM25, the usual yardstick of searching by words, to compare text models with.

After Robertson and Zaragoza (2009, "The Probabilistic Relevance Framework: BM25 and Beyond"), with
the rarity of Lucene, which is never below 0. Its scores are no cosines, so it is no block of ours.
"""

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from matching.ranking.words import text_tags, words_of


class Bm25(BaseEstimator):
    """Documents to be searched by words.

    Parameters: `saturation` (k1), how much a word said again still adds; `length` (b), how much a
    long document's words count less, from 0 to 1.
    Attributes: `vectorizer_`, the fitted scikit-learn vectorizer; `words_`, what each word of each
    document adds to the score of a query that has it once, float32 CSR (documents × words).
    """

    def __init__(self, saturation: float = 1.2, length: float = 0.75) -> None:
        self.saturation = saturation
        self.length = length

    def fit(self, X: Sequence[str], y: object = None) -> Self:  # noqa: N803  # scikit-learn's name
        """Learn from the documents. Any number will do, as long as one has a word."""
        self.vectorizer_ = CountVectorizer(tokenizer=words_of, token_pattern=None, lowercase=False)
        counts = csr_array(self.vectorizer_.fit_transform(X), dtype=np.float32)
        carried = np.bincount(counts.indices, minlength=counts.shape[1])
        rarity = np.log1p((counts.shape[0] - carried + 0.5) / (carried + 0.5))
        lengths = counts.sum(axis=1)
        slack = self.saturation * (1 - self.length + self.length * lengths / lengths.mean())
        slack = np.repeat(slack, np.diff(counts.indptr))
        added = counts.data * (self.saturation + 1) / (counts.data + slack)
        values = (added * rarity[counts.indices]).astype(np.float32)
        self.words_ = csr_array((values, counts.indices, counts.indptr), shape=counts.shape)
        return self

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The score of each document for each query, float32 (texts × documents)."""
        check_is_fitted(self)
        counts = csr_array(self.vectorizer_.transform(texts), dtype=np.float32)
        found: NDArray[np.float32] = (counts @ self.words_.T).toarray()
        return found

    def __sklearn_tags__(self) -> Tags:
        return text_tags(super().__sklearn_tags__())
