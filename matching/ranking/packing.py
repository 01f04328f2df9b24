"""A ranked list as a few kilobytes: what is stored of it, and how it is read. numpy only.

The bytes name their own parts and codes, so that what one version of the service stored another
can read. Contributions are kept to 0.00002, kilometres as float32.

    uint16  k: places of the list      uint16  p: parts      uint32  j: length of the JSON
    j bytes JSON: {"parts": [p names], "codes": [...], "details": [[...], ...]}; a detail that is
                  null is [kilometres], as they stand beside
    float32 (k)      kilometres, nan where a place is not known or the role is done from home
    int16   (k × p)  contributions, in steps of 1/25000
    uint8   (k × 4)  reasons: index of the code, 255 for none
    int16   (k × 4)  what each reason adds to the score, in the same steps
    uint16  (k × 4)  index of its detail
"""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

#: Reasons of one place on a list.
REASONS = 4
#: The code of no reason.
NO_REASON = 255
_STEPS = 25_000
_HEADER = struct.Struct("<HHI")


class PackingError(ValueError):
    """The bytes are not those of a list."""


@dataclass(frozen=True, eq=False)
class PackedList:
    """k places of a list, best first, without the roles and scores themselves.

    parts: p names. kilometres: float32 (k,). contributions: float32 (k × p).
    reason_codes, reason_details: (k × 4), indices of `codes` (`NO_REASON`: none) and `details`,
    where None is the place's kilometres.
    reason_values: float32 (k × 4), what each adds to the score.
    """

    parts: tuple[str, ...]
    codes: tuple[str, ...]
    details: tuple[tuple[Any, ...] | None, ...]
    kilometres: NDArray[np.float32]
    contributions: NDArray[np.float32]
    reason_codes: NDArray[np.uint8]
    reason_values: NDArray[np.float32]
    reason_details: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.kilometres)

    @classmethod
    def empty(cls) -> Self:
        """A list without places."""
        return cls(
            (),
            (),
            (),
            np.zeros(0, np.float32),
            np.zeros((0, 0), np.float32),
            np.zeros((0, REASONS), np.uint8),
            np.zeros((0, REASONS), np.float32),
            np.zeros((0, REASONS), np.uint16),
        )

    @classmethod
    def of(cls, places: Sequence[dict[str, Any]], parts: Sequence[str]) -> Self:
        """From places as `place` gives them: {"km", "parts", "reasons"}.

        parts: the names that contributions may have. Raises KeyError for a part with another name.
        """
        at_part = {name: index for index, name in enumerate(parts)}
        codes: dict[str, int] = {}
        # By code as well: 3 slots and 3.0 hours are equal, and not the same.
        details: dict[tuple[str, tuple[Any, ...]], int] = {}
        contributions = np.zeros((len(places), len(parts)), np.float32)
        of_codes = np.full((len(places), REASONS), NO_REASON, np.uint8)
        values = np.zeros((len(places), REASONS), np.float32)
        of_details = np.zeros((len(places), REASONS), np.uint16)
        for row, place in enumerate(places):
            for name, value in place["parts"].items():
                contributions[row, at_part[name]] = value
            for at, reason in enumerate(place["reasons"][:REASONS]):
                of_codes[row, at] = codes.setdefault(reason["code"], len(codes))
                values[row, at] = reason["value"]
                detail = reason["code"], tuple(reason["detail"])
                of_details[row, at] = details.setdefault(detail, len(details))
        kilometres = np.array([place["km"] for place in places], np.float32)
        return cls(
            tuple(parts),
            tuple(codes),
            tuple(detail for _, detail in details),
            kilometres,
            contributions,
            of_codes,
            values,
            of_details,
        )

    def place(self, position: int) -> dict[str, Any]:
        """One place: {"km": float or None, "parts": {name: contribution}, "reasons": [{"code",
        "value", "detail"}, ...]}; contributions of 0 are left out.
        """
        return self.places(np.array([position]))[0]

    def places(self, positions: NDArray[np.integer]) -> list[dict[str, Any]]:
        """Some places, each as `place` gives it."""
        kilometres = np.round(self.kilometres[positions].astype(np.float64), 3).tolist()
        contributions = np.round(self.contributions[positions].astype(np.float64), 4).tolist()
        values = np.round(self.reason_values[positions].astype(np.float64), 4).tolist()
        codes = self.reason_codes[positions].tolist()
        details = self.reason_details[positions].tolist()
        reasons = [
            [
                {"code": self.codes[code], "value": value, "detail": self._detail(detail, km)}
                for code, value, detail in zip(*of_place, strict=True)
                if code != NO_REASON
            ]
            for km, *of_place in zip(kilometres, codes, values, details, strict=True)
        ]
        return [
            {
                "km": None if isnan(km) else km,
                "parts": {name: v for name, v in zip(self.parts, added, strict=True) if v},
                "reasons": of_place,
            }
            for km, added, of_place in zip(kilometres, contributions, reasons, strict=True)
        ]

    def _detail(self, at: int, km: float) -> list[Any]:
        detail = self.details[at]
        return [km] if detail is None else list(detail)

    def take(self, positions: NDArray[np.integer]) -> "PackedList":
        """Some places, in this order."""
        return PackedList(
            self.parts,
            self.codes,
            self.details,
            self.kilometres[positions],
            self.contributions[positions],
            self.reason_codes[positions],
            self.reason_values[positions],
            self.reason_details[positions],
        )

    def followed_by(self, other: "PackedList") -> "PackedList":
        """The places of both."""
        parts = tuple(dict.fromkeys((*self.parts, *other.parts)))
        codes = tuple(dict.fromkeys((*self.codes, *other.codes)))
        return PackedList(
            parts,
            codes,
            (*self.details, *other.details),
            np.concatenate([self.kilometres, other.kilometres]),
            np.concatenate([self._with(parts), other._with(parts)]),
            np.concatenate([self._codes_in(codes), other._codes_in(codes)]),
            np.concatenate([self.reason_values, other.reason_values]),
            np.concatenate(
                [self.reason_details, other.reason_details + np.uint16(len(self.details))]
            ),
        )

    def pack(self) -> bytes:
        """The bytes, of which `unpack` makes the same again."""
        given = self.reason_codes != NO_REASON
        used, found = np.unique(self.reason_details[given], return_inverse=True)
        details = np.zeros(given.shape, np.uint16)
        details[given] = found
        # Details of places that were taken out are left behind.
        kept = _as_json([self.details[at] for at in used.tolist()])
        every = PackedColumns(
            self.parts,
            self.codes,
            self.kilometres[None],
            self.contributions[None],
            self.reason_codes[None],
            self.reason_values[None],
            details[None],
        )
        return every.row(0, len(self), kept)

    @classmethod
    def unpack(cls, packed: bytes | memoryview) -> "PackedList":
        """The list that was packed. Raises PackingError if it was not."""
        if not packed:
            return cls.empty()
        try:
            return cls._unpack(packed)
        except (struct.error, ValueError, KeyError) as error:
            raise PackingError("these bytes are not those of a list") from error

    @classmethod
    def _unpack(cls, packed: bytes | memoryview) -> "PackedList":
        k, p, length = _HEADER.unpack_from(packed)
        at = _HEADER.size + length
        tables = json.loads(bytes(packed[_HEADER.size : at]))
        arrays = []
        of_reasons = (("u1", REASONS), ("<i2", REASONS), ("<u2", REASONS))
        for dtype, width in (("<f4", 1), ("<i2", p), *of_reasons):
            count = k * width
            arrays.append(np.frombuffer(packed, dtype, count, at).reshape(k, width))
            at += count * np.dtype(dtype).itemsize
        if at != len(packed):
            raise PackingError("there are bytes left over")
        kilometres, contributions, codes, values, details = arrays
        return cls(
            tuple(tables["parts"]),
            tuple(tables["codes"]),
            tuple(None if of is None else tuple(of) for of in tables["details"]),
            kilometres[:, 0],
            _from_steps(contributions),
            codes,
            _from_steps(values),
            details,
        )

    def _with(self, parts: Sequence[str]) -> NDArray[np.float32]:
        """The contributions in columns of their own order."""
        if tuple(parts) == self.parts:
            return self.contributions
        given = np.zeros((len(self), len(parts)), np.float32)
        given[:, [parts.index(name) for name in self.parts]] = self.contributions
        return given

    def _codes_in(self, codes: Sequence[str]) -> NDArray[np.uint8]:
        if tuple(codes) == self.codes:
            return self.reason_codes
        at = np.full(NO_REASON + 1, NO_REASON, np.uint8)
        at[: len(self.codes)] = [codes.index(code) for code in self.codes]
        return at[self.reason_codes]


class PackedColumns:
    """The columns of n lists of at most k places, as they are stored.

    parts, codes: as in `PackedList`. kilometres: (n × k). contributions: (n × k × p).
    reason_codes, reason_values, reason_details: (n × k × 4).
    """

    def __init__(
        self,
        parts: Sequence[str],
        codes: Sequence[str],
        kilometres: NDArray[np.float32],
        contributions: NDArray[np.float32],
        reason_codes: NDArray[np.uint8],
        reason_values: NDArray[np.float32],
        reason_details: NDArray[np.uint16],
    ) -> None:
        self._parts = len(parts)
        self._head = f'{{"parts":{_as_json(parts)},"codes":{_as_json(codes)},"details":'
        self._columns = (
            kilometres.astype("<f4", copy=False),
            _in_steps(contributions),
            reason_codes,
            _in_steps(reason_values),
            reason_details.astype("<u2", copy=False),
        )

    def row(self, row: int, k: int, details: str) -> bytes:
        """The bytes of one list with k places; details: those that it points at, as JSON."""
        text = f"{self._head}{details}}}".encode()
        header = _HEADER.pack(k, self._parts, len(text))
        return b"".join((header, text, *(column[row, :k].tobytes() for column in self._columns)))


def _as_json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _in_steps(values: NDArray[np.float32]) -> NDArray[np.int16]:
    return np.rint(values * _STEPS).clip(-32_768, 32_767).astype("<i2")


def _from_steps(steps: NDArray[np.int16]) -> NDArray[np.float32]:
    return steps.astype(np.float32) / np.float32(_STEPS)
