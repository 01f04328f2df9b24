"""What a short text lacks beside a long one, so that three words and a page are treated alike.

Whoever writes three words is a little less like any role than who writes three sentences on the
same thing: there is less to be alike in. How much less is measured on the roles themselves: their
texts, cut to so many words, against the other roles. A person's vector is made longer by just that,
so that a part's value stays the sum of what its words and meanings add.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.ranking.vectors import Vectors

#: Lengths at which it is measured, words, and the one that others are compared with.
_LENGTHS = (1, 2, 4, 8, 16, 32, 64)
_USUAL = 16
#: Roles that are cut, spread over all of them; fewer than so many in all tell nothing.
_CUT, _LEAST_ROLES = 48, 24
#: Of the other roles, so many that are most alike are looked at.
_MOST_ALIKE = 10
#: No text counts more, or less, than this many times.
_FACTORS = (0.8, 1.6)


@dataclass(frozen=True, eq=False)
class TextLength:
    """factors: what texts of `_LENGTHS` words are multiplied with."""

    factors: NDArray[np.float64]

    @classmethod
    def fit(
        cls, people: Callable[[list[str]], Vectors], texts: Sequence[str], roles: Vectors
    ) -> Self:
        """Measured on m texts of roles and their vectors. people: texts to people's vectors."""
        even = cls(np.ones(len(_LENGTHS)))
        if len(texts) < _LEAST_ROLES:
            return even
        chosen = np.linspace(0, len(texts) - 1, min(_CUT, len(texts))).astype(np.intp)
        split = [texts[row].split() for row in chosen.tolist()]
        # A text that is cut at its end is no text of that length: only those that are long enough.
        best = np.array(
            [
                _most_alike(people([" ".join(words[:length]) for words in split]), roles, chosen)
                for length in _LENGTHS
            ]
        )
        long_enough = np.array([[len(words) >= length for words in split] for length in _LENGTHS])
        if (long_enough.sum(axis=1) < _LEAST_ROLES // 2).any():
            best = np.where(long_enough, best, np.nan)
        reached = np.array([np.nanmean(row) if (~np.isnan(row)).any() else np.nan for row in best])
        usual = reached[_LENGTHS.index(_USUAL)]
        if not usual > 0:
            return even
        factors = np.clip(usual / np.maximum(reached, 1e-6), *_FACTORS)
        return cls(np.where(np.isnan(factors), 1.0, factors))

    def applied(self, vectors: Vectors, texts: Sequence[str]) -> Vectors:
        """The vectors of people's texts, each times the factor of its length."""
        counts = np.array([max(len(text.split()), 1) for text in texts])
        factor = np.interp(np.log(counts), np.log(_LENGTHS), self.factors).astype(np.float32)
        sparse = vectors.sparse.copy()
        sparse.data *= np.repeat(factor, np.diff(sparse.indptr))
        return Vectors(sparse, vectors.dense * factor[:, None])


def _most_alike(people: Vectors, roles: Vectors, own: NDArray[np.intp]) -> NDArray[np.floating]:
    """Mean likeness of each text to those roles that are most alike, its own left out."""
    likeness = people.likeness(roles)
    likeness[np.arange(len(own)), own] = -np.inf
    return np.sort(likeness, axis=1)[:, -_MOST_ALIKE:].mean(axis=1)
