"""The exact nearest of many vectors by inner product: the bare search, and nothing else."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # carries no types

from matching.ranking.selection import reached_by

_PAIRS_AT_ONCE = 500_000


def nearest(
    here: NDArray[np.float32], there: NDArray[np.float32], k: int, *, threads: int = 1
) -> NDArray[np.intp]:
    """For each of n vectors the k of m others (m ≥ k) whose product with it is largest, largest
    first, (n × k). Blocks of n, so that memory stays small.
    """
    others = np.ascontiguousarray(there.T)
    found = np.empty((len(here), k), np.intp)
    size = max(_PAIRS_AT_ONCE // max(len(there), 1), 16)

    def search(first: int) -> None:
        products = here[first : first + size] @ others
        rows, columns = np.nonzero(products >= reached_by(products, k))
        order = np.lexsort((-products[rows, columns], rows))
        firsts = np.searchsorted(rows, np.arange(len(products)))
        found[first : first + size] = columns[order[firsts[:, None] + np.arange(k)]]

    # Each thread is busy with a block: those of the library would only be in the way.
    with threadpool_limits(1), ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(search, range(0, len(here), size)):
            pass
    return found
