"""Keeps what sentence encoders made of texts in the database, so that only changed texts are read
again, by whichever process.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from core.clock import today
from matching.models import SentenceVector
from matching.ranking.embedding.memory import MEMORY, fingerprint

#: SQLite takes a few hundred values at once.
_AT_ONCE = 500
#: Days that a vector is kept which nobody asks for.
KEPT_FOR_DAYS = 30
#: Share of the texts that an encoder must have read.
_ENOUGH = 0.8


class DatabaseVectors:
    """A `VectorStore` of rows of `SentenceVector`."""

    def load(self, encoder: str, fingerprints: Sequence[bytes]) -> dict[bytes, bytes]:
        """Those that are kept, two queries for each 500 at the most; they count as used today."""
        found: dict[bytes, bytes] = {}
        for some in _in_batches(fingerprints):
            rows = SentenceVector.objects.filter(encoder=encoder, fingerprint__in=some)
            kept = list(rows.values_list("id", "fingerprint", "vector", "used_on"))
            found |= {bytes(key): bytes(vector) for _, key, vector, _ in kept}
            stale = [row for row, _, _, used_on in kept if used_on < today()]
            if stale:
                SentenceVector.objects.filter(pk__in=stale).update(used_on=today())
        return found

    def save(self, encoder: str, vectors: Mapping[bytes, bytes]) -> None:
        """Keep these, one query for each 500; what another process has just kept stays."""
        rows = (
            SentenceVector(encoder=encoder, fingerprint=key, vector=vector)
            for key, vector in vectors.items()
        )
        SentenceVector.objects.bulk_create(rows, _AT_ONCE, ignore_conflicts=True)


def keep_in_database() -> None:
    """From now on this process looks for vectors in the database before it computes them."""
    if MEMORY.store is None:
        MEMORY.store = DatabaseVectors()


def kept_meanings(texts: Sequence[str], encoder: str = "minilm") -> NDArray[np.float32] | None:
    """What an encoder made of texts before, as rows of length 1, float32 (texts × dimensions), of
    zeros for a text that says nothing or that it has not read, as of those in other languages; None
    where it has read too few of them to go by. Two queries for each 500 texts; nothing is computed.
    """
    # Loads scikit-learn.
    from matching.ranking.embedding.sentences import Sentences, as_read  # noqa: PLC0415

    keys = [fingerprint(as_read(text)) if any(map(str.isalnum, text)) else b"" for text in texts]
    wanted = sorted(set(keys) - {b""})
    kept = DatabaseVectors().load(Sentences(encoder).name, wanted)
    if not kept or len(kept) < _ENOUGH * len(wanted):
        return None
    rows = {key: np.frombuffer(vector, np.float16) for key, vector in kept.items()}
    nothing = np.zeros(len(next(iter(rows.values()))), np.float16)
    return np.array([rows.get(key, nothing) for key in keys], np.float32)


def forget_unused() -> int:
    """Delete vectors that nobody has asked for in a month; gives how many."""
    before = today() - timedelta(days=KEPT_FOR_DAYS)
    deleted, _ = SentenceVector.objects.filter(used_on__lt=before).delete()
    return deleted


def _in_batches(fingerprints: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (fingerprints[at : at + _AT_ONCE] for at in range(0, len(fingerprints), _AT_ONCE))
