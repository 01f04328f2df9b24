"""Ranked lists as columns: numbers for everybody, words when they are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isnan

import numpy as np
from numpy.typing import NDArray

from matching.ranking.block_packing import packed_details
from matching.ranking.eligibility import RULES
from matching.ranking.explanation import Reasons
from matching.ranking.matches import (
    FORMS,
    MOST_REASONS,
    NO_REASON,
    PARTS_OF_REASONS,
    REASON_CODES,
    Detail,
    Form,
    Match,
    Reason,
    detail_of,
)
from matching.ranking.packing import PackedColumns, PackedList
from matching.ranking.suitability import CONTRIBUTION_NAMES

_PART_OF = np.zeros(NO_REASON + 1, np.intp)
_PART_OF[: len(REASON_CODES)] = [CONTRIBUTION_NAMES.index(part) for part in PARTS_OF_REASONS]


@dataclass(frozen=True, eq=False)
class RankedLists:
    """A list of at most k for each of n owners (people, or roles), best first.

    ids: of what is ranked. indices: rows of what is ranked, int32 (n × k), -1 where a list is
    shorter. scores: float32 (n × k), in [0, 1]. kilometres: float32 (n × k), nan where a place is
    not known or the role is done from home. contributions: float32 (n × k × `CONTRIBUTION_NAMES`),
    which add up to the scores. codes: uint8 (n × k × 4), reasons as places in
    `matches.REASON_CODES`, the one that counts most first, `NO_REASON` where there are fewer.
    eligible: how many pairs every rule allows, (n,). sole_blockers: how many more each rule alone
    keeps apart, in the order of `RULES`, (n × rules).

    What reasons are made of is kept as numbers too; `match` and `packed` give it in words.
    """

    ids: NDArray[np.int64]
    indices: NDArray[np.int32]
    scores: NDArray[np.float32]
    kilometres: NDArray[np.float32]
    contributions: NDArray[np.float32]
    codes: NDArray[np.uint8]
    eligible: NDArray[np.int64]
    sole_blockers: NDArray[np.int64]
    texts: Sequence[str]
    #: Details: numbers of each, in one of several pieces, and where those of a match begin.
    lengths: NDArray[np.uint8]
    _starts: NDArray[np.int32]
    _pieces: NDArray[np.int32]
    _numbers: list[NDArray[np.uint32]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.indices)

    def fill(
        self,
        rows: NDArray[np.integer],
        places: NDArray[np.integer],
        indices: NDArray[np.integer],
        scores: NDArray[np.float32],
        kilometres: NDArray[np.float32],
        contributions: NDArray[np.float32],
        reasons: Reasons,
    ) -> None:
        """Put some matches in their places. Several threads may do so at once."""
        self.indices[rows, places] = indices
        self.scores[rows, places] = scores
        self.kilometres[rows, places] = kilometres
        self.contributions[rows, places] = contributions
        self.codes[rows, places] = reasons.codes
        self.lengths[rows, places] = reasons.lengths
        ends = np.cumsum(reasons.lengths.sum(axis=1, dtype=np.int32), dtype=np.int32)
        self._starts[rows, places] = np.concatenate((np.zeros(1, np.int32), ends))[:-1]
        # Which piece it became is known by its place alone, whoever else adds one meanwhile.
        piece = reasons.numbers
        self._numbers.append(piece)
        self._pieces[rows, places] = next(
            at for at in range(len(self._numbers) - 1, -1, -1) if self._numbers[at] is piece
        )

    def length(self, row: int) -> int:
        """How many are on one list."""
        return int((self.indices[row] >= 0).sum())

    def match(self, row: int, place: int) -> Match:
        """One place of one list in words."""
        km = float(self.kilometres[row, place])
        contributions = self.contributions[row, place].tolist()
        named = zip(CONTRIBUTION_NAMES, contributions, strict=True)
        return Match(
            int(self.indices[row, place]),
            float(self.scores[row, place]),
            {name: value for name, value in named if value},
            None if isnan(km) else km,
            tuple(
                Reason(REASON_CODES[code], contributions[_PART_OF[code]], detail)
                for code, detail in self._details(row, place)
            ),
        )

    @property
    def matches(self) -> list[list[Match]]:
        """All lists in words: for a few of them."""
        return [
            [self.match(row, place) for place in range(self.length(row))]
            for row in range(len(self))
        ]

    def packed(self, row: int) -> PackedList:
        """One list as it is stored, without the roles (or people) and scores themselves."""
        k = self.length(row)
        codes = self.codes[row, :k]
        # By code as well: 3 slots and 3.0 hours are equal, and not the same.
        details: dict[tuple[int, Detail | None], int] = {}
        at = np.zeros((k, MOST_REASONS), np.uint16)
        for place in range(k):
            for slot, (code, detail) in enumerate(self._details(row, place)):
                found = code, None if FORMS[code] is Form.KILOMETRES else detail
                at[place, slot] = details.setdefault(found, len(details))
        contributions = self.contributions[row, :k]
        values = np.take_along_axis(contributions, _PART_OF[codes], axis=1)
        return PackedList(
            CONTRIBUTION_NAMES,
            REASON_CODES,
            tuple(detail for _, detail in details),
            self.kilometres[row, :k],
            contributions,
            codes,
            np.where(codes == NO_REASON, np.float32(0), values),
            at,
        )

    def packed_rows(self) -> list[bytes]:
        """All lists as they are stored: says the same as `packed(row).pack()` of each."""
        rows, places, slots = np.nonzero(self.codes != NO_REASON)
        lengths = self.lengths.astype(np.int64)
        before = np.cumsum(lengths, axis=2) - lengths
        firsts = np.cumsum([0, *map(len, self._numbers)])[self._pieces] + self._starts
        which = rows, places, slots
        of_details, details = packed_details(
            rows,
            self.codes[which],
            lengths[which],
            before[which] + firsts[rows, places],
            np.concatenate([*self._numbers, np.empty(0, np.uint32)]),
            self.texts,
            len(self),
        )
        at = np.zeros(self.codes.shape, np.uint16)
        at[which] = of_details
        values = np.zeros(self.codes.shape, np.float32)
        values[which] = self.contributions[rows, places, _PART_OF[self.codes[which]]]
        columns = PackedColumns(
            CONTRIBUTION_NAMES,
            REASON_CODES,
            self.kilometres,
            self.contributions,
            self.codes,
            values,
            at,
        )
        listed = (self.indices >= 0).sum(axis=1).tolist()
        return [columns.row(row, k, details[row]) for row, k in enumerate(listed)]

    def _details(self, row: int, place: int) -> list[tuple[int, Detail]]:
        """Number and detail of each reason of a match."""
        start, km = int(self._starts[row, place]), float(self.kilometres[row, place])
        numbers = self._numbers[self._pieces[row, place]]
        found = []
        both = zip(self.codes[row, place].tolist(), self.lengths[row, place].tolist(), strict=True)
        for code, length in both:
            if code == NO_REASON:
                break
            kept = numbers[start : start + length].tolist()
            found.append((code, detail_of(code, kept, self.texts, km)))
            start += length
        return found


def empty_lists(ids: NDArray[np.int64], owners: int, k: int, texts: Sequence[str]) -> RankedLists:
    """Lists with nothing on them yet, for so many owners, with k places."""
    return RankedLists(
        ids=ids,
        indices=np.full((owners, k), -1, np.int32),
        scores=np.zeros((owners, k), np.float32),
        kilometres=np.full((owners, k), np.nan, np.float32),
        contributions=np.zeros((owners, k, len(CONTRIBUTION_NAMES)), np.float32),
        codes=np.full((owners, k, MOST_REASONS), NO_REASON, np.uint8),
        eligible=np.zeros(owners, np.int64),
        sole_blockers=np.zeros((owners, len(RULES)), np.int64),
        texts=texts,
        lengths=np.zeros((owners, k, MOST_REASONS), np.uint8),
        _starts=np.zeros((owners, k), np.int32),
        _pieces=np.zeros((owners, k), np.int32),
    )
