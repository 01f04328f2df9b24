"""Vectors of role texts, kept so that a text is turned into a vector once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

#: More texts than this that nobody asks for any more, and the memory starts afresh.
_MOST_TEXTS = 100_000
#: From so many people on, turning the roles' vectors round pays.
_MANY_PEOPLE = 8


@dataclass(frozen=True, eq=False)
class RoleVectors:
    """Vectors of m roles: rows `rows` of `matrix`."""

    matrix: csr_array
    rows: NDArray[np.intp]

    @cached_property
    def said(self) -> NDArray[np.bool_]:
        """Which roles have a vector that is not all 0, (m,)."""
        return np.diff(self.matrix.indptr)[self.rows] > 0

    @cached_property
    def _by_term(self) -> csr_array:
        return self.matrix[self.rows].T.tocsr()

    def row(self, role: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Columns and values of one role's vector, columns rising."""
        start, stop = self.matrix.indptr[self.rows[role] : self.rows[role] + 2]
        return self.matrix.indices[start:stop], self.matrix.data[start:stop]

    def products(self, people: csr_array) -> NDArray[np.float32]:
        """Product of each person's vector with each role's, (n × m).

        Two ways to the same sums in the same order: one person at a time should not wait until
        all roles are turned round.
        """
        if people.shape[0] < _MANY_PEOPLE:
            return (self.matrix @ people.T.toarray())[self.rows].T
        return (people @ self._by_term).toarray()


class TextMemory:
    """Vectors by text. `remember` turns only those texts into vectors that it has not seen."""

    def __init__(self, columns: int) -> None:
        self._row_of: dict[bytes, int] = {}
        self._matrix = csr_array((0, columns), dtype=np.float32)

    def remember(
        self, texts: Sequence[str], transform: Callable[[list[str]], csr_array]
    ) -> RoleVectors:
        """The vectors of these texts."""
        keys = [blake2b(text.encode(), digest_size=16).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._row_of}
        if new and len(self._row_of) + len(new) > max(_MOST_TEXTS, 2 * len(texts)):
            self.__init__(self._matrix.shape[1])  # type: ignore[misc]  # starts afresh
            new = dict(zip(keys, texts, strict=True))
        if new:
            first = self._matrix.shape[0]
            self._matrix = csr_array(vstack([self._matrix, transform(list(new.values()))], "csr"))
            self._row_of.update((key, first + row) for row, key in enumerate(new))
        rows = np.fromiter((self._row_of[key] for key in keys), np.intp, len(keys))
        return RoleVectors(self._matrix, rows)
