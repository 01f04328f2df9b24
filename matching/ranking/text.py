"""Texts of people and roles as vectors whose products are weighted sums of cosines.

Blocks of length 1 are joined in a `FeatureUnion` with the square roots of their weights, so that
the product of two vectors is exactly Σ weight × cosine, block by block:

- words, one and two in a row, by how rare they are among the roles (TF-IDF): what is meant;
- fragments of words: other endings, compounds, slips of the pen;
- topics: what words are used together in this borough's roles (latent semantic analysis).

A further block, such as a sentence embedder, joins as one more entry of `TextVectors.blocks`: any
transformer of texts into rows of length 1 with `get_feature_names_out`.
"""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import Normalizer
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # carries no types

from matching.ranking.fragments import Fragments
from matching.ranking.vectors import Vectors
from matching.ranking.words import text_tags, words_of

#: One block of a text's vector: name, transformer of texts to rows of length 1, weight.
Block = tuple[str, Any, float]

#: With no text to learn from, this word is learned, so that an empty borough can start.
_PLACEHOLDER = "volunteer"


class Words(TransformerMixin, BaseEstimator):
    """Texts as TF-IDF over words, each row of length 1 (or 0 where no word is known).

    Parameters: `ngram_range`, how many words in a row make a term, from and to.
    Attributes: `vectorizer_`, the fitted scikit-learn vectorizer.
    """

    def __init__(self, ngram_range: tuple[int, int] = (1, 2)) -> None:
        self.ngram_range = ngram_range

    def fit(self, X: Sequence[str], y: object = None) -> Self:  # noqa: N803  # scikit-learn's name
        """Learn words and their rarity from texts. Any number of texts will do, none as well."""
        texts = list(X) if any(words_of(text) for text in X) else [_PLACEHOLDER]
        vectorizer = TfidfVectorizer(
            ngram_range=self.ngram_range,
            tokenizer=words_of,
            token_pattern=None,
            lowercase=False,
            sublinear_tf=True,
            dtype=np.float32,
        )
        self.vectorizer_ = vectorizer.fit(texts)
        return self

    def transform(self, X: Sequence[str]) -> Any:  # noqa: N803  # scikit-learn's name
        """Rows of length 1, float32 CSR (texts × terms)."""
        check_is_fitted(self)
        return self.vectorizer_.transform(X)

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """The terms, in the order of the columns; words of a term are a space apart."""
        check_is_fitted(self)
        return self.vectorizer_.get_feature_names_out()

    def __sklearn_tags__(self) -> Tags:
        return text_tags(super().__sklearn_tags__())


def words_and_fragments(words: float = 0.5, fragments: float = 0.5) -> list[Block]:
    """The blocks that need no model."""
    return [("words", Words(), words), ("fragments", Fragments(), fragments)]


class TextVectors(TransformerMixin, BaseEstimator):
    """Texts as joined blocks: the product of two texts is Σ weight × cosine of the block.

    Parameters: `blocks`, a list of (name, transformer, weight), None for `words_and_fragments()`;
    the weights are at least 0 and add up to 1. `topics`: how many to learn from the blocks of
    words; none are learned from fewer than twice as many texts. `topic_weight`: the share of the
    topics in the whole; the blocks share the rest.

    Attributes: `union_`, the fitted FeatureUnion; `topics_`, the fitted pipeline or None;
    `weights_` of the blocks, adding up to 1; `columns_`, the slice of columns of each block, those
    of `Vectors.sparse` first; `terms_`, what its columns stand for.
    """

    def __init__(
        self,
        blocks: Sequence[Block] | None = None,
        topics: int = 50,
        topic_weight: float = 0.2,
    ) -> None:
        self.blocks = blocks
        self.topics = topics
        self.topic_weight = topic_weight

    def fit(self, X: Sequence[str], y: object = None) -> Self:  # noqa: N803  # scikit-learn's name
        """Learn from texts of roles. Raises ValueError unless the weights add up to 1."""
        texts = list(X)
        blocks = words_and_fragments() if self.blocks is None else self.blocks
        weights = {name: weight for name, _, weight in blocks}
        if min(weights.values()) < 0 or abs(sum(weights.values()) - 1) > 1e-9:
            raise ValueError(f"weights of text blocks must add up to 1: {weights}")
        self.union_ = FeatureUnion(
            [(name, clone(transformer)) for name, transformer, _ in blocks],
            transformer_weights={name: float(np.sqrt(w)) for name, w in weights.items()},
        ).fit(texts)
        self.topics_ = self._fit_topics(texts)
        share = self.topic_weight if self.topics_ is not None else 0.0
        self.weights_ = {name: (1 - share) * weight for name, weight in weights.items()}
        self.weights_ |= {"topics": share} if share else {}
        self.terms_ = {
            name: transformer.get_feature_names_out()
            for name, transformer in self.union_.transformer_list
        }
        if self.topics_ is not None:
            self.terms_["topics"] = np.arange(self.topics).astype(str).astype(object)
        ends = np.cumsum([0, *map(len, self.terms_.values())]).tolist()
        self.columns_ = dict(zip(self.terms_, map(slice, ends[:-1], ends[1:]), strict=True))
        return self

    def people(self, texts: Sequence[str]) -> Vectors:
        """What people wrote, to be compared with `roles`."""
        return self._vectors(texts)

    def roles(self, texts: Sequence[str]) -> Vectors:
        """What roles say, to be compared with `people`."""
        return self._vectors(texts)

    def block_weights(self, person: str, role: str) -> dict[str, float]:
        """What the cosine of each block counts for a person's text in one language and a role's in
        another (codes of ISO 639-1, "" where it is not known); the weights add up to 1.
        """
        check_is_fitted(self)
        return dict(self.weights_)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        check_is_fitted(self)
        joined = csr_array(self.union_.transform(list(texts)), dtype=np.float32)
        if self.topics_ is None:
            return Vectors(joined, np.zeros((joined.shape[0], 0), np.float32))
        share = self.weights_["topics"]
        dense = np.asarray(self.topics_.transform(joined) * np.sqrt(share), np.float32)
        return Vectors(joined * np.float32(np.sqrt(1 - share)), dense)

    def transform(self, X: Sequence[str]) -> csr_array:  # noqa: N803  # scikit-learn's name
        """Float32 CSR (texts × columns); a text with no known term is a row of zeros."""
        vectors = self._vectors(X)
        joined = csr_array(hstack((vectors.sparse, vectors.dense), "csr", dtype=np.float32))
        joined.sort_indices()
        return joined

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Names of the columns, `block__term`."""
        check_is_fitted(self)
        names = [f"{block}__{term}" for block, terms in self.terms_.items() for term in terms]
        return np.array(names, dtype=object)

    def _fit_topics(self, texts: list[str]) -> Any:
        if not self.topics or not self.topic_weight or len(texts) < 2 * self.topics:
            return None
        vectors = self.union_.transform(texts)
        if vectors.shape[1] <= self.topics:
            return None
        topics = make_pipeline(TruncatedSVD(self.topics, random_state=0), Normalizer(copy=False))
        # How many threads add up a product changes its last digits: the same roles are to give the
        # same model on every machine.
        # Texts that carry nothing have no variance, and scikit-learn divides by it.
        with threadpool_limits(1), np.errstate(divide="ignore", invalid="ignore"):
            return topics.fit(vectors)

    def __sklearn_tags__(self) -> Tags:
        return text_tags(super().__sklearn_tags__())
