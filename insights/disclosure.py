"""What of a figure may be shown, so that nobody can be found out: the one door through which the
figures of `insights.measures` leave (promise 4). What else is said of people who wait is rounded by
the same rule, `core.disclosure`, in the selector or service that gives it.

Counts of people from 1 to 7 are hidden, larger ones rounded to 5, each by itself from its true
value. A share is the quotient of two rounded counts, so that it says nothing that they do not, and
is hidden where either part of the whole is 1 to 7 people; in a table of shares, more may be kept
back (`insights.analysis.shares`). A number of days needs enough people
behind it (`Measure.least`) and is in whole days; an index of people is in steps of 0.05, so that
one person more or fewer does not show. Places, roles and groups are public one by one,
and are shown as they are.

A table of parts adds up, so more of it may have to be kept back (`insights.analysis.protection`);
a year is its months, so more of that may have to be, too (`insights.services.years`).
Splits are published of periods that are over, one dimension at a time; what runs is published for
the borough as a whole, so that two nights cannot be held against each other.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import inf

from core.disclosure import FEWEST, STEP, rounded
from insights.analysis.protection import Given, Rounding, what_to_give
from insights.analysis.shares import shares_kept_back, to_tell
from insights.measures import Measure, Unit
from insights.measures.samples import Cell

#: An index of people is shown in so many steps.
_INDEX_STEPS = 20
#: Days that are not reached yet are given in full fives.
_DAYS_STEP = 5
#: Any share to a full per cent can be of fewer people than this (1 per cent: of 668).
_LOOKED_AT = 700
#: Hours are shown to the nearest ten.
_HOURS_STEP = 10


class Why(StrEnum):
    """Why a number is not shown."""

    SHOWN = ""
    FEW = "few"
    KEPT_BACK = "kept_back"
    NOTHING = "nothing"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as anybody may see it: the number (of a share, per cent), or why there is none.

    FEW: fewer than 8 people, or than a number of days needs. KEPT_BACK: shown, it would let
    somebody work out another. NOTHING: there is nothing to work it out from. NOT_REACHED: of a
    number of days, too many still wait, so that it is longer than `more_than` days.
    """

    value: float | None
    why: Why = Why.SHOWN
    more_than: int | None = None


FEW, KEPT_BACK, NOTHING = (Shown(None, why) for why in (Why.FEW, Why.KEPT_BACK, Why.NOTHING))


def people_shown(count: int) -> Shown:
    """A count of people as it may be shown by itself."""
    near = rounded(count)
    return FEW if near is None else Shown(float(near))


def part_shown(count: int, of: int) -> Shown:
    """A part of people of a whole that is shown too: kept back where the rest is a few people."""
    return KEPT_BACK if rounded(of - count) is None else people_shown(count)


def others_shown(count: int, beside: int) -> Shown:
    """A count of other people than those of a count that is shown beside it, where both are enough;
    else kept back, so that nobody and a few are not told apart.
    """
    enough = rounded(count) and rounded(beside)
    return people_shown(count) if enough else KEPT_BACK


def shown(measure: Measure, cell: Cell) -> Shown:
    """A figure as it may be shown by itself."""
    if measure.unit == Unit.SHARE:
        return _share(cell)
    if measure.unit == Unit.DAYS and cell.value is None and cell.base:
        return _not_reached(measure, cell)
    if cell.value is None:
        return NOTHING
    if cell.people is None:
        return Shown(round(cell.value, 2))
    if 0 < cell.people < FEWEST:
        return FEW
    return _OF_PEOPLE.get(measure.unit, _count)(measure, cell)


def split(
    measure: Measure,
    cells: Sequence[Cell],
    *,
    parts: bool,
    total: Cell | None = None,
    kept_back: Collection[int] | None = None,
    tables: Sequence[Sequence[int]] = (),
) -> list[Shown]:
    """The figures of the categories of a dimension; `parts`: whether every row is in one of them,
    so that they add up. total: the borough's figure, which anybody may know. kept_back: the places
    of those that are kept back, where that was found out before. tables: where also the totals of
    some of them are known, the places of the categories of each.
    """
    alone = [shown(measure, cell) for cell in cells]
    if total is not None and measure.unit in ADD_UP and _is_few(total):
        # Who knows a total of three knows too much of each part, even of those with nobody.
        return [KEPT_BACK] * len(alone)
    if kept_back is not None:
        return [KEPT_BACK if place in kept_back else it for place, it in enumerate(alone)]
    if len(tables) > 1 and measure.unit in ADD_UP:
        return _each_by_itself(measure, cells, tables)
    if parts and measure.unit == Unit.SHARE and any(cell.people is not None for cell in cells):
        return _shares(cells, alone)
    if not parts or measure.unit not in ADD_UP:
        return alone
    return _adding_up(measure, cells, alone)


def _adding_up(measure: Measure, cells: Sequence[Cell], alone: list[Shown]) -> list[Shown]:
    hidden = [_is_few(cell) for cell in cells]
    if measure.unit == Unit.HOURS:
        # Of hours the total is enough to find the one that is missing.
        return _two_missing(cells, alone, hidden)
    given = what_to_give([cell.count for cell in cells], hidden, ROUNDING)
    return [
        KEPT_BACK if one == Given.NOTHING and it != NOTHING else it
        for one, it in zip(given, alone, strict=True)
    ]


def _each_by_itself(
    measure: Measure, cells: Sequence[Cell], tables: Sequence[Sequence[int]]
) -> list[Shown]:
    said = [KEPT_BACK] * len(cells)
    totals = [_together([cells[place] for place in places]) for places in tables]
    few = [total for total in totals if _is_few(total)]
    for places, total in zip(tables, totals, strict=True):
        # That the others are few together is said too, and stands beside these.
        beside = [cells[place] for place in places] + [one for one in few if one is not total]
        shown_there = split(measure, beside, parts=True, total=total)
        for place, one in zip(places, shown_there, strict=False):
            said[place] = one
    return said


def _together(cells: Sequence[Cell]) -> Cell:
    count = sum(cell.count for cell in cells)
    return Cell(float(count), count, count, count)


def _is_few(cell: Cell) -> bool:
    return cell.people is not None and 0 < cell.people < FEWEST


def _shares(cells: Sequence[Cell], alone: list[Shown]) -> list[Shown]:
    hits, of = [cell.count for cell in cells], [cell.base for cell in cells]
    kept_back = shares_kept_back(hits, of, [it == FEW for it in alone], ROUNDING).tolist()
    said = [
        KEPT_BACK if back and it != NOTHING else it
        for back, it in zip(kept_back, alone, strict=True)
    ]
    # 43 per cent is of 33 people at least: who knows that there are 34 knows of the other one.
    told = [it.value is not None for it in said]
    unsaid = [NOTHING if it == NOTHING else KEPT_BACK for it in said]
    told = to_tell(
        of,
        told,
        without=_columns(_bases_of(it, None) for it in unsaid),
        beside=_columns(_bases_of(it, None) for it in said),
        fewest=FEWEST,
    ).tolist()
    return [
        it if may or it.value is None else KEPT_BACK for it, may in zip(said, told, strict=True)
    ]


def _two_missing(cells: Sequence[Cell], alone: list[Shown], hidden: Sequence[bool]) -> list[Shown]:
    if sum(hidden) != 1:
        return alone
    left = [place for place, it in enumerate(alone) if it.value]
    if left:
        alone[min(left, key=lambda place: cells[place].value or 0)] = KEPT_BACK
    return alone


#: How counts of people are given.
ROUNDING = Rounding(FEWEST, STEP)
#: Units whose parts add up to their total. People for each place do not, and say how many people
#: there are to whoever knows the places.
ADD_UP = (Unit.PEOPLE, Unit.APPLICATIONS, Unit.HOURS, Unit.PER_PLACE)


def _count(__: Measure, cell: Cell) -> Shown:
    count = rounded(cell.count)
    return FEW if count is None else Shown(float(count))


def _days(measure: Measure, cell: Cell) -> Shown:
    if (cell.people or 0) < measure.least or cell.value is None:
        return FEW
    return Shown(float(round(cell.value)))


def _not_reached(measure: Measure, cell: Cell) -> Shown:
    if (cell.people or 0) < measure.least or cell.more_than is None:
        return FEW
    return Shown(None, Why.NOT_REACHED, _DAYS_STEP * int(cell.more_than // _DAYS_STEP))


def _index(measure: Measure, cell: Cell) -> Shown:
    if (cell.people or 0) < measure.least:
        return FEW
    return Shown(round(_INDEX_STEPS * (cell.value or 0)) / _INDEX_STEPS)


def _hours(__: Measure, cell: Cell) -> Shown:
    return Shown(float(_HOURS_STEP * round((cell.value or 0) / _HOURS_STEP)))


def _per_place(__: Measure, cell: Cell) -> Shown:
    people = rounded(cell.count)
    if people is None:
        return FEW
    places = cell.count / cell.value if cell.value else 0
    return Shown(round(people / places, 1) if places else 0.0)


def _share(cell: Cell) -> Shown:
    """Of a share both parts of the whole have to be of enough people, or of none."""
    if not cell.base:
        return NOTHING
    if cell.people is None:
        return Shown(float(round(100 * cell.count / cell.base)))
    hits, others, base = (
        rounded(count) for count in (cell.count, cell.base - cell.count, cell.base)
    )
    if hits is None or others is None or base is None or cell.people < FEWEST:
        return FEW
    return Shown(float(min(100, round(100 * hits / base))))


def bases(
    measure: Measure, cells: Sequence[Cell], said: Sequence[Shown], *, parts: bool
) -> list[int | None]:
    """Of how many each share of a table is, as it may be shown beside it: of people to the nearest
    5; None where that is not told. parts: whether the cells add up.
    """
    if measure.unit != Unit.SHARE:
        return [None] * len(cells)
    near = [cell.base if cell.people is None else rounded(cell.base) for cell in cells]
    told = [it.value is not None for it in said]
    if parts and any(cell.people is not None for cell in cells):
        told = to_tell(
            [cell.base for cell in cells],
            told,
            without=_columns(_bases_of(it, None) for it in said),
            beside=_columns(map(_bases_of, said, near)),
            fewest=FEWEST,
        ).tolist()
    return [one if is_told else None for one, is_told in zip(near, told, strict=True)]


def _columns(pairs: Iterable[tuple[float, float]]) -> tuple[tuple[float, ...], ...]:
    return tuple(zip(*pairs, strict=True))


@cache
def _bases_of(share: Shown, near: int | None) -> tuple[float, float]:
    """The fewest and the most people that a share can be of, by what is said of it, and by their
    number to the nearest five where that is told.
    """
    if share.value is None:
        return (0, 0) if share == NOTHING else (1, inf)
    if near is None:
        can_be = (base for base in range(FEWEST, _LOOKED_AT) if share in _shares_of(base))
        return next(can_be, FEWEST), inf
    there = range(max(FEWEST, near - STEP // 2), near + STEP // 2 + 1)
    fit = [base for base in there if share in _shares_of(base)] if near < _LOOKED_AT else [*there]
    return min(fit), max(fit)


@cache
def _shares_of(base: int) -> frozenset[Shown]:
    """What a share of so many people can say: of counts that are rounded alike, the first."""
    every = (0, *range(FEWEST, base, STEP), base)
    return frozenset(_share(Cell(0.0, hits, base, base)) for hits in every)


def parts_of_share(measure: Measure, cell: Cell, said: Shown) -> tuple[int, int] | None:
    """The two rounded counts whose quotient a share of people is; None where it is not shown."""
    if measure.unit != Unit.SHARE or said.value is None or cell.people is None:
        return None
    hits, base = rounded(cell.count), rounded(cell.base)
    return None if hits is None or base is None else (hits, base)


_OF_PEOPLE: Mapping[Unit, Callable[[Measure, Cell], Shown]] = {
    Unit.DAYS: _days,
    Unit.HOURS: _hours,
    Unit.INDEX: _index,
    Unit.PER_PLACE: _per_place,
}
