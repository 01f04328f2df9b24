"""Texts of people and roles as vectors whose products are weighted sums of cosines.

Blocks of length 1 are put side by side, each times what it counts, so that the product of two
vectors is exactly Σ weight × cosine, block by block:

- words, one and two in a row, by how rare they are among the roles (TF-IDF): what is said;
- fragments of words: other endings, compounds, slips of the pen;
- sentence encoders, each for the languages that it reads best: what is meant.

How much a block counts is decided by the languages of both texts (`block_weights.py`). Where the
package with an encoder's weights is missing, the other blocks share its weight, and it is said so.
"""

import logging
from collections.abc import Collection, Sequence
from copy import copy
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from matching.ranking.block_weights import BlockWeights, reads
from matching.ranking.embedding.packaged import EncoderUnavailableError
from matching.ranking.fragments import Fragments, strongest
from matching.ranking.languages import UNKNOWN, language_of, shares_of
from matching.ranking.meaning import meaning_blocks
from matching.ranking.vectors import Vectors
from matching.ranking.words import text_tags, words_of

log = logging.getLogger(__name__)

#: One block of a text's vector: name, transformer of texts to rows of length 1.
Block = tuple[str, Any]

#: With no text to learn from, this word is learned, so that an empty borough can start.
_PLACEHOLDER = "volunteer"
#: Fragments of a person's text that are kept, the strongest: more cost time and gain nothing.
_MOST_FRAGMENTS = 60
#: A role of no more characters is a title without a description.
_TITLE = 40
#: How much the languages of the roles say of a person's: many write in another.
_TRUST = 0.2


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

    def __getstate__(self) -> dict[str, Any]:
        """What is saved: without the address in memory that scikit-learn notes, so that the same
        words are saved as the same bytes by every process.
        """
        state = dict(super().__getstate__())
        if "vectorizer_" in state:
            state["vectorizer_"] = copy(state["vectorizer_"])
            state["vectorizer_"].__dict__.pop("_stop_words_id", None)
        return state

    def __sklearn_tags__(self) -> Tags:
        return text_tags(super().__sklearn_tags__())


def words_and_fragments() -> list[Block]:
    """The blocks that need no package with weights."""
    return [("words", Words()), ("fragments", Fragments())]


def all_blocks(threads: int = 1) -> list[Block]:
    """Every block, as the service uses them; threads: how many an encoder computes with."""
    return [*words_and_fragments(), *meaning_blocks(threads)]


class TextVectors(BaseEstimator):
    """Texts as joined blocks: the product of a person's and a role's is Σ weight × cosine.

    Parameters: `blocks`, a list of (name, transformer), None for `all_blocks()`; `weights`, what
    they count by language, None for the default.

    Attributes: `blocks_`, the fitted transformers by name; `missing_`, why an encoder is not there,
    by name; `languages_`, the share of the roles in each language, and `expected_`, as estimated
    for all of them together; `titles_`, the share of roles that are titles only;
    `main_language_`, that of most roles, and `main_words_`, their words; `columns_`, the slice of
    columns of each block, those of `Vectors.sparse` (words, fragments) and of `Vectors.dense` (the
    others) counted each from 0; `terms_`, what the columns of `Vectors.sparse` stand for, by block.
    """

    def __init__(
        self, blocks: Sequence[Block] | None = None, weights: BlockWeights | None = None
    ) -> None:
        self.blocks = blocks
        self.weights = weights

    def fit(self, X: Sequence[str], y: object = None) -> Self:  # noqa: N803  # scikit-learn's name
        """Learn from texts of roles: any number will do, none as well."""
        texts = list(X)
        self.expected_ = shares_of(texts)
        languages = list(map(self._language_of_role, texts))
        said = [text for text in texts if text.strip()]
        self.titles_ = sum(len(text) <= _TITLE for text in said) / max(len(said), 1)
        self.blocks_: dict[str, Any] = {}
        self.missing_: dict[str, str] = {}
        for name, block in all_blocks() if self.blocks is None else self.blocks:
            # What an encoder makes of a language that it does not read is nothing to learn from.
            both = zip(texts, languages, strict=True)
            read = [text for text, language in both if reads(language).get(name, True)]
            try:
                self.blocks_[name] = clone(block).fit(read)
            except EncoderUnavailableError as error:
                self.missing_[name] = str(error)
                log.warning("texts are compared without the encoder %s: %s", name, error)
        self.languages_ = {
            language: languages.count(language) / len(texts) for language in sorted(set(languages))
        }
        self.main_language_ = max(self.languages_, key=self.languages_.__getitem__, default=UNKNOWN)
        both = zip(texts, languages, strict=True)
        mine = [text for text, language in both if language == self.main_language_]
        # In order, since a set would be saved in another order by each process.
        words = {word for text in mine for word in words_of(text)}
        self.main_words_ = dict.fromkeys(sorted(words))
        self.terms_ = {
            name: block.get_feature_names_out()
            for name, block in self.blocks_.items()
            if _is_sparse(name)
        }
        self.columns_ = {}
        for kind in (True, False):
            start = 0
            for name, block in self.blocks_.items():
                if _is_sparse(name) == kind:
                    size = len(block.get_feature_names_out())
                    self.columns_[name] = slice(start, start + size)
                    start += size
        return self

    def people(self, texts: Sequence[str]) -> Vectors:
        """What people wrote, to be compared with `roles`. Raises EncoderUnavailableError where the
        package of an encoder has gone since `fit`.
        """
        check_is_fitted(self)
        counts = self.weights_of_people(texts, self.blocks_)
        return self._vectors(list(texts), counts, most=_MOST_FRAGMENTS)

    def roles(self, texts: Sequence[str]) -> Vectors:
        """What roles say, to be compared with `people`. Raises as `people`."""
        check_is_fitted(self)
        counts = self.weights_of_roles(texts, self.blocks_)
        return self._vectors(list(texts), counts, most=None)

    def weights_of_people(
        self, texts: Sequence[str], blocks: Collection[str]
    ) -> dict[str, NDArray[np.float32]]:
        """The factor of each person's text by block, were there these blocks: what they count is
        known before an encoder reads anything.
        """
        check_is_fitted(self)
        languages = list(map(self._language_of_person, texts))
        weights = (self.weights or BlockWeights()).among(blocks)
        return weights.of_people(languages, self.languages_, self.titles_)

    def weights_of_roles(
        self, texts: Sequence[str], blocks: Collection[str]
    ) -> dict[str, NDArray[np.float32]]:
        """Likewise the factor of each role's text: 1 where a block reads it, else 0."""
        check_is_fitted(self)
        weights = (self.weights or BlockWeights()).among(blocks)
        return weights.of_roles(list(map(self._language_of_role, texts)))

    def block_weights(self, person: str, role: str) -> dict[str, float]:
        """What the cosine of each block counts for a person's text in one language and a role's in
        another (codes of ISO 639-1, "" where it is not known): at least 0, 1 in all at the most.
        """
        check_is_fitted(self)
        weights = self._weights()
        theirs = weights.of_people([person], self.languages_, self.titles_)
        reads = weights.of_roles([role])
        return {name: float(theirs[name][0] * reads[name][0]) for name in self.blocks_}

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Names of the columns of `Vectors.sparse`, `block__term`."""
        check_is_fitted(self)
        names = [f"{block}__{term}" for block, terms in self.terms_.items() for term in terms]
        return np.array(names, dtype=object)

    def _language_of_person(self, text: str) -> str:
        """A short text mostly of words which roles use is in their language, whatever it looks
        like: three words are too few to tell, and "sales assistant" could be French.
        """
        words = words_of(text)
        shared = sum(word in self.main_words_ for word in words)
        if 2 * shared > len(words):
            return self.main_language_
        return language_of(text, self.expected_, _TRUST)

    def _language_of_role(self, text: str) -> str:
        return language_of(text, self.expected_)

    def _weights(self) -> BlockWeights:
        return (self.weights or BlockWeights()).among(self.blocks_)

    def _vectors(
        self, texts: list[str], counts: dict[str, NDArray[np.float32]], most: int | None
    ) -> Vectors:
        sparse, dense = [], [np.zeros((len(texts), 0), np.float32)]
        for name, block in self.blocks_.items():
            count = counts[name]
            # What counts for nothing need not be computed: an encoder is slow.
            read = [t if c else "" for t, c in zip(texts, count, strict=True)]
            of_roles = most is None and hasattr(block, "roles")
            rows = block.roles(read) if of_roles else block.transform(read)
            if not _is_sparse(name):
                dense.append(rows * count[:, None])
                continue
            rows = csr_array(rows)
            if name == "fragments" and most is not None:
                rows = strongest(rows, most)
            rows.data *= np.repeat(count, np.diff(rows.indptr))
            sparse.append(rows)
        joined = hstack(sparse, "csr", dtype=np.float32) if sparse else (len(texts), 0)
        both = Vectors(csr_array(joined, dtype=np.float32), np.concatenate(dense, axis=1))
        both.sparse.sort_indices()
        return both

    def __sklearn_tags__(self) -> Tags:
        return text_tags(super().__sklearn_tags__())


def _is_sparse(name: str) -> bool:
    return name in ("words", "fragments")
