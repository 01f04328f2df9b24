"""How many refusals had one of a few reasons is not found out from the reasons of a month beside
the share of refusals that had one.

The attacker knows exactly how many were refused, and that "no reason" and "another reason" are what
the share leaves out. So they know within a few how many these two are together, and the others.
"""

import random
from collections.abc import Sequence

import pytest

from core.disclosure import FEWEST
from insights import disclosure
from insights.analysis.protection import MARGIN
from insights.disclosure import Shown, Why
from insights.measures import MEASURES
from insights.measures.dimensions import DIMENSIONS
from insights.measures.role_categories import NO_REASON
from insights.measures.samples import Cell
from tests.factories.attacker import read

#: The same on any database.
pytestmark = pytest.mark.sqlite

REFUSALS, WITH_A_REASON = (MEASURES[code] for code in ("declined", "refusals_with_a_reason"))
#: The categories do not look at the rows.
REASONS = DIMENSIONS["reason"].categories(None)  # type: ignore[arg-type]
TABLES = DIMENSIONS["reason"].tables(REASONS)
NAMED, UNNAMED = TABLES
MONTHS = 3000


def month(seed: int) -> list[int]:
    """How many refusals had each reason."""
    rng = random.Random(seed)
    most = rng.choice([3, 8, 15, 40])
    return [rng.choice([0, rng.randint(0, 9), rng.randint(0, most)]) for __ in REASONS]


def cells_of(counts: Sequence[int]) -> tuple[list[Cell], Cell]:
    whole = sum(counts)
    return [Cell(float(n), n, n, n) for n in counts], Cell(float(whole), whole, whole, whole)


def share_of(hits: int, whole: int) -> Shown:
    return disclosure.shown(
        WITH_A_REASON, Cell(hits / whole if whole else None, hits, whole, whole)
    )


def split(counts: Sequence[int], tables: Sequence[Sequence[int]]) -> list[Shown]:
    cells, total = cells_of(counts)
    return disclosure.split(REFUSALS, cells, parts=True, total=total, tables=tables)


def narrowed(counts: Sequence[int], said: Sequence[Shown]) -> int:
    """How many small counts have fewer than three values left."""
    whole = sum(counts)
    share = share_of(sum(counts[place] for place in NAMED), whole)
    low, high = (side.tolist() for side in read(said))
    left: list[set[int]] = [set() for __ in counts]
    for unnamed in range(whole + 1):
        if share_of(whole - unnamed, whole) != share:
            continue
        sides = (NAMED, whole - unnamed), (UNNAMED, unnamed)
        bounds = [_within(places, together, low, high) for places, together in sides]
        if all(bounds):
            for place, (least, most) in {**bounds[0], **bounds[1]}.items():
                left[place] |= set(range(int(least), int(most) + 1))
    return sum(
        0 < count < FEWEST and len(left[place]) < min(MARGIN, whole + 1)
        for place, count in enumerate(counts)
    )


def _within(
    places: Sequence[int], together: int, low: Sequence[float], high: Sequence[float]
) -> dict[int, tuple[float, float]]:
    """The least and the most of each of these that add up to a number; nothing where none do."""
    least = sum(low[place] for place in places)
    most = sum(min(high[place], together) for place in places)
    if not least <= together <= most:
        return {}
    return {
        place: (
            max(low[place], together - (most - min(high[place], together))),
            min(high[place], together - (least - low[place])),
        )
        for place in places
    }


def found_out(tables: Sequence[Sequence[int]]) -> int:
    return sum(narrowed(counts, split(counts, tables)) for counts in map(month, range(MONTHS)))


def test_reasons_of_a_few_are_not_found_out() -> None:
    assert found_out(TABLES) == 0


def test_control_one_table_of_all_reasons_gives_them_away() -> None:
    assert found_out([]) > 20


def test_seven_without_and_seven_with_another_reason() -> None:
    """Of 61 refusals about 45 had a reason, 43 to 47: so the others are 14 at least, two sevens."""
    counts = [23, 24, 0, 0, 0, 0, 7, 7]
    assert narrowed(counts, split(counts, [])) == 2
    said = split(counts, TABLES)
    assert narrowed(counts, said) == 0
    assert Why.KEPT_BACK in {said[place].why for place in UNNAMED}


def test_most_reasons_are_still_told() -> None:
    def told(tables: Sequence[Sequence[int]]) -> int:
        every = (split(counts, tables) for counts in map(month, range(MONTHS)))
        return sum(one.value is not None for said in every for one in said)

    assert told(TABLES) > 0.8 * told([])


def test_the_two_are_those_that_the_share_leaves_out() -> None:
    assert {REASONS[place][0] for place in UNNAMED} == set(NO_REASON)
