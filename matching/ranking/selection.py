"""The highest values of each row, with a fair and stable order among equals."""

import numpy as np
from numpy.typing import NDArray


def best_of_rows(
    order: NDArray[np.floating],
    row_ids: NDArray[np.int64],
    column_ids: NDArray[np.int64],
    k: int,
) -> list[tuple[NDArray[np.intp], NDArray[np.uint64]]]:
    """For each row of order (r × c) the columns of its k highest values above -inf, best first, and
    what decided between equals. Where several are equal at the end, which of them are in does not
    depend on the order of the columns.
    """
    count = order.shape[1]
    if k < count:
        least = np.partition(order, count - k, axis=1)[:, count - k, None] if k else np.inf
        candidates = (order >= least) & (order > -np.inf)
    else:
        candidates = order > -np.inf
    best = []
    for row, row_id in enumerate(row_ids):
        columns = np.flatnonzero(candidates[row])
        ties = _tie_order(row_id, column_ids[columns])
        first = np.lexsort((ties, -order[row, columns]))[:k]
        best.append((columns[first], ties[first]))
    return best


def _tie_order(row_id: np.int64, column_ids: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A number for each pair of ids that looks drawn at random and is always the same
    (the finaliser of splitmix64, Steele et al. 2014).
    """
    with np.errstate(over="ignore"):
        mixed = column_ids.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= np.uint64(row_id) * np.uint64(0xD1B54A32D192ED03)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))
