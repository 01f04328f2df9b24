"""The words that a person and a role share, by what they add to the cosines of their texts."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from matching.ranking.text import TextVectors
from matching.ranking.text_memory import RoleVectors
from matching.ranking.words import words_of

MOST_WORDS = 3
#: A word that adds less than this to a text's score (a weighted cosine) is not worth saying: a page
#: shares many words with a role, each of which adds little.
LEAST_SHARE = 0.004
#: Nor is a word that adds less than this share of what the strongest adds.
LEAST_OF_STRONGEST = 0.25
#: Likewise for a word of which only parts are shared.
LEAST_SHARE_OF_PARTS = 0.02

Positions = NDArray[np.integer]
#: Columns and values of one text's vector, columns rising.
Vector = tuple[NDArray[np.int32], NDArray[np.float32]]


class SharedWords:
    """Takes the products of two text vectors apart, term by term.

    The terms' products add up to what their blocks add to the score, exactly. Whole words are named
    where any is shared; else the person's words of which the role has other forms ("trees" for
    "tree").
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
        self._columns: dict[str, NDArray[np.intp]] = {}

    def whole(
        self, people: csr_array, rows: Positions, roles: RoleVectors, columns: Positions
    ) -> list[tuple[str, ...]]:
        """Up to three whole words that each pair shares, strongest first: of person `rows[i]` and
        role `columns[i]`. All pairs at once, since there are many.
        """
        shares, names = self._shares(people, rows, roles, columns)
        strongest = np.zeros(len(rows))
        np.maximum.at(strongest, shares.row, shares.data)
        strong = shares.data >= np.maximum(LEAST_SHARE, strongest[shares.row] * LEAST_OF_STRONGEST)
        pairs, words = shares.row[strong], shares.col[strong]
        # The names are in the order of the alphabet, which decides between equals.
        order = np.lexsort((words, -shares.data[strong], pairs))
        ends = np.searchsorted(pairs[order], np.arange(len(rows) + 1)).tolist()
        found = names[words[order]].tolist()
        return [tuple(found[start : min(end, start + MOST_WORDS)]) for start, end in pairwise(ends)]

    def parts(self, people: csr_array, row: int, text: str, role: Vector) -> tuple[str, ...]:
        """Up to three words of a person (row of `people`, who wrote `text`) that have parts in
        common with the role, strongest first. Quick for the roles of one person after the other.
        """
        if self._fragmenter is None:
            return ()
        self._person.become(people, row)
        words, shares = self._part_words(self._person, text, role)
        strong = (shares >= LEAST_SHARE_OF_PARTS).nonzero()[0].tolist()
        ordered = sorted((-float(shares[at]), words[at]) for at in strong)
        return tuple(word for _, word in ordered[:MOST_WORDS])

    def _shares(
        self, people: csr_array, rows: Positions, roles: RoleVectors, columns: Positions
    ) -> tuple[coo_array, NDArray[np.object_]]:
        """What each whole word adds for each pair, (pairs × words), and the words in order of the
        alphabet. Of two words in a row each counts half.
        """
        wanted, at_role = np.unique(columns, return_inverse=True)
        theirs = roles.matrix[roles.rows[wanted]][:, self._words][at_role]
        products = coo_array(people[:, self._words][rows].multiply(theirs))
        terms, at_term = np.unique(products.col, return_inverse=True)
        split = [term.split(" ") for term in self._terms[terms]]
        names = sorted({word for words in split for word in words})
        position = {word: at for at, word in enumerate(names)}
        counts = np.array([len(words) for words in split], np.intp)
        entries = (
            np.repeat(1 / np.maximum(counts, 1), counts),
            (
                np.repeat(np.arange(len(split)), counts),
                np.array([position[word] for words in split for word in words], np.intp),
            ),
        )
        halves = csr_array(entries, shape=(len(split), len(names)))
        shape = (len(rows), len(split))
        by_term = csr_array((products.data, (products.row, at_term)), shape=shape)
        return coo_array(by_term @ halves), np.array(names, object)

    def _part_words(
        self, person: "_Person", text: str, role: Vector
    ) -> tuple[list[str], NDArray[np.float64]]:
        """The person's words, and what the shared parts of each add."""
        words = person.words
        if words is None:
            words = self._read_words(person, text)
        columns, products = person.products(role, self._fragments)
        self._products[columns] = products
        of_each = self._products[person.fragments]
        self._products[columns] = 0
        return words, np.bincount(person.owners, of_each, len(words)).astype(np.float64)

    def _read_words(self, person: "_Person", text: str) -> list[str]:
        person.words = words = list(dict.fromkeys(words_of(text)))
        # People use the same words: each is taken to pieces once.
        for word in words:
            if word not in self._columns:
                known = self._fragmenter.columns_of(word)  # type: ignore[union-attr]  # asked only where there is one
                self._columns[word] = np.array(known, np.intp) + self._fragments.start
        columns = [self._columns[word] for word in words]
        person.fragments = np.concatenate([*columns, np.empty(0, np.intp)])
        person.owners = np.repeat(np.arange(len(columns)), [len(c) for c in columns])
        return words


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
