"""Vectors of texts, kept so that a text is turned into a vector once."""

from collections.abc import Callable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from matching.ranking.vectors import Vectors, joined

#: More texts than this that nobody asks for any more, and the memory starts afresh.
_MOST_TEXTS = 100_000


class TextMemory:
    """Vectors by text. `remember` turns only those texts into vectors that it has not seen.

    They are kept as they came, in pieces: those that are asked for together came together mostly.
    """

    def __init__(self) -> None:
        self._place_of: dict[bytes, tuple[int, int]] = {}
        self._pieces: list[Vectors] = []

    def remember(self, texts: Sequence[str], transform: Callable[[list[str]], Vectors]) -> Vectors:
        """The vectors of these texts."""
        keys = [blake2b(text.encode(), digest_size=16).digest() for text in texts]
        both = zip(keys, texts, strict=True)
        new = {key: text for key, text in both if key not in self._place_of}
        if new and len(self._place_of) + len(new) > max(_MOST_TEXTS, 2 * len(texts)):
            self._place_of, self._pieces = {}, []
            new = dict(zip(keys, texts, strict=True))
        if new or not self._pieces:
            # Transformers of scikit-learn want at least one text.
            made = transform(list(new.values()) or [""]).take(slice(0, len(new)))
            piece = len(self._pieces)
            self._pieces.append(made)
            self._place_of.update((key, (piece, row)) for row, key in enumerate(new))
        places = np.array([self._place_of[key] for key in keys], np.intp).reshape(-1, 2)
        return self._taken(places[:, 0], places[:, 1])

    def _taken(self, pieces: NDArray[np.intp], rows: NDArray[np.intp]) -> Vectors:
        """Some rows of pieces, in this order."""
        asked, counts = np.unique(pieces, return_counts=True)
        if len(asked) < 2:
            return self._pieces[asked[0] if len(asked) else 0].take(rows)
        order = np.argsort(pieces, kind="stable")
        parts = np.split(rows[order], np.cumsum(counts)[:-1])
        some = [self._pieces[at].take(of) for at, of in zip(asked.tolist(), parts, strict=True)]
        return joined(some).take(np.argsort(order))
