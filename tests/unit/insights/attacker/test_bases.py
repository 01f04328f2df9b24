"""How many people a share is of is told where it gives no small group of people away.

The attacker knows how many people there are in all, of every share which counts it can be of, and
of every number of people beside it which those are.
"""

import random
from collections.abc import Callable, Sequence
from functools import cache

import pytest

from core.disclosure import FEWEST, rounded
from insights import disclosure
from insights.analysis.protection import MARGIN
from insights.disclosure import FEW, KEPT_BACK, NOTHING, Shown
from insights.measures.samples import Cell
from tests.unit.insights.attacker.test_shares import SHARE, protected, share, table

#: The same on any database.
pytestmark = pytest.mark.sqlite


@cache
def says(base: int) -> frozenset[float]:
    """What a share of so many people can say."""
    every = (disclosure.shown(SHARE, share(hits, base)).value for hits in range(base + 1))
    return frozenset(value for value in every if value is not None)


def can_be(said: Shown, base: int | None, most: int) -> list[int]:
    """How many people a category can have, by its share and by what is said of their number."""
    if said == NOTHING:
        return [0]
    if said.value is None:
        return list(range(1, most + 1))
    there = range(1, most + 1) if base is None else range(max(1, base - 2), base + 3)
    return [count for count in there if said.value in says(count)]


def narrowed(cells: Sequence[Cell], said: Sequence[Shown], bases: Sequence[int | None]) -> int:
    """How many small groups of people have fewer than three numbers left."""
    total = sum(cell.base for cell in cells)
    values = [can_be(one, base, total) for one, base in zip(said, bases, strict=True)]
    least, most = sum(map(min, values)), sum(map(max, values))
    found = 0
    for cell, can in zip(cells, values, strict=True):
        if 0 < cell.base < FEWEST:
            low, high = total - (most - max(can)), total - (least - min(can))
            # Who knows a total of three knows it from no table.
            left = sum(low <= count <= high for count in can)
            found += total >= FEWEST and left < MARGIN
    return found


def few_categories(seed: int) -> list[Cell]:
    """A small table, as of a question with few answers, most of them of a few people."""
    rng = random.Random(seed)
    cells = []
    for __ in range(rng.choice([2, 3, 4, 6])):
        base = rng.choice([0, rng.randint(1, 7), rng.randint(8, 20), rng.randint(16, 60)])
        cells.append(share(rng.choice([0, base, rng.randint(0, base)]), base))
    return cells


TABLES = [*map(table, range(200)), *map(few_categories, range(1500))]
Bases = Callable[[Sequence[Cell], Sequence[Shown]], list[int | None]]


def as_told(cells: Sequence[Cell], said: Sequence[Shown]) -> list[int | None]:
    return disclosure.bases(SHARE, cells, said, parts=True)


def of_all(cells: Sequence[Cell], said: Sequence[Shown]) -> list[int | None]:
    """Beside every share that is told, its own people rounded."""
    near = [rounded(cell.base) for cell in cells]
    return [one if it.value is not None else None for one, it in zip(near, said, strict=True)]


def attack(bases: Bases) -> int:
    told = ((cells, protected(cells)) for cells in TABLES)
    return sum(narrowed(cells, said, bases(cells, said)) for cells, said in told)


def test_how_many_a_few_people_are_is_not_found_out() -> None:
    assert attack(as_told) == 0


def test_control_the_number_beside_every_share_gives_them_away() -> None:
    assert attack(of_all) > 0


def test_thirteen_of_fourteen() -> None:
    """Of about 15 people, 13 at least, and fourteen in all: one is left."""
    cells = [share(0, 13), share(0, 1)]
    said = protected(cells)
    assert narrowed(cells, said, [15, None]) == 1
    assert as_told(cells, said) == [None, None]
    assert narrowed(cells, said, [None, None]) == 0


def test_a_share_that_gives_them_away_by_itself_is_kept_back() -> None:
    """43 per cent is of 33 people at least: of thirty-four in all one is left."""
    cells = [share(0, 1), share(0, 0), share(14, 33)]
    alone = [disclosure.shown(SHARE, cell) for cell in cells]
    assert narrowed(cells, alone, [None] * 3) == 1
    assert protected(cells) == [FEW, NOTHING, KEPT_BACK]


@pytest.mark.parametrize(("hits", "base", "least"), [(8, 668, 668), (0, 40, 8), (14, 33, 33)])
def test_of_how_many_a_share_is_at_least_is_known(hits: int, base: int, least: int) -> None:
    said = disclosure.shown(SHARE, share(hits, base))
    assert next(count for count in range(1, 800) if said.value in says(count)) == least
    assert disclosure._bases_of(said, None)[0] == least


def test_the_number_is_told_beside_nearly_every_share() -> None:
    told = [(as_told(cells, said), said) for cells in TABLES for said in [protected(cells)]]
    bases = sum(base is not None for bases, __ in told for base in bases)
    assert bases > 0.98 * sum(one.value is not None for __, said in told for one in said)


def test_what_is_public_is_told_as_it_is() -> None:
    cells = [Cell(0.5, 1, 2, None), Cell(0.0, 0, 3, None), Cell(None, 0, 0, None)]
    said = disclosure.split(SHARE, cells, parts=True)
    assert disclosure.bases(SHARE, cells, said, parts=True) == [2, 3, None]


def test_where_categories_do_not_add_up_each_stands_by_itself() -> None:
    cells = [share(0, 13), share(0, 1)]
    said = disclosure.split(SHARE, cells, parts=False)
    assert disclosure.bases(SHARE, cells, said, parts=False) == [15, None]
