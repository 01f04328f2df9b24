"""Two months between which few people came and went do not say who."""

from collections.abc import Callable

import numpy as np
import pytest

from insights import disclosure
from insights.analysis.protection import MARGIN, Given, Rounding, what_to_give
from insights.analysis.quiet_months import Counts, Moved, MovedShares, Shares, more_kept_back
from insights.disclosure import FEW, KEPT_BACK
from insights.measures import MEASURES
from insights.measures.samples import Cell
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


SHARE = MEASURES["offered_within_30_days"]
ProtectShares = Callable[[MovedShares], list[int]]


def share(hits: int, base: int) -> Cell:
    return Cell(hits / base if base else None, hits, base, base)


def shares(hits: Counts, bases: Counts) -> Shares:
    given = {FEW: Given.SMALL, KEPT_BACK: Given.NOTHING}
    cells = [share(*pair) for pair in zip(hits.tolist(), bases.tolist(), strict=True)]
    shown = disclosure.split(SHARE, cells, parts=True)
    return Shares(hits, bases, np.array([given.get(one, Given.ROUNDED) for one in shown]))


def flows(rng: np.random.Generator, k: int, most: int) -> tuple[Counts, Counts, Counts]:
    """Of one part of each share: who stayed, went and came."""
    before = rng.choice([0, 1, 2, 3], k) * rng.integers(0, 9, k)
    went = rng.multinomial(int(rng.integers(0, most + 1)), np.full(k, 1 / k))
    went = np.minimum(went, before)
    came = rng.multinomial(int(rng.integers(0, most + 1)), np.full(k, 1 / k))
    return before - went, went, came


def of_month(hits: Counts, bases: Counts, given: Counts) -> Bounds:
    """Of how many of each it can be true, for who knows how many people there are, and which part
    of a share that is not told is the small one."""
    ends = []
    for hit, base, said in zip(hits.tolist(), bases.tolist(), given.tolist(), strict=True):
        can = list(range(base + 1))
        if said != Given.NOTHING:
            told = disclosure.shown(SHARE, share(hit, base))
            can = [n for n in can if disclosure.shown(SHARE, share(n, base)) == told]
        if said == Given.SMALL and base >= 16:
            can = [n for n in can if (n < 8) == (hit < 8)]
        ends.append((min(can), max(can)))
    low, high = np.array(ends, np.float64).T
    return low, high


def values_left(
    parts: list[Counts], after: Counts, before: Counts
) -> tuple[list[int], list[float]]:
    """Which small shares there are, and how many values the attacker has left for each; `parts`:
    of the hits who stayed, went and came, and of the others."""
    k, free = len(after), (np.zeros(len(after)), np.full(len(after), np.inf))
    knowledge = Knowledge.of([(part, free) for part in parts])
    for number, part in enumerate(parts):
        if number % 3:
            knowledge.add(range(number * k, number * k + k), part.sum(), part.sum())
    small, cells = [], []
    for month, given in ((1, before), (2, after)):
        hits, bases = parts[0] + parts[month], parts[0] + parts[month] + parts[3] + parts[3 + month]
        own = [[place, month * k + place] for place in range(k)]
        knowledge.add(np.ravel(own), hits.sum(), hits.sum())
        for place, (low, high) in enumerate(zip(*of_month(hits, bases, given), strict=True)):
            others = [3 * k + place, (3 + month) * k + place]
            knowledge.add(own[place], low, high)
            knowledge.add([*own[place], *others], bases[place], bases[place])
            if 0 < hits[place] < 8 or 0 < bases[place] - hits[place] < 8:
                small.append((month - 1) * k + place)
                cells.append(own[place])
    return small, knowledge.values_left(cells)


def narrowed_shares(protect: ProtectShares) -> tuple[int, int, int]:
    """Small parts of shares of which too few values are left; all; and what was kept back."""
    found = hidden = kept = 0
    for seed in range(TABLES):
        rng = np.random.default_rng(seed)
        k, quiet = int(rng.choice([3, 7, 12])), [int(rng.choice([1, 2, 8])) for __ in range(2)]
        parts = [part for most in quiet for part in flows(rng, k, most)]
        stay, went, came, others, others_went, others_came = parts
        moved = MovedShares(
            shares(stay + went, stay + went + others + others_went),
            shares(stay + came, stay + came + others + others_came),
            (int(came.sum()), int(went.sum())),
            (int(others_came.sum()), int(others_went.sum())),
            parts=True,
            rounding=ROUNDING,
        )
        more = protect(moved)
        kept += len(more)
        after = moved.said_after.copy()
        after[more] = Given.NOTHING
        small, left = values_left(parts, after, moved.before.said)
        __, free = values_left(parts, np.full_like(after, Given.NOTHING), moved.before.said)
        hidden += len(small)
        found += sum(have < min(MARGIN, most) for have, most in zip(left, free, strict=True))
    return found, hidden, kept


@pytest.mark.sqlite
def test_no_small_part_of_a_share_is_found_out() -> None:
    found, hidden, kept = narrowed_shares(more_kept_back)
    assert hidden > 200
    assert found == 0
    assert kept < hidden / 3


@pytest.mark.sqlite
def test_control_two_tables_of_shares_give_counts_away() -> None:
    assert narrowed_shares(lambda __: [])[0] > 5


def moved_shares(
    before: list[tuple[int, int]],
    after: list[tuple[int, int]],
    *,
    hits: tuple[int, int],
    others: tuple[int, int] = (0, 0),
) -> MovedShares:
    months = [shares(*np.array(one).T) for one in (before, after)]
    return MovedShares(months[0], months[1], hits, others, parts=True, rounding=ROUNDING)


class TestShares:
    """50 per cent, then "too few people"."""

    BEFORE, AFTER = [(8, 20), (20, 40), (15, 40)], [(7, 19), (20, 40), (15, 40)]

    def test_of_a_ward_that_one_left_of_whom_it_was_true(self) -> None:
        assert 0 in more_kept_back(moved_shares(self.BEFORE, self.AFTER, hits=(0, 1)))

    def test_also_where_only_the_others_are_known_to_stay(self) -> None:
        busy = moved_shares(self.BEFORE, self.AFTER, hits=(30, 31))
        assert 0 in more_kept_back(busy)

    def test_nothing_more_where_many_came_and_went(self) -> None:
        busy = moved_shares(self.BEFORE, self.AFTER, hits=(30, 31), others=(30, 30))
        assert more_kept_back(busy) == []
