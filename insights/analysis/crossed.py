"""Which cells of a table of parts of the borough by times must be kept back, so that the small
counts of the table of wards, and its own, stay hidden.

The two tables are linked. Everybody in a part is in one of its wards, and is free at one of the
times at least: no cell is more than the wards of its part together, and the cells of a part are as
many together at least. Somebody is assumed to know that, what is said of every ward and of every
cell, how many people there are in all, and how many at each time. Every count from 1 to 7 has to be
able to have `MARGIN` values then. The bounds are exact: whole numbers, by integer programming.

The table of wards is published first and stands, so it is the crossed table that gives way; kept
back as a whole, it says nothing that the wards do not.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from insights.analysis.protection import MARGIN, Given, Rounding

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Linked:
    """A table of wards and one of parts by times, of the same people.

    wards: true counts, (w,). said: what is said of each, of `Given`, (w,). part_of: the part of
    each ward, (w,), from 0 on; the last row of `counts` is of people in no part, of whom nothing is
    ever said. counts: true counts, (p, t).
    """

    wards: Counts
    said: Counts
    part_of: Counts
    counts: Counts
    rounding: Rounding

    @property
    def small(self) -> Flags:
        """Which counts must be hidden, wards first, (w + p * t,)."""
        every = _every(self)
        flags: Flags = (every > 0) & (every < self.rounding.fewest)
        return flags


def kept_back_beside_wards(linked: Linked) -> Flags:
    """Which cells of the crossed table to keep back, (p, t)."""
    kept_back = np.zeros(linked.counts.shape, np.bool_)
    kept_back[-1] = True
    while not kept_back.all():
        narrow = _narrow(linked, kept_back)
        if narrow is None:
            break
        kept_back[_one_more(linked, kept_back, narrow)] = True
    return kept_back


def values_left(linked: Linked, kept_back: Flags, place: int) -> float:
    """How many values a count can have, a ward or (from the number of wards on) a cell."""
    aim = np.zeros(len(linked.wards) + linked.counts.size)
    aim[place] = 1
    bounds, constraints = Bounds(*_said(linked, kept_back)), _constraints(linked)
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * aim, integrality=np.ones(len(aim)), bounds=bounds, constraints=constraints
        )
        if found.status != 0:
            raise ValueError(f"what is said contradicts the counts: {found.message}")
        ends.append(sign * round(found.fun))
    return float(ends[1] - ends[0] + 1)


def _said(linked: Linked, kept_back: Flags) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and the most of each count by what is said of it, wards first."""
    given = np.where(kept_back, Given.NOTHING, _alone(linked)).ravel()
    low, high = linked.rounding.bounds(
        np.concatenate([linked.wards, linked.counts.ravel()]),
        np.concatenate([linked.said, given]),
    )
    # Nobody is more than all.
    return low, np.minimum(high, linked.wards.sum())


def _has_room(linked: Linked, kept_back: Flags) -> Flags:
    """Which counts can be seen to have room without a program, wards first: they and one other
    count can trade people with nothing else changed. None is no proof.
    """
    wards = len(linked.wards)
    low, high = _said(linked, kept_back)
    up, down = (high - _every(linked)), (_every(linked) - low)
    room = np.zeros(len(up), np.bool_)
    for part in range(len(linked.counts)):
        # Wards of a part trade, and its people stay as many.
        own = np.flatnonzero(linked.part_of == part)
        room[own] = _trade(up[own], down[own])
    of_part = np.bincount(linked.part_of, linked.wards, len(linked.counts))[:, None]
    more = np.minimum(up[wards:].reshape(linked.counts.shape), of_part - linked.counts)
    fewer = np.minimum(
        down[wards:].reshape(linked.counts.shape),
        linked.counts.sum(axis=1, keepdims=True) - of_part,
    )
    cells = np.stack([_trade(*both) for both in zip(more.T, fewer.T, strict=True)], axis=1)
    room[wards:] = cells.ravel()
    return room


def _trade(up: NDArray[np.float64], down: NDArray[np.float64]) -> Flags:
    """Which of some counts can take `MARGIN` values by trading with one of the others."""
    found = np.zeros(len(up), np.bool_)
    for place in range(len(up)):
        others = np.delete(np.arange(len(up)), place)
        if len(others):
            reach = min(up[place], down[others].max()) + min(down[place], up[others].max())
            found[place] = reach >= MARGIN - 1
    return found


def _every(linked: Linked) -> Counts:
    return np.concatenate([linked.wards, linked.counts.ravel()])


def _alone(linked: Linked) -> Counts:
    """What would be said of each cell if there were no other table, (p, t)."""
    small = (linked.counts > 0) & (linked.counts < linked.rounding.fewest)
    return np.where(small, Given.SMALL, Given.ROUNDED).astype(np.int64)


def _constraints(linked: Linked) -> list[LinearConstraint]:
    wards, (parts, times) = len(linked.wards), linked.counts.shape
    people = np.zeros((1, wards + parts * times))
    people[0, :wards] = 1
    at_time = np.zeros((times, wards + parts * times))
    within = np.zeros((parts * times, wards + parts * times))
    together = np.zeros((parts, wards + parts * times))
    for part in range(parts):
        own = np.flatnonzero(linked.part_of == part)
        together[part, own] = -1
        for time in range(times):
            cell = wards + part * times + time
            at_time[time, cell] = together[part, cell] = 1
            within[part * times + time, own] = -1
            within[part * times + time, cell] = 1
    total, of_times = linked.wards.sum(), linked.counts.sum(axis=0)
    return [
        LinearConstraint(people, total, total),
        LinearConstraint(at_time, of_times, of_times),
        LinearConstraint(within, -np.inf, 0),
        LinearConstraint(together, 0, np.inf),
    ]


def _narrow(linked: Linked, kept_back: Flags) -> int | None:
    """A small count that has too few values left."""
    doubtful = linked.small & ~_has_room(linked, kept_back)
    for place in np.flatnonzero(doubtful).tolist():
        if values_left(linked, kept_back, place) < MARGIN:
            return int(place)
    return None


def _one_more(linked: Linked, kept_back: Flags, narrow: int) -> tuple[int, int]:
    """The next cell to keep back. For a narrow ward the largest of its part, which says most of how
    many live there; for a narrow cell the smallest of its time, then of its part; else of any.
    """
    wards, times = len(linked.wards), linked.counts.shape[1]
    left = [(int(part), int(time)) for part, time in np.argwhere(~kept_back)]
    if narrow < wards:
        own = [cell for cell in left if cell[0] == linked.part_of[narrow]]
        return max(own or left, key=lambda cell: int(linked.counts[cell]))
    part, time = divmod(narrow - wards, times)
    own = [cell for cell in left if cell[1] == time] or [cell for cell in left if cell[0] == part]
    return min(own or left, key=lambda cell: int(linked.counts[cell]))
