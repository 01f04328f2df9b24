"""What of the splits of a month that closes must be kept back beside the month closed before it.

Only of people who are counted at a moment (people waiting): two months of these are the same people
less those who went and with those who came. What happened in a month (applications) is of other
people or other acts each time.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.disclosure import FEWEST
from insights import disclosure
from insights.analysis.protection import Given
from insights.analysis.quiet_months import Moved, more_kept_back
from insights.disclosure import KEPT_BACK
from insights.measures import MEASURES, Figures, Measure, Unit
from insights.measures.dimensions import DIMENSIONS
from insights.measures.samples import Cell, Divided, Table
from insights.measures.tables import Tables
from insights.models import PeriodFigures
from insights.periods import Period

_Key = tuple[str, str]


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
        if measure.of_moment and measure.unit in (Unit.PEOPLE, Unit.PER_PLACE):
            there = [_people(measure, one) for one in tables]
            moved = len(there[1] - there[0]), len(there[0] - there[1])
            for dimension in measure.by:
                key = (measure.code, dimension)
                if _same_categories(key, before, figures):
                    kept_back |= _more(key, before, figures, moved)
    return replace(figures, kept_back=kept_back)


def _closed_before(month: Period) -> PeriodFigures | None:
    closed = PeriodFigures.objects.closed().filter(first_day__lt=month.first)
    for code in closed.order_by("-first_day").values_list("period", flat=True):
        if not Period.of_code(code).is_year:
            return PeriodFigures.objects.get(period=code)
    return None


def _people(measure: Measure, tables: Tables) -> set[int]:
    """The ids of those whom a measure counts; none where its rows are not of people."""
    picked = measure.pick(tables)
    sample = picked.above if isinstance(picked, Divided) else picked
    if sample.table != Table.PEOPLE:
        return set()
    return set(tables.people.ids[sample.rows].tolist())


def _same_categories(key: _Key, *months: Figures) -> bool:
    """Whether both months are split so, by the same categories."""
    known = [
        [code for code, __ in one.categories.get(key[1], ())] for one in months if key in one.splits
    ]
    return len(known) == len(months) and known[0] == known[1]


def _more(
    key: _Key, before: Figures, after: Figures, moved: tuple[int, int]
) -> dict[_Key, list[int]]:
    """Under its key all that is kept back of the split, where that is more than by itself."""
    said = [_said(key, one) for one in (before, after)]
    more = more_kept_back(
        Moved(
            before=_counts(before.splits[key]),
            said_before=said[0],
            after=_counts(after.splits[key]),
            said_after=said[1],
            came=moved[0],
            went=moved[1],
            parts=DIMENSIONS[key[1]].parts,
            rounding=disclosure.ROUNDING,
        )
    )
    if not more:
        return {}
    return {key: sorted({*np.flatnonzero(said[1] == Given.NOTHING).tolist(), *more})}


def _said(key: _Key, figures: Figures) -> NDArray[np.int64]:
    """What is said of each category, of `Given`, whether or not there are places for its people."""
    counts = _counts(figures.splits[key])
    shown = disclosure.split(
        MEASURES[key[0]],
        figures.splits[key],
        parts=DIMENSIONS[key[1]].parts,
        total=figures.totals.get(key[0]),
        kept_back=figures.kept_back.get(key),
    )
    few = np.where((counts > 0) & (counts < FEWEST), Given.SMALL, Given.ROUNDED)
    nothing = [one == KEPT_BACK for one in shown]
    return np.where(nothing, Given.NOTHING, few).astype(np.int64)


def _counts(cells: Sequence[Cell]) -> NDArray[np.int64]:
    return np.array([cell.count for cell in cells], np.int64)
