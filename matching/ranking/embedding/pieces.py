"""Word pieces of texts, cut into what an encoder reads at once and put together in batches."""

import numpy as np
from numpy.typing import NDArray

#: Word pieces in one batch: enough to keep a core busy, few enough to stay in its cache.
_BATCH_PIECES = 512


def windows(ids: list[list[int]], longest: int) -> tuple[list[list[int]], NDArray[np.intp]]:
    """Texts' word pieces in parts of at most `longest`, those of one text equally long, and for
    each part the text that it is of.
    """
    parts: list[list[int]] = []
    owners: list[int] = []
    for owner, pieces in enumerate(ids):
        count = max(1, -(-len(pieces) // longest))
        size = -(-len(pieces) // count)
        parts += [pieces[at * size : (at + 1) * size] for at in range(count)]
        owners += [owner] * count
    return parts, np.array(owners, np.intp)


def batches(parts: list[list[int]], most: int = _BATCH_PIECES) -> list[list[int]]:
    """Positions of parts, like lengths together, so many that padded they stay within a batch."""
    found: list[list[int]] = []
    for at in sorted(range(len(parts)), key=lambda at: len(parts[at])):
        if not found or (len(found[-1]) + 1) * (len(parts[at]) + 2) > most:
            found.append([])
        found[-1].append(at)
    return found
