"""Tags that nobody ticked, read off what people and groups wrote.

Who wrote "plant trees" and ticked nothing has said what they like all the same.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.datasets.taxonomy import Tags
from matching.ranking.columns import tag_matrix

#: For each kind of tag (`Tags.KINDS`) a tag matrix, CSR (rows × tags).
Matrices = dict[str, Any]
#: For each kind, the rows whose tags were read off their words and not ticked.
Inferred = dict[str, NDArray[np.bool_]]


def or_mentioned(
    ticked: Matrices, texts: Mapping[str, Sequence[Sequence[str]]], tags: Tags, most: int
) -> tuple[Matrices, Inferred]:
    """Tag matrices in which a row without any tag has those that its texts mention, and which rows
    these are.

    texts: for each kind, columns of texts, tried in this order until one mentions something.
    most: so many tags at most for each row and kind, those with the most different words first, so
    that a long text says no more than a short one.
    """
    mentioned = cache(tags.mentioned)  # a text stands for several kinds, and often for several rows
    filled: Matrices = {}
    inferred: Inferred = {}
    for kind, matrix in ticked.items():
        rows = [matrix.indices[start:end] for start, end in pairwise(matrix.indptr.tolist())]
        empty = np.flatnonzero(np.diff(matrix.indptr) == 0).tolist()
        read = np.zeros(matrix.shape[0], np.bool_)
        for row in empty:
            found = (mentioned(column[row])[kind] for column in texts[kind])
            rows[row] = next(filter(None, found), [])[:most]
            read[row] = bool(rows[row])
        filled[kind], inferred[kind] = tag_matrix(rows, matrix.shape[1]), read
    return filled, inferred
