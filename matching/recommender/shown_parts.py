"""What each part added to a score when it was shown, as a few bytes. numpy only.

Four bytes name the parts that this code knows, so that what another version wrote is recognised;
then one number for each part and one for what was not said, in steps of 1/65535.
"""

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from matching.ranking.weights import Weights

NOT_SAID = "not_said"
NAMES: tuple[str, ...] = (*Weights().as_dict(), NOT_SAID)
_LAYOUT = crc32(",".join(NAMES).encode()).to_bytes(4, "little")
_STEPS = 65_535
_LENGTH = len(_LAYOUT) + 2 * len(NAMES)


def packed(contributions: Mapping[str, float]) -> bytes:
    """What each part adds to a score, by name; one that is not named adds nothing."""
    each = np.array([contributions.get(name, 0.0) for name in NAMES])
    return _LAYOUT + np.rint(each * _STEPS).clip(0, _STEPS).astype("<u2").tobytes()


def unpacked(kept: Sequence[bytes]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Contributions in the order of `NAMES`, (rows × names), and which rows can be read, (rows,):
    the others were written by a version with other parts and are 0.
    """
    readable = np.array([len(of) == _LENGTH and of[:4] == _LAYOUT for of in kept], np.bool_)
    found = np.zeros((len(kept), len(NAMES)), np.float32)
    both = b"".join(of[4:] for of, can in zip(kept, readable.tolist(), strict=True) if can)
    found[readable] = np.frombuffer(both, "<u2").reshape(-1, len(NAMES)) / np.float32(_STEPS)
    return found, readable
