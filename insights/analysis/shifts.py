"""Cut the times at which people are free into shifts, so that as many as possible have a place in
one of them.

Which people fit into some shifts is a matching of people with shifts of limited size. Its largest
size is found without building it (D. König, "Gráfok és mátrixok", 1931): over all ways to call some
of the shifts full, the fewest of their places plus the people who are free at one of the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import or_

import numpy as np
from numpy.typing import NDArray

Masks = NDArray[np.uint32]

#: Of the times so many are looked at, those at which most people are free.
LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Shifts:
    """Bits of the week's slots, those at which most are free first, and how many people have a
    place in one of them.
    """

    bits: tuple[int, ...]
    people: int


NO_SHIFTS = Shifts((), 0)


def best_shifts(
    free: Masks, bits: Sequence[int], places: int, *, most: int, least: int, enough: int
) -> Shifts:
    """The shifts in which most people have a place; as few as will do.

    free: mask of the times at which each person is free, (n,). bits: of the slots that there can be
    a shift in. places: of each shift. most: shifts. least: people who have to be free at each, and
    whom one more shift has to bring where it has places for as many. enough: people, beyond whom no
    more shifts are looked for.
    """
    alone = {bit: _free_at(free, 1 << bit) for bit in bits}
    best_of = sorted(
        (bit for bit in bits if alone[bit] >= least), key=lambda bit: (-alone[bit], bit)
    )
    found = NO_SHIFTS
    for number in range(1, most + 1):
        if found.people >= enough:
            break
        several = combinations(best_of[:LOOKED_AT], number)
        tried = [Shifts(some, placed_in(free, some, places)) for some in several]
        # The first of those that are as good: at its times more people are free.
        best = max(tried, key=lambda one: one.people, default=NO_SHIFTS)
        if best.people < found.people + min(least, places):
            break
        found = best
    return found


def placed_in(free: Masks, bits: Sequence[int], places: int) -> int:
    """How many people can have a place in one of these shifts at most, with `places` in each."""
    return min(
        places * (len(bits) - number) + _free_at(free, _mask(others))
        for number in range(len(bits) + 1)
        for others in combinations(bits, number)
    )


def _mask(bits: Sequence[int]) -> int:
    return reduce(or_, (1 << bit for bit in bits), 0)


def _free_at(free: Masks, mask: int) -> int:
    return int(np.count_nonzero(free & np.uint32(mask)))
