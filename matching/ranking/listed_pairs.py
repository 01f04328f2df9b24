"""Pairs of people and roles that stand on lists, as the sparse matrix that a plan reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array


@dataclass(frozen=True, eq=False)
class ListedPairs:
    """Pairs of n people and m roles, each with its score.

    person_ids: (n,), role_ids: (m,), both rising. suitability: CSR float32 (n × m), an entry for
    each pair, also where the score is 0.
    """

    person_ids: NDArray[np.int64]
    role_ids: NDArray[np.int64]
    suitability: csr_array

    @classmethod
    def of(
        cls,
        person_ids: NDArray[np.int64],
        role_ids: NDArray[np.int64],
        pairs: Iterable[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]],
    ) -> Self:
        """From several sets of (person ids, role ids, scores). Pairs of somebody or something that
        is not among the ids are left out; of a pair given twice the first score counts.
        """
        given = list(pairs)
        people, roles, scores = (np.concatenate([p[of] for p in given]) for of in range(3))
        rows, known_rows = _positions(person_ids, people)
        columns, known_columns = _positions(role_ids, roles)
        known = known_rows & known_columns
        keys = rows[known] * max(len(role_ids), 1) + columns[known]
        _, first = np.unique(keys, return_index=True)
        shape = (len(person_ids), len(role_ids))
        entries = scores[known][first].astype(np.float32)
        where = rows[known][first], columns[known][first]
        return cls(person_ids, role_ids, csr_array((entries, where), shape=shape))

    @cached_property
    def eligible(self) -> csr_array:
        """The pairs themselves, CSR bool (n × m)."""
        pattern = self.suitability
        entries = np.ones(len(pattern.data), np.bool_)
        return csr_array((entries, pattern.indices, pattern.indptr), shape=pattern.shape)

    def people_of_roles(self) -> NDArray[np.int64]:
        """How many people have each role, (m,)."""
        return np.bincount(self.suitability.indices, minlength=len(self.role_ids))

    def score(self, rows: NDArray[np.integer], columns: NDArray[np.integer]) -> NDArray[np.float32]:
        """The scores of some pairs; 0 for those that are on no list."""
        width = max(len(self.role_ids), 1)
        lengths = np.diff(self.suitability.indptr)
        keys = np.repeat(np.arange(len(lengths)), lengths) * width + self.suitability.indices
        found, known = _positions(keys, np.asarray(rows * width + columns, np.int64))
        scores = np.zeros(len(found), np.float32)
        scores[known] = self.suitability.data[found[known]]
        return scores


def _positions(
    ids: NDArray[np.int64], wanted: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where each wanted id stands in ids, and whether it is there at all."""
    if not len(ids):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    found = np.searchsorted(ids, wanted).clip(max=len(ids) - 1)
    return found, ids[found] == wanted
