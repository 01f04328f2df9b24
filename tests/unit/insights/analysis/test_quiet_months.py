"""Two months between which few people came and went do not say who."""

from collections.abc import Callable

import numpy as np
import pytest

from insights.analysis.protection import MARGIN, Given, Rounding, what_to_give
from insights.analysis.quiet_months import Counts, Moved, more_kept_back
from tests.factories.attacker import Bounds, Knowledge

ROUNDING = Rounding(8, 5)
TABLES = 40
Protect = Callable[[Moved], list[int]]


def said(counts: Counts) -> Counts:
    return what_to_give(counts, (counts > 0) & (counts < 8), ROUNDING)


def two_months(seed: int) -> tuple[Moved, Counts, Counts]:
    """Few come and go; also by whom, (k,) each: who went, who came."""
    rng = np.random.default_rng(seed)
    k, most = int(rng.choice([3, 7, 12, 23])), int(rng.choice([1, 2, 3, 5, 8]))
    before = rng.choice([0, 1, 2, 3], k) * rng.integers(0, 9, k)
    went = rng.multinomial(int(rng.integers(0, most + 1)), np.full(k, 1 / k))
    went = np.minimum(went, before)
    came = rng.multinomial(int(rng.integers(0, most + 1)), np.full(k, 1 / k))
    after = before - went + came
    moved = Moved(
        *(before, said(before), after, said(after)),
        *(int(came.sum()), int(went.sum()), True, ROUNDING),
    )
    return moved, went, came


def narrowed(protect: Protect) -> tuple[int, int, int]:
    """Small counts of which too few values are left; all; and what was kept back."""
    found = hidden = kept = 0
    for seed in range(TABLES):
        moved, went, came = two_months(seed)
        if min(moved.before.sum(), moved.after.sum()) < 8:
            continue
        more = protect(moved)
        kept += len(more)
        after = moved.said_after.copy()
        after[more] = Given.NOTHING
        k = len(went)
        free: Bounds = (np.zeros(k), np.full(k, np.inf))
        knowledge = Knowledge.of([(moved.before - went, free), (went, free), (came, free)])
        cells, least = [], []
        for offset, gone, counts, given in (
            (1, went, moved.before, moved.said_before),
            (2, came, moved.after, after),
        ):
            for place, bounds in enumerate(zip(*ROUNDING.bounds(counts, given), strict=True)):
                pair = [place, offset * k + place]
                knowledge.add(pair, *bounds)
                if 0 < counts[place] < 8:
                    cells.append(pair)
                    # Of a ward with nobody they knew before that no more came than came in all.
                    least.append(MARGIN if moved.before[place] else min(MARGIN, moved.came + 1))
            knowledge.add(range(offset * k, offset * k + k), gone.sum(), gone.sum())
            knowledge.add([*range(k), *range(offset * k, offset * k + k)], *[counts.sum()] * 2)
        hidden += len(cells)
        left = knowledge.values_left(cells)
        found += sum(have < want for have, want in zip(left, least, strict=True))
    return found, hidden, kept


@pytest.mark.sqlite
def test_no_small_count_is_found_out() -> None:
    found, hidden, kept = narrowed(more_kept_back)
    assert hidden > 200
    assert found == 0
    assert 0 < kept < hidden / 5


@pytest.mark.sqlite
def test_control_two_tables_that_are_safe_by_themselves_give_counts_away() -> None:
    assert narrowed(lambda __: [])[0] > 5


def moved(
    before: list[int], after: list[int], *, came: int, went: int, parts: bool = True
) -> Moved:
    one, two = np.array(before), np.array(after)
    return Moved(one, said(one), two, said(two), came, went, parts, ROUNDING)


def test_a_ward_from_eight_to_seven_while_one_person_went() -> None:
    assert 0 in more_kept_back(moved([8, 30, 4, 4, 6], [7, 30, 4, 4, 6], came=0, went=1))


def test_nothing_more_where_many_came_and_went() -> None:
    assert more_kept_back(moved([8, 30, 4, 4, 6], [7, 25, 9, 4, 6], came=30, went=31)) == []


def test_of_causes_each_person_may_be_in_several() -> None:
    tables = [8, 9, 40], [7, 7, 40]
    assert more_kept_back(moved(*tables, came=0, went=2, parts=False)) == [0, 1]
    assert more_kept_back(moved(*tables, came=0, went=3, parts=False)) == []
