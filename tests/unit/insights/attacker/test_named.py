"""How many have not said what they would like is not found out from what is said beside it.

Of a planned role the attacker reads how many named its kind of work, how many of those have no
other place, and how many more have not said what they would like. They know by which rule.
"""

import itertools
from collections.abc import Callable

import pytest

from core.disclosure import FEWEST, rounded
from insights.disclosure import Shown, others_shown, part_shown, people_shown

#: The same on any database.
pytestmark = pytest.mark.sqlite

Counts = tuple[int, int, int]
Say = Callable[[int, int, int], tuple[object, ...]]
MOST = 26
#: Named it; of these, have no other place; have not said what they would like.
EVERYTHING: list[Counts] = [
    (named, without, silent)
    for named, silent in itertools.product(range(MOST), repeat=2)
    for without in range(named + 1)
]


def told(named: int, without: int, silent: int) -> tuple[Shown, ...]:
    return people_shown(named), part_shown(without, named), others_shown(silent, named)


def with_the_sum(named: int, without: int, silent: int) -> tuple[object, ...]:
    """Both numbers, and how many could do it in all."""
    return *told(named, without, silent), rounded(named + silent)


def left(say: Say) -> dict[Counts, set[int]]:
    """Of each of the counts: how many can have not said, for whoever reads what is said."""
    can_be: dict[tuple[object, ...], set[int]] = {}
    for counts in EVERYTHING:
        can_be.setdefault(say(*counts), set()).add(counts[2])
    return {counts: can_be[say(*counts)] for counts in EVERYTHING}


def test_nobody_and_a_few_are_not_told_apart() -> None:
    found = left(told)
    assert all(found[one] >= set(range(FEWEST)) for one in found if one[2] < FEWEST)


def test_more_are_as_uncertain_as_by_themselves() -> None:
    found = left(told)
    for (named, __, silent), can_be in found.items():
        if silent >= FEWEST and named >= FEWEST:
            alone = {other for other in range(MOST) if rounded(other) == rounded(silent)}
            assert can_be == alone - set(range(FEWEST))


@pytest.mark.slow
def test_what_is_said_of_those_who_named_it_tells_nothing_of_the_others() -> None:
    """Nor the other way: how many named it is as uncertain as where nothing else is said."""
    for named, silent in itertools.product(range(MOST), repeat=2):
        same = {
            one for one, __, other in EVERYTHING
            if (people_shown(one), others_shown(other, one))
            == (people_shown(named), others_shown(silent, named))
        }  # fmt: skip
        assert same == {one for one in range(MOST) if people_shown(one) == people_shown(named)}


def test_control_the_sum_of_both_gives_it_away() -> None:
    found = left(with_the_sum)
    few = [one for one in found if 0 < one[2] < FEWEST]
    assert sum(len(found[one]) < FEWEST for one in few) > len(few) / 4
