"""Of how many of a few people something is true is not found out from shares, nor how many wait
from how many wait for each place.

The attacker knows how many people there are in each category, of how many in all it is true, and
how many places there are. Many of the tables are sparse, as those of a small borough are: where
nearly all categories say 0 or 100 per cent, what is left is known to who knows the total.
"""

import random
from collections.abc import Callable, Sequence

import pytest

from core.disclosure import FEWEST, rounded
from insights import disclosure
from insights.analysis.protection import MARGIN
from insights.disclosure import FEW, KEPT_BACK, NOTHING, Shown
from insights.measures import MEASURES
from insights.measures.samples import Cell

#: The same on any database.
pytestmark = pytest.mark.sqlite

SHARE, WAITING, PER_PLACE = (
    MEASURES[code] for code in ("used_the_wait", "people_waiting", "people_for_each_place")
)
TABLES = 1500
Split = Callable[[Sequence[Cell]], list[Shown]]


def share(hits: int, base: int) -> Cell:
    return Cell(hits / base if base else None, hits, base, base)


def table(seed: int) -> list[Cell]:
    rng = random.Random(seed)
    usual, most = rng.choice([0.02, 0.05, 0.1, 0.3, 0.5]), rng.choice([15, 40, 150])
    cells = []
    for __ in range(rng.choice([3, 6, 10, 23])):
        base = rng.randint(0, most) if rng.random() < 0.9 else 0
        chance = rng.choice([usual, 0, usual, 0, 1 - usual])
        cells.append(share(sum(rng.random() < chance for __ in range(base)), base))
    return cells


_can_be: dict[tuple[int, int], list[int]] = {}


def can_be(cell: Cell, said: Shown) -> list[int]:
    """Of how many it can be true, by what is said of that category alone."""
    if said == KEPT_BACK:
        return list(range(cell.base + 1))
    key = (cell.count, cell.base)
    if key not in _can_be:
        every = range(cell.base + 1)
        _can_be[key] = [n for n in every if disclosure.shown(SHARE, share(n, cell.base)) == said]
    return _can_be[key]


def narrowed(cells: Sequence[Cell], said: Sequence[Shown]) -> int:
    """How many small counts have fewer values left than who only knows the total would leave."""
    total, all_of_them = sum(cell.count for cell in cells), sum(cell.base for cell in cells)
    values = [can_be(cell, one) for cell, one in zip(cells, said, strict=True)]
    least, most = sum(map(min, values)), sum(map(max, values))
    found = 0
    for cell, can in zip(cells, values, strict=True):
        if 0 < cell.count < FEWEST or 0 < cell.base - cell.count < FEWEST:
            low, high = total - (most - max(can)), total - (least - min(can))
            others = all_of_them - cell.base
            # What they know without any table.
            free = min(cell.base, total) - max(0, total - others) + 1
            found += sum(low <= n <= high for n in can) < min(MARGIN, free)
    return found


def protected(cells: Sequence[Cell]) -> list[Shown]:
    return disclosure.split(SHARE, cells, parts=True)


def alone(cells: Sequence[Cell]) -> list[Shown]:
    return [disclosure.shown(SHARE, cell) for cell in cells]


def attack(split: Split) -> int:
    return sum(narrowed(cells, split(cells)) for cells in map(table, range(TABLES)))


class TestShares:
    def test_small_counts_are_not_found_out(self) -> None:
        assert attack(protected) == 0

    def test_control_shares_told_one_by_one_give_them_away(self) -> None:
        assert attack(alone) > 100

    def test_most_shares_are_still_told(self) -> None:
        tables = [(alone(cells), protected(cells)) for cells in map(table, range(TABLES))]
        told = [sum(one.value is not None for one in side) for both in tables for side in both]
        assert sum(told[1::2]) > 0.8 * sum(told[::2])

    def test_one_category_of_a_few_among_many_of_none(self) -> None:
        """Eleven of whom anybody knows: eight of one ward, so three of the other."""
        cells = [share(0, 40), share(3, 20), share(0, 30), share(8, 8)]
        assert alone(cells)[1] == FEW
        assert protected(cells)[1] in (FEW, KEPT_BACK)
        assert protected(cells)[3] == KEPT_BACK

    def test_where_it_is_true_of_a_few_in_all_no_category_is_told(self) -> None:
        assert protected([share(0, 40), share(3, 20), share(0, 0)]) == [
            *(KEPT_BACK, KEPT_BACK),
            NOTHING,
        ]

    def test_shares_of_what_is_public_are_told_as_they_are(self) -> None:
        cells = [Cell(0.5, 1, 2, None), Cell(0.0, 0, 2, None)]
        assert [one.value for one in disclosure.split(SHARE, cells, parts=True)] == [50, 0]


@pytest.mark.parametrize("seed", range(200))
def test_people_for_each_place_say_what_people_waiting_say(seed: int) -> None:
    """The same cells are kept back, and the number is what is said, divided by the places."""
    rng = random.Random(seed)
    counts = [rng.choice([0, rng.randint(0, 12), rng.randint(0, 60)]) for __ in range(23)]
    places = [rng.choice([0, rng.randint(1, 30)]) for __ in counts]
    waiting = [Cell(float(n), n, n, n) for n in counts]
    each = [Cell(n / p if p else None, n, p, n) for n, p in zip(counts, places, strict=True)]
    total = Cell(float(sum(counts)), sum(counts), sum(counts), sum(counts))
    said = disclosure.split(WAITING, waiting, parts=True, total=total)
    beside = disclosure.split(PER_PLACE, each, parts=True, total=total)
    for people, one, there_are in zip(said, beside, places, strict=True):
        if not there_are:
            assert one.value is None
        elif people.value is None:
            assert one == people
        else:
            assert one.value == round(people.value / there_are, 1)
    assert all(
        one.value == rounded(count)
        for one, count in zip(said, counts, strict=True)
        if one.value is not None
    )
