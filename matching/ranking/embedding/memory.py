"""Sentence vectors kept by fingerprint of the text, so that a text is read by an encoder once.

Vectors are kept as 16-bit floats, half the size; those just computed are rounded likewise, so that
it makes no difference whether a vector was remembered.
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

#: Vectors kept in the process, some 50 MB for one encoder.
_MOST_VECTORS = 60_000

Rows = NDArray[np.float32]
Kept = dict[bytes, bytes]


class VectorStore(Protocol):
    """Keeps vectors beyond the process: bytes of 16-bit floats by fingerprint, for each encoder."""

    def load(self, encoder: str, fingerprints: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """Those that are kept."""

    def save(self, encoder: str, vectors: Mapping[bytes, bytes]) -> None:
        """Keep these; some may be kept already."""


def fingerprint(text: str) -> bytes:
    """16 bytes by which a text is known."""
    return blake2b(text.encode(), digest_size=16).digest()


class VectorMemory:
    """What encoders made of texts, in the process and in a store behind it, if there is one.

    `most`: vectors of one encoder that are kept in the process; `computed`: how many had to be.
    """

    def __init__(self, most: int = _MOST_VECTORS) -> None:
        self.store: VectorStore | None = None
        self.computed = 0
        self.most = most
        self._kept: dict[str, Kept] = {}

    def rows(self, encoder: str, texts: list[str], embed: Callable[[list[str]], Rows]) -> Rows:
        """A row for each text: remembered, loaded or computed by `embed`, at length 1 within the
        precision of 16-bit floats. `encoder` names the weights as well: others, other vectors.
        """
        kept = self._kept.setdefault(encoder, {})
        known = {fingerprint(text): text for text in texts}
        found = {key: kept[key] for key in known if key in kept}
        missing = [key for key in known if key not in found]
        if missing and self.store is not None:
            found |= self.store.load(encoder, missing)
            missing = [key for key in known if key not in found]
        if missing:
            self.computed += len(missing)
            rows = embed([known[key] for key in missing]).astype(np.float16)
            new = {key: row.tobytes() for key, row in zip(missing, rows, strict=True)}
            found |= new
            if self.store is not None:
                self.store.save(encoder, new)
        if len(kept) + len(found) > self.most:
            kept.clear()
        if len(found) <= self.most:
            kept |= found
        read = np.frombuffer(b"".join(found[key] for key in map(fingerprint, texts)), np.float16)
        return read.reshape(len(texts), -1).astype(np.float32)


#: The memory of this process.
MEMORY = VectorMemory()
