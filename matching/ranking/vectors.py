"""Vectors of texts in two halves: few entries of many columns, and many of few."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack


@dataclass(frozen=True, eq=False)
class Vectors:
    """n texts: `sparse`, float32 CSR (n × s), of words and their parts; `dense`, float32 (n × d),
    of what they mean. The likeness of two texts is the sum of both products.
    """

    sparse: csr_array
    dense: NDArray[np.float32]

    def __len__(self) -> int:
        return int(self.dense.shape[0])

    @property
    def said(self) -> NDArray[np.bool_]:
        """Which texts say anything that can be compared, (n,)."""
        return (np.diff(self.sparse.indptr) > 0) | self.dense.any(axis=1)

    def take(self, rows: NDArray[np.integer] | slice) -> "Vectors":
        """Some of them, in this order."""
        return Vectors(csr_array(self.sparse[rows]), self.dense[rows])

    def likeness(self, other: "Vectors") -> NDArray[np.float32]:
        """Product of each text with each other, (n × m): give it blocks."""
        return (self.sparse @ other.sparse.T).toarray() + self.dense @ other.dense.T


def joined(vectors: Sequence[Vectors]) -> Vectors:
    """All of them, one after the other. Raises ValueError where there are none."""
    sparse = vstack([each.sparse for each in vectors], "csr", dtype=np.float32)
    return Vectors(csr_array(sparse), np.concatenate([each.dense for each in vectors]))
