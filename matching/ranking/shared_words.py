"""The words that a person and a role share, by what they add to the cosines of their texts."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matching.ranking.text import TextVectors
from matching.ranking.words import words_of

MOST_WORDS = 3
#: A word that adds less than this to a text's score (a weighted cosine) is not worth saying.
LEAST_SHARE = 0.01
#: Likewise for a word of which only parts are shared.
LEAST_SHARE_OF_PARTS = 0.02

#: Columns and values of one text's vector, columns rising.
Vector = tuple[NDArray[np.int32], NDArray[np.float32]]


class SharedWords:
    """Takes the products of two text vectors apart, term by term.

    The terms' products add up to what their blocks add to the score, exactly. Whole words are named
    where any is shared; else the person's words of which the role has other forms ("trees" for
    "tree"). Quick for the roles of one person after the other.
    """

    def __init__(self, vectors: TextVectors) -> None:
        # Blocks that are not made of terms (topics, an embedder) have no words to name.
        nothing = slice(0, 0)
        self._words = vectors.columns_.get("words", nothing)
        self._fragments = vectors.columns_.get("fragments", nothing)
        self._terms = vectors.terms_.get("words", np.empty(0, object))
        self._fragmenter = dict(vectors.union_.transformer_list).get("fragments")
        columns = sum(map(len, vectors.terms_.values()))
        self._person = _Person(np.zeros(columns, np.float32))
        self._products = np.zeros(columns, np.float32)

    def of(self, people: csr_array, row: int, text: str, role: Vector) -> tuple[str, ...]:
        """Up to three words of a person (row of `people`, who wrote `text`), strongest first."""
        person = self._person
        person.become(people, row)
        whole = _strongest(self._whole_words(person, role), LEAST_SHARE)
        if whole or self._fragmenter is None:
            return whole
        return _strongest(self._part_words(person, text, role), LEAST_SHARE_OF_PARTS)

    def _whole_words(self, person: "_Person", role: Vector) -> dict[str, float]:
        """What each shared word adds; two in a row count half for each."""
        columns, products = person.products(role, self._words)
        shares: dict[str, float] = defaultdict(float)
        shared = products.nonzero()[0]
        terms = self._terms[columns[shared] - self._words.start].tolist()
        for term, product in zip(terms, products[shared].tolist(), strict=True):
            words = term.split(" ")
            for word in words:
                shares[word] += product / len(words)
        return shares

    def _part_words(self, person: "_Person", text: str, role: Vector) -> dict[str, float]:
        """What the shared parts of each of the person's words add."""
        if person.words is None:
            self._read_words(person, text)
        columns, products = person.products(role, self._fragments)
        self._products[columns] = products
        of_each = self._products[person.fragments]
        self._products[columns] = 0
        shares = np.bincount(person.owners, of_each, len(person.words or ())).tolist()
        return dict(zip(person.words or (), shares, strict=True))

    def _read_words(self, person: "_Person", text: str) -> None:
        person.words = list(dict.fromkeys(words_of(text)))
        columns = [self._fragmenter.columns_of(word) for word in person.words]  # type: ignore[union-attr]  # asked only where there is one
        flat = [column for of_word in columns for column in of_word]
        person.fragments = np.array(flat, np.intp) + self._fragments.start
        person.owners = np.repeat(np.arange(len(columns)), [len(c) for c in columns])


@dataclass(eq=False)
class _Person:
    """The person whose words are asked for: the vector, spread out over all columns, and, once they
    are needed, the words with the columns of their fragments.
    """

    spread: NDArray[np.float32]
    people: csr_array = None
    row: int = -1
    words: list[str] | None = None
    fragments: NDArray[np.intp] = None  # type: ignore[assignment]  # set with the words
    owners: NDArray[np.intp] = None  # type: ignore[assignment]  # set with the words

    def become(self, people: csr_array, row: int) -> None:
        if self.people is people and self.row == row:
            return
        if self.people is not None:
            self.spread[self._columns()] = 0
        self.people, self.row, self.words = people, row, None
        start, stop = people.indptr[row], people.indptr[row + 1]
        self.spread[self._columns()] = people.data[start:stop]

    def products(self, role: Vector, within: slice) -> Vector:
        """The role's columns inside a block, and their products with the person's."""
        start, stop = role[0].searchsorted((within.start, within.stop)).tolist()
        columns = role[0][start:stop]
        return columns, role[1][start:stop] * self.spread[columns]

    def _columns(self) -> NDArray[np.int32]:
        return self.people.indices[self.people.indptr[self.row] : self.people.indptr[self.row + 1]]


def _strongest(shares: dict[str, float], least: float) -> tuple[str, ...]:
    strong = [(-share, word) for word, share in shares.items() if share >= least]
    return tuple(word for _, word in sorted(strong)[:MOST_WORDS])
