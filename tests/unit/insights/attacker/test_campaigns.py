"""Who was still there after three months is not found out from what campaigns say month by month.

The attacker knows from the pages of roles how many people got a place and when, and so how many are
due in each month, and that who was there once was there for good. They know the rule by which
months are told.
"""

import itertools
import random
from collections.abc import Callable

import pytest

from core.disclosure import FEWEST, rounded
from insights.analysis.protection import MARGIN
from insights.selectors.campaign_chain import told

#: The same on any database.
pytestmark = pytest.mark.sqlite

Months = list[tuple[int, int]]
Say = Callable[[Months], tuple[int | None, int | None]]
CAMPAIGNS = 600


def campaign(seed: int) -> Months:
    """Ten months of a campaign: how many are due, how many of them were there."""
    rng = random.Random(seed)
    stays, most = rng.choice([0.1, 0.5, 0.7, 0.9, 0.97]), rng.choice([1, 2, 4, 8])
    due = there = 0
    months = []
    for __ in range(10):
        more = rng.randint(0, most)
        due += more
        there += sum(rng.random() < stays for __ in range(more))
        months.append((due, there))
    return months


def anew(months: Months, least: int) -> list[int]:
    """The months in which something new is told, where it is when so many more are due."""
    found, last = [], 0
    for number, (due, __) in enumerate(months):
        if due - last >= least:
            found.append(number)
            last = due
    return found


def values_left(months: Months, least: int, say: Say) -> list[set[int]]:
    """What `there` can have been in each of these months."""
    numbers = anew(months, least)
    left: list[set[int]] = []
    for place, number in enumerate(numbers):
        due, earlier = months[number][0], [months[one] for one in numbers[:place]]
        known = say([*earlier, months[number]])[1]
        can_be = {it for it in range(due + 1) if say([*earlier, (due, it)])[1] == known}
        left.append(can_be)
    more = [months[two][0] - months[one][0] for one, two in itertools.pairwise(numbers)]
    for place, gained in enumerate(more, 1):
        left[place] = {it for it in left[place] if _reaches(left[place - 1], it, gained)}
    for place, gained in reversed(list(enumerate(more, 1))):
        later = left[place]
        left[place - 1] = {
            it for it in left[place - 1] if any(0 <= one - it <= gained for one in later)
        }
    return left


def _reaches(before: set[int], it: int, gained: int) -> bool:
    return any(0 <= it - one <= gained for one in before)


def found_out(least: int, say: Say) -> tuple[int, int]:
    """Small counts of who was there, or of who was not, that are narrowed down; and all."""
    narrowed = small = 0
    for seed in range(CAMPAIGNS):
        months = campaign(seed)
        for number, left in zip(anew(months, least), values_left(months, least, say), strict=True):
            due, there = months[number]
            assert there in left
            if 0 < there < FEWEST or 0 < due - there < FEWEST:
                small += 1
                narrowed += len(left) < min(MARGIN, due + 1)
    return narrowed, small


def plainly(months: Months) -> tuple[int | None, int | None]:
    """The last month, its small counts hidden and the others rounded."""
    due, there = months[-1]
    return rounded(due), rounded(there)


def test_who_was_there_is_not_found_out() -> None:
    narrowed, small = found_out(FEWEST, told)
    assert small > 500
    assert narrowed == 0


def test_control_rounding_each_month_gives_it_away() -> None:
    narrowed, small = found_out(1, plainly)
    assert narrowed > small / 4
