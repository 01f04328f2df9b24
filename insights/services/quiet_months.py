"""What of the splits of a month that closes must be kept back beside the month closed before it.

Only of people who are counted at a moment (people waiting, the share of those of the last year who
had an offer), and of a year's applications: two months of these are the same people, or the same
applications, less those who went and with those who came.
What happened in a month (applications) is of other people or other acts each time. A split through
which everybody moves with the days (how long they have waited) is left as it is: who came and went
says nothing of what a category may gain or lose.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.disclosure import FEWEST
from insights import disclosure
from insights.analysis.protection import Given
from insights.analysis.quiet_months import Months, Moved, MovedShares, Shares, more_kept_back
from insights.disclosure import FEW, KEPT_BACK, Shown
from insights.measures import MEASURES, Figures, Measure, Unit
from insights.measures.dimensions import DIMENSIONS
from insights.measures.samples import Cell, Divided, Shared, Table
from insights.measures.tables import Tables
from insights.models import PeriodFigures
from insights.periods import Period

_Key = tuple[str, str]
#: How many people came and went, as between two months.
_Moves = tuple[int, int]
#: Units of what is held against the month before.
_OF_PEOPLE = (Unit.PEOPLE, Unit.PER_PLACE, Unit.SHARE)


def beside_the_month_before(
    month: Period, figures: Figures, tables_of: Callable[[Period], Tables]
) -> Figures:
    """The figures of a month that closes, with more kept back where they would say too much beside
    those of the month that was closed before. Two queries; where there is one, the tables of both.
    """
    earlier = _closed_before(month)
    if earlier is None:
        return figures
    before = Figures.of_json(earlier.figures)
    tables = tables_of(Period.of_code(earlier.period)), tables_of(month)
    kept_back = dict(figures.kept_back)
    for measure in MEASURES:
        if measure.of_moment and measure.unit in _OF_PEOPLE:
            there = [_people(measure, one) for one in tables]
            moves = [_moves(*both) for both in zip(*there, strict=True)]
            for dimension in (code for code in measure.by if not DIMENSIONS[code].moves):
                key = (measure.code, dimension)
                if moves and _same_categories(key, before, figures):
                    kept_back |= _more(key, before, figures, moves)
    return replace(figures, kept_back=kept_back)


def _closed_before(month: Period) -> PeriodFigures | None:
    closed = PeriodFigures.objects.closed().filter(first_day__lt=month.first)
    for code in closed.order_by("-first_day").values_list("period", flat=True):
        if not Period.of_code(code).is_year:
            return PeriodFigures.objects.get(period=code)
    return None


def _people(measure: Measure, tables: Tables) -> list[set[int]]:
    """The ids of those whom a measure counts, or of their applications, of a share of those of
    which it is true and of the others; none where its rows are of neither.
    """
    picked = measure.pick(tables)
    sample = picked.above if isinstance(picked, Divided) else picked
    of_table = {Table.PEOPLE: tables.people.ids, Table.APPLICATIONS: tables.applications.ids}
    if sample.table not in of_table:
        return []
    ids = of_table[sample.table][sample.rows]
    if isinstance(sample, Shared):
        return [set(ids[sample.hits].tolist()), set(ids[~sample.hits].tolist())]
    return [set(ids.tolist())]


def _moves(before: set[int], after: set[int]) -> _Moves:
    return len(after - before), len(before - after)


def _same_categories(key: _Key, *months: Figures) -> bool:
    """Whether both months are split so, by the same categories."""
    known = [
        [code for code, __ in one.categories.get(key[1], ())] for one in months if key in one.splits
    ]
    return len(known) == len(months) and known[0] == known[1]


def _more(
    key: _Key, before: Figures, after: Figures, moves: Sequence[_Moves]
) -> dict[_Key, list[int]]:
    """Under its key all that is kept back of the split, where that is more than by itself."""
    moved = _moved(key, before, after, moves)
    more = more_kept_back(moved)
    if not more:
        return {}
    return {key: sorted({*np.flatnonzero(moved.said_after == Given.NOTHING).tolist(), *more})}


def _moved(key: _Key, before: Figures, after: Figures, moves: Sequence[_Moves]) -> Months:
    parts, rounding = DIMENSIONS[key[1]].parts, disclosure.ROUNDING
    if MEASURES[key[0]].unit == Unit.SHARE:
        hits, others = moves
        return MovedShares(_shares(key, before), _shares(key, after), hits, others, parts, rounding)
    ((came, went),) = moves
    return Moved(
        before=_counts(before.splits[key]),
        said_before=_said(key, before),
        after=_counts(after.splits[key]),
        said_after=_said(key, after),
        came=came,
        went=went,
        parts=parts,
        rounding=rounding,
    )


def _shares(key: _Key, figures: Figures) -> Shares:
    cells = figures.splits[key]
    given = {FEW: Given.SMALL, KEPT_BACK: Given.NOTHING}
    said = [given.get(one, Given.ROUNDED) for one in _shown(key, figures)]
    bases = np.array([cell.base for cell in cells], np.int64)
    return Shares(_counts(cells), bases, np.array(said, np.int64))


def _said(key: _Key, figures: Figures) -> NDArray[np.int64]:
    """What is said of each category, of `Given`, whether or not there are places for its people."""
    counts = _counts(figures.splits[key])
    few = np.where((counts > 0) & (counts < FEWEST), Given.SMALL, Given.ROUNDED)
    nothing = [one == KEPT_BACK for one in _shown(key, figures)]
    return np.where(nothing, Given.NOTHING, few).astype(np.int64)


def _shown(key: _Key, figures: Figures) -> list[Shown]:
    return disclosure.split(
        MEASURES[key[0]],
        figures.splits[key],
        parts=DIMENSIONS[key[1]].parts,
        total=figures.totals.get(key[0]),
        kept_back=figures.kept_back.get(key),
    )


def _counts(cells: Sequence[Cell]) -> NDArray[np.int64]:
    return np.array([cell.count for cell in cells], np.int64)
