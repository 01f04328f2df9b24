"""Vectors of role texts, kept so that a text is turned into a vector once."""

from collections.abc import Callable, Sequence
from hashlib import blake2b

import numpy as np

from matching.ranking.vectors import Vectors, joined

#: More texts than this that nobody asks for any more, and the memory starts afresh.
_MOST_TEXTS = 100_000


class TextMemory:
    """Vectors by text. `remember` turns only those texts into vectors that it has not seen."""

    def __init__(self) -> None:
        self._row_of: dict[bytes, int] = {}
        self._vectors: Vectors | None = None

    def remember(self, texts: Sequence[str], transform: Callable[[list[str]], Vectors]) -> Vectors:
        """The vectors of these texts."""
        keys = [blake2b(text.encode(), digest_size=16).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._row_of}
        if new and len(self._row_of) + len(new) > max(_MOST_TEXTS, 2 * len(texts)):
            self._row_of, self._vectors = {}, None
            new = dict(zip(keys, texts, strict=True))
        if new or self._vectors is None:
            first = len(self._row_of)
            # Transformers of scikit-learn want at least one text.
            made = transform(list(new.values()) or [""]).take(slice(0, len(new)))
            self._vectors = made if self._vectors is None else joined([self._vectors, made])
            self._row_of.update((key, first + row) for row, key in enumerate(new))
        return self._vectors.take(np.array([self._row_of[key] for key in keys], np.intp))
