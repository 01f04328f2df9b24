"""The highest values of each row, with a fair and stable order among equals."""

import numpy as np
from numpy.typing import NDArray

#: So many groups of columns for each that is looked for.
_GROUPS_OF_EACH = 8


def best_columns(
    order: NDArray[np.floating],
    row_ids: NDArray[np.int64],
    column_ids: NDArray[np.int64],
    k: int,
) -> NDArray[np.intp]:
    """For each row of order (r × c) the columns of its k highest values above -inf, best first,
    (r × k), -1 where there are fewer. Where several are equal at the end, which of them are in does
    not depend on the order of the columns.
    """
    rows, columns = _candidates(order, k)
    ties = tie_order(row_ids[rows], column_ids[columns])
    # Candidates of each row side by side; what is left over comes last.
    counts = np.bincount(rows, minlength=len(order))
    place = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    width = int(counts.max(initial=0))
    values = np.full((len(order), width), np.inf, order.dtype)
    values[rows, place] = -order[rows, columns]
    tied = np.zeros((len(order), width), np.uint64)
    tied[rows, place] = ties
    best = np.lexsort((tied, values), axis=1)[:, :k]
    at = np.full((len(order), width), -1, np.intp)
    at[rows, place] = columns
    chosen = np.full((len(order), k), -1, np.intp)
    chosen[:, : best.shape[1]] = np.take_along_axis(at, best, axis=1)
    return chosen


def _candidates(order: NDArray[np.floating], k: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of what is above -inf and may be among the k highest of its row: all that
    are, and a few more.
    """
    if not k:
        return np.empty(0, np.intp), np.empty(0, np.intp)
    least = reached_by(order, k)
    # The lowest number that is not -inf, so that one comparison is enough.
    np.maximum(least, np.finfo(order.dtype).min, out=least)
    found = np.flatnonzero(order >= least)
    return np.divmod(found, max(order.shape[1], 1))


def reached_by(order: NDArray[np.floating], k: int) -> NDArray[np.floating]:
    """For each row a value that at least k of its columns reach, and few more, (r × 1); -inf where
    there are no more than k.

    Columns are put into groups, many more than k: the k-th highest of what is highest in each group
    is reached in k groups. That takes a twentieth of the time of looking for the k-th highest.
    """
    rows, count = order.shape
    if k >= count:
        return np.full((rows, 1), -np.inf, order.dtype)
    size = max(count // (_GROUPS_OF_EACH * k), 1)
    groups = count // size
    highest = order[:, : groups * size].reshape(rows, size, groups).max(axis=1)
    # Those that fill no group stand for themselves.
    highest = np.hstack([highest, order[:, groups * size :]])
    last = highest.shape[1] - k
    return np.partition(highest, last, axis=1)[:, last, None]


def tie_order(row_ids: NDArray[np.int64], column_ids: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A number for each pair of ids that looks drawn at random and is always the same
    (the finaliser of splitmix64, Steele et al. 2014).
    """
    mixed = column_ids.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = mixed ^ (row_ids.astype(np.uint64) * np.uint64(0xD1B54A32D192ED03))
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
