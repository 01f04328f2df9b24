"""The words that a person and a role share, by what they add to the cosines of their texts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matching.ranking.text import TextVectors
from matching.ranking.words import words_of

MOST_WORDS = 3
#: A word that adds less than this to a text's score (a weighted cosine) is not worth saying: a page
#: shares many words with a role, each of which adds little.
LEAST_SHARE = 0.004
#: Nor is a word that adds less than this share of what the strongest adds.
LEAST_OF_STRONGEST = 0.25
#: Likewise for a word of which only parts are shared.
LEAST_SHARE_OF_PARTS = 0.02
#: Words, and steps in which shares are told apart, take so many bits of a number to sort by.
_BITS = 20
_TOP = (1 << _BITS) - 1

#: Pairs whose words are looked for part by part together: some megabytes.
_PAIRS_AT_ONCE = 64

Positions = NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Named:
    """Words of some pairs. counts: how many each pair has, (pairs,). words: places in
    `SharedWords.names`, pair after pair, the strongest first.
    """

    counts: NDArray[np.intp]
    words: NDArray[np.intp]


class SharedWords:
    """Takes the products of two text vectors apart, term by term.

    The terms' products add up to what their blocks add to the score, exactly. Whole words are named
    where any is shared; else the person's words of which the role has other forms ("trees" for
    "tree").

    Attribute: `names`, the words of the fitted texts in the order of the alphabet.
    """

    def __init__(self, vectors: TextVectors) -> None:
        # Blocks that are not made of terms (topics, an embedder) have no words to name.
        nothing = slice(0, 0)
        self._words = vectors.columns_.get("words", nothing)
        self._fragments = vectors.columns_.get("fragments", nothing)
        self._fragmenter = vectors.blocks_.get("fragments")
        self._columns: dict[str, NDArray[np.intp]] = {}
        terms = vectors.terms_.get("words", np.empty(0, object))
        split = [term.split(" ") for term in terms]
        self.names = np.array(sorted({word for words in split for word in words}), object)
        position = {word: at for at, word in enumerate(self.names.tolist())}
        counts = np.array([len(words) for words in split], np.intp)
        at_word = np.array([position[word] for words in split for word in words], np.intp)
        # Of two words in a row each counts half.
        halves = np.repeat(1 / np.maximum(counts, 1), counts).astype(np.float32)
        ends = np.concatenate(([0], np.cumsum(counts)))
        self._halves = csr_array((halves, at_word, ends), shape=(len(terms), len(self.names)))

    def words_in(self, vectors: csr_array) -> csr_array:
        """The columns of vectors (`Vectors.sparse`) that stand for words."""
        return csr_array(vectors[:, self._words])

    def fragments_in(self, vectors: csr_array) -> csr_array:
        """Likewise those that stand for parts of words."""
        return csr_array(vectors[:, self._fragments])

    def whole(
        self, people: csr_array, rows: Positions, roles: csr_array, columns: Positions
    ) -> Named:
        """Up to three whole words that each pair shares, strongest first: of person `rows[i]` and
        role `columns[i]`, both as `words_in` gives them.
        """
        shares = self.shares(people, rows, roles, columns)
        pairs = np.repeat(np.arange(len(rows)), np.diff(shares.indptr))
        strongest = np.zeros(len(rows), np.float32)
        np.maximum.at(strongest, pairs, shares.data)
        strong = shares.data >= np.maximum(LEAST_SHARE, strongest[pairs] * LEAST_OF_STRONGEST)
        pairs, words, values = pairs[strong], shares.indices[strong], shares.data[strong]
        # By pair, the strongest first, and by the alphabet among equals: one number to sort by.
        weakness = _TOP - np.minimum(values * _TOP, _TOP).astype(np.int64)
        keys = np.sort((pairs.astype(np.int64) << (2 * _BITS)) | (weakness << _BITS) | words)
        pairs, words = keys >> (2 * _BITS), keys & _TOP
        starts = np.searchsorted(pairs, np.arange(len(rows)))
        kept = np.arange(len(pairs)) - starts[pairs] < MOST_WORDS
        counts = np.bincount(pairs[kept], minlength=len(rows))
        return Named(counts, words[kept].astype(np.intp))

    def shares(
        self, people: csr_array, rows: Positions, roles: csr_array, columns: Positions
    ) -> csr_array:
        """What each word of `names` adds to the score of each pair, (pairs × names)."""
        products = people[rows].multiply(roles[columns])
        return csr_array(csr_array(products) @ self._halves)

    def parts(self, products: csr_array, texts: Sequence[str]) -> list[list[str]]:
        """Up to three words of each person that share parts with the role, strongest first.

        products: of the fragments of both, (pairs × fragments). texts: what the persons wrote.
        """
        named: list[list[str]] = [[] for _ in texts]
        apart = {text: self._taken_apart(text) for text in set(texts)}
        for first in range(0, len(texts), _PAIRS_AT_ONCE):
            some = [apart[text] for text in texts[first : first + _PAIRS_AT_ONCE]]
            words = [word for of_text, _, _ in some for word in of_text]
            pairs = np.repeat(np.arange(len(some)), [len(of_text) for of_text, _, _ in some])
            before = np.searchsorted(pairs, np.arange(len(some)))
            owners = np.concatenate([of + at for (_, _, of), at in zip(some, before, strict=True)])
            columns = np.concatenate([of for _, of, _ in some])
            values = products[first : first + len(some)].toarray()
            added = np.bincount(owners, values[pairs[owners], columns], len(words))
            strong = np.flatnonzero(added >= LEAST_SHARE_OF_PARTS).tolist()
            for at in sorted(strong, key=lambda at: (-added[at], words[at])):
                named[first + pairs[at]].append(words[at])
        return [words[:MOST_WORDS] for words in named]

    def _taken_apart(self, text: str) -> tuple[list[str], Positions, Positions]:
        """The words of a text, the columns of their fragments, and which word each belongs to."""
        words = list(dict.fromkeys(words_of(text)))
        # People use the same words: each is taken to pieces once.
        for word in words:
            if word not in self._columns:
                known = self._fragmenter.columns_of(word) if self._fragmenter else []
                self._columns[word] = np.array(known, np.intp)
        columns = [self._columns[word] for word in words]
        owners = np.repeat(np.arange(len(columns)), [len(each) for each in columns])
        return words, np.concatenate([*columns, np.empty(0, np.intp)]), owners
