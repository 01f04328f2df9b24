"""Groups of people who offer what nobody takes: the same kind of help, at the same times, nearby.

A segment is a kind of work, one or two parts of the week, and a few wards side by side. Of all that
there could be, those are taken in which people stand closer together than by chance: where the
people of a kind who are free then and live there are so many more than they would be if when and
where had nothing to do with the kind. How surprising that is, is the scan statistic's likelihood
ratio (M. Kulldorff, "A spatial scan statistic", Communications in Statistics 26, 1997), over areas
of any shape (T. Tango and K. Takahashi, "A flexibly shaped spatial scan statistic for detecting
clusters", International Journal of Health Geographics 4, 2005). The most surprising comes first;
its people are taken out, and the others are looked at again.

Everybody in a segment fits its name, and who is in it follows from what they say of themselves, not
from who else is there: that, and holding on to last week's segments while they are nearly as good
as any, keeps segments the same from week to week.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.int64]
Real = NDArray[np.float64]
NONE = -1


@dataclass(frozen=True)
class SegmentSettings:
    """fewest: people in a segment. evidence: logarithm of the likelihood ratio from which on it is
    shown. Where times and wards are dealt out anew at random, up to five get there in a borough of
    2,000 people who wait (`benchmarks/segments.py`). times: parts of the week in a segment, at
    most. wards: likewise; later rounds look at quarters and the whole borough. share: of the time
    that somebody offers, so much lies in the segment's times. holds: last week's segment is taken
    again while its evidence is this much of the best, and of what is enough. kept: the share of a
    segment's people (of both weeks together) that it must keep to be the same.
    """

    fewest: int = 8
    evidence: float = 6.0
    times: int = 2
    wards: int = 3
    share: float = 0.5
    holds: float = 0.75
    kept: float = 0.4


@dataclass(frozen=True, order=True)
class Cell:
    """Numbers of a kind, of parts of the week, and of wards; no wards: anywhere."""

    kind: int
    times: tuple[int, ...]
    wards: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Offers:
    """What n people offer. ids: theirs. kinds: those that each offers and nobody takes, bool
    (n × kinds). slots: how many slots of each part of the week they are free in, (n × parts), 0
    everywhere where not said. ward: the number of theirs, -1 for none, (n,).
    """

    ids: Index
    kinds: NDArray[np.bool_]
    slots: Real
    ward: Index


@dataclass(frozen=True, eq=False)
class Found:
    """A segment: what it is, how surprising (as in `SegmentSettings.evidence`), and the rows of its
    people.
    """

    cell: Cell
    evidence: float
    rows: Index


def areas(neighbours: NDArray[np.bool_], most: int) -> list[tuple[int, ...]]:
    """All sets of up to `most` wards that hang together. neighbours: which lie side by side,
    (wards × wards).
    """
    level = {frozenset([ward]) for ward in range(len(neighbours))}
    found = set(level)
    for _ in range(most - 1):
        level = {
            area | {beside}
            for area in level
            for ward in area
            for beside in np.flatnonzero(neighbours[ward]).tolist()
            if beside not in area
        }
        found |= level
    return sorted((tuple(sorted(area)) for area in found), key=lambda area: (len(area), area))


@dataclass
class _Scan:
    """One round: everything that is the same for all kinds, and what is left of people's kinds."""

    offers: Offers
    settings: SegmentSettings
    areas: Sequence[tuple[int, ...]]
    before: frozenset[Cell]
    left: NDArray[np.bool_]
    times: list[tuple[int, ...]] = field(init=False)

    def __post_init__(self) -> None:
        offers, parts = self.offers, range(self.offers.slots.shape[1])
        numbers = range(1, self.settings.times + 1)
        self.times = [some for number in numbers for some in combinations(parts, number)]
        said = np.maximum(offers.slots.sum(axis=1), 1)
        shares = [offers.slots[:, list(some)].sum(axis=1) / said for some in self.times]
        self.free = (np.stack(shares, axis=1) >= self.settings.share).astype(np.float64)
        self.near = np.stack([self._lives_in(area) for area in self.areas], axis=1)
        # By chance when and where have nothing to do with each other, and nor has the kind.
        self.chance = np.outer(self.free.mean(axis=0), self.near.mean(axis=0))
        self.number = offers.kinds.sum(axis=0)

    def _lives_in(self, area: tuple[int, ...]) -> Real:
        if not area:
            return np.ones(len(self.offers.ids))
        return np.isin(self.offers.ward, area).astype(np.float64)

    def best(self, kind: int) -> tuple[float, int, int]:
        """The most surprising cell of a kind: evidence, numbers of its times and its area."""
        rows = np.flatnonzero(self.left[:, kind])
        if len(rows) < self.settings.fewest:
            return 0.0, 0, 0
        counted = self.free[rows].T @ self.near[rows]
        evidence = _evidence(counted, float(self.number[kind]), self.chance)
        evidence[counted < self.settings.fewest] = 0
        time, area = np.unravel_index(int(np.argmax(evidence)), evidence.shape)
        best = float(evidence[time, area]), int(time), int(area)
        return self._as_before(kind, evidence, best)

    def _as_before(
        self, kind: int, evidence: Real, best: tuple[float, int, int]
    ) -> tuple[float, int, int]:
        held = [
            (float(evidence[time, area]) / self.settings.holds, time, area)
            for time, area in self._cells_before(kind)
        ]
        return max([best, *held])

    def _cells_before(self, kind: int) -> Iterator[tuple[int, int]]:
        for cell in self.before:
            if cell.kind == kind and cell.times in self.times and cell.wards in self.areas:
                yield self.times.index(cell.times), self.areas.index(cell.wards)

    def run(self) -> Iterator[Found]:
        """The segments of this round, the most surprising first."""
        best = {kind: self.best(kind) for kind in range(self.left.shape[1])}
        while best:
            kind = max(best, key=lambda one: best[one][0])
            evidence, time, area = best[kind]
            if evidence < self.settings.evidence:
                return
            here = self.left[:, kind] & (self.free[:, time] > 0) & (self.near[:, area] > 0)
            rows = np.flatnonzero(here)
            yield Found(Cell(kind, self.times[time], self.areas[area]), evidence, rows)
            touched = np.flatnonzero(self.left[rows].any(axis=0)).tolist()
            self.left[rows] = False
            best |= {other: self.best(other) for other in touched}


def _evidence(counted: Real, number: float, chance: Real) -> Real:
    """The logarithm of the likelihood ratio, 0 where there are no more than by chance."""
    expected = np.maximum(number * chance, 1e-9)
    beyond, due = np.maximum(number - counted, 0), np.maximum(number - expected, 1e-9)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(counted > 0, counted * np.log(counted / expected), 0)
        outside = np.where(beyond > 0, beyond * np.log(beyond / due), 0)
    return np.where(counted > expected, inside + outside, 0)


def segments(
    offers: Offers,
    rounds: Sequence[Sequence[tuple[int, ...]]],
    before: Sequence[Cell] = (),
    settings: SegmentSettings | None = None,
) -> list[Found]:
    """The segments, each person in one at most. rounds: areas to look at, the small ones first (as
    of `areas`; an empty one is anywhere). before: the segments of last time.
    """
    settings = settings or SegmentSettings()
    left = offers.kinds.copy()
    found: list[Found] = []
    if len(offers.ids):
        for some in rounds:
            found += _Scan(offers, settings, some, frozenset(before), left).run()
    return found


def named_as_before(
    now: Sequence[Index], before: Mapping[int, Index], settings: SegmentSettings | None = None
) -> list[int | None]:
    """For each segment the name that it had: that of the one before with which it shares most
    people, where these are at least `kept` of the people of both; None for a new one. No two get
    the same name.

    now: ids of the people of each segment. before: ids of the people of each, by name.
    """
    # Takes a moment to load: only where segments are named.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    settings = settings or SegmentSettings()
    names = list(before)
    if not now or not names:
        return [None] * len(now)
    alike = np.array([[_shared(ours, before[name]) for name in names] for ours in now])
    rows, columns = linear_sum_assignment(alike, maximize=True)
    found: list[int | None] = [None] * len(now)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if alike[row, column] >= settings.kept:
            found[row] = names[column]
    return found


def _shared(ours: Index, theirs: Index) -> float:
    both = len(np.intersect1d(ours, theirs))
    return both / max(1, len(ours) + len(theirs) - both)
