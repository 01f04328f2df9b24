"""What people were shown and what came of it, as columns: all that learning reads.

There is no column about who a person is: people and roles are numbers that only tell them apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import IntEnum
from hashlib import sha256
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray


class Level(IntEnum):
    """What came of one showing; the furthest step counts.

    UNSUITED: the person said that it is not for them, or the group declined because it does not
    suit. Declined because there was no place left is no evidence about suitability: it stays
    APPLIED.
    """

    UNSUITED = -1
    SEEN = 0
    OPENED = 1
    APPLIED = 2
    ACCEPTED = 3
    STARTED = 4
    STAYED = 5


#: What each outcome says for a role, from 0 to 1, and for UNSUITED against it. A look costs nothing
#: and says little; who is still there after three months was in the right place.
GAINS: Mapping[Level, float] = MappingProxyType(
    {
        Level.UNSUITED: -0.5,
        Level.SEEN: 0.0,
        Level.OPENED: 0.1,
        Level.APPLIED: 0.5,
        Level.ACCEPTED: 0.75,
        Level.STARTED: 0.9,
        Level.STAYED: 1.0,
    }
)
_GAINS = np.array([GAINS[level] for level in sorted(Level)])


@dataclass(frozen=True, eq=False)
class Seen:
    """i showings of a role to a person, with p parts of suitability.

    people, roles, looks: int64 (i,); a look is one view of one list, whose rows stand together.
    values: float32 (i × p), in [0, 1]; known: bool (i × p), both as they were at that time.
    places: int64 (i,), from 1 within the look. propensities: float64 (i,), in (0, 1]: how probable
    it was that the policy put the role just there. days: float64 (i,), when it was shown.
    levels: int8 (i,), of `Level`.

    Raises ValueError where columns differ in length or hold what they cannot.
    """

    people: NDArray[np.int64]
    roles: NDArray[np.int64]
    looks: NDArray[np.int64]
    values: NDArray[np.float32]
    known: NDArray[np.bool_]
    places: NDArray[np.int64]
    propensities: NDArray[np.float64]
    days: NDArray[np.float64]
    levels: NDArray[np.int8]

    def __post_init__(self) -> None:
        if len({len(getattr(self, field.name)) for field in fields(self)}) > 1:
            raise ValueError("columns differ in length")
        if self.values.shape != self.known.shape or self.values.ndim != 2:
            raise ValueError("values and known are both showings × parts")
        if len(self) and not (self.propensities.min() > 0 and self.propensities.max() <= 1):
            raise ValueError("a propensity is above 0 and at most 1")
        if len(self) and self.places.min() < 1:
            raise ValueError("places count from 1")
        if len(np.unique(self.looks)) != len(self.starts):
            raise ValueError("the rows of a look stand together")

    def __len__(self) -> int:
        return len(self.people)

    @property
    def starts(self) -> NDArray[np.intp]:
        """The first row of each look, (looks,)."""
        if not len(self):
            return np.zeros(0, np.intp)
        return np.flatnonzero(np.r_[True, self.looks[1:] != self.looks[:-1]])

    @property
    def gains(self) -> NDArray[np.float64]:
        """What each outcome says for the role, or below 0 against it, (i,)."""
        return _GAINS[self.levels.astype(np.intp) - min(Level)]

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Whether the person did anything about it, which means that they looked at it, (i,)."""
        return self.levels != Level.SEEN

    @property
    def asked(self) -> NDArray[np.bool_]:
        """Whether the person asked for it, or said that it is not for them: what counts as an
        outcome where their number is asked for, (i,).
        """
        return self.answered & (self.levels != Level.OPENED)

    def take(self, rows: NDArray[np.bool_] | NDArray[np.integer]) -> "Seen":
        """Some of the showings, in their order."""
        return replace(self, **{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def fingerprint(self) -> str:
        """SHA-256 of everything that is learned from."""
        digest = sha256()
        for field in fields(self):
            column = np.ascontiguousarray(getattr(self, field.name))
            digest.update(f"{field.name} {column.dtype} {column.shape}".encode())
            digest.update(column.tobytes())
        return digest.hexdigest()
