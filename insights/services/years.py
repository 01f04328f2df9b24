"""Which splits of a year are kept when it closes, beside those of its months (ADR 20).

- What is of a moment (people waiting) is of March's last moment: the year has March's split.
- What adds up over the months (applications, hours) is split where all months are closed from the
  first on in which there was anybody, with the cells kept back that would give a month's small
  count away.
- Numbers of days stand by themselves: nothing can be subtracted from them.
- All else (shares, and people who may stand in several months) is not split by year.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from insights import disclosure
from insights.analysis.protection import Given
from insights.analysis.years import Said, what_to_give_of_year
from insights.disclosure import Shown, Why
from insights.measures import MEASURES, Figures, Measure, Unit
from insights.measures.dimensions import DIMENSIONS
from insights.measures.samples import Cell
from insights.models import PeriodFigures
from insights.periods import Period

#: What is said of a cell, by why a number is not shown.
_GIVEN = {Why.SHOWN: Given.ROUNDED, Why.FEW: Given.SMALL, Why.NOTHING: Given.ROUNDED}


def beside_its_months(year: Period, figures: Figures) -> Figures:
    """The figures of a year that closes, with the splits that may stand beside its months'."""
    stored = {
        row.period: Figures.of_json(row.figures)
        for row in PeriodFigures.objects.closed().filter(
            period__in=[month.code for month in year.months_in()]
        )
    }
    months = [stored.get(month.code) for month in year.months_in()]
    while len(months) > 1 and months[0] is None:
        # Figures begin with the month in which the first person came: before, there was nobody.
        months.pop(0)
    splits: dict[tuple[str, str], list[Cell]] = {}
    kept_back: dict[tuple[str, str], list[int]] = {}
    for (code, dimension), cells in figures.splits.items():
        key, measure = (code, dimension), MEASURES[code]
        of_months = [month.splits.get(key) if month else None for month in months]
        totals = [month.totals.get(code) if month else None for month in months]
        if measure.of_moment:
            last = months[-1]
            if last is not None and key in last.splits:
                splits[key] = last.splits[key]
                kept_back |= {key: last.kept_back[key]} if key in last.kept_back else {}
        elif measure.unit == Unit.DAYS:
            splits[key] = cells
        elif measure.unit in (Unit.APPLICATIONS, Unit.HOURS):
            whole = [month for month in of_months if month is not None]
            fits = len(whole) == len(months) and {len(month) for month in whole} == {len(cells)}
            if fits and _are_all(figures.totals.get(code), totals):
                splits[key] = _sums(cells, whole)
                tables = DIMENSIONS[dimension].tables(figures.categories[dimension])
                kept_back[key] = _kept_back(measure, dimension, splits[key], whole, totals, tables)
    return replace(figures, splits=splits, kept_back=kept_back)


def _are_all(year: Cell | None, months: Sequence[Cell | None]) -> bool:
    """Whether no month is missing that had anything: a year can have less than its months, after
    an erasure, and never more.
    """
    return year is None or year.count <= sum(month.count for month in months if month)


def _sums(cells: Sequence[Cell], months: Sequence[Sequence[Cell]]) -> list[Cell]:
    """The year's cells as the sums of its months': who has deleted their account since stands in
    both or in neither.
    """
    return [
        replace(
            cell,
            value=sum(month.value or 0.0 for month in of_months),
            count=(count := sum(month.count for month in of_months)),
            base=count,
            people=min(count, max(1, cell.people or 0)),
        )
        for cell, *of_months in zip(cells, *months, strict=True)
    ]


def _kept_back(
    measure: Measure,
    dimension: str,
    cells: Sequence[Cell],
    months: Sequence[Sequence[Cell]],
    totals: Sequence[Cell | None],
    tables: Sequence[Sequence[int]],
) -> list[int]:
    parts = DIMENSIONS[dimension].parts
    of_months = [
        disclosure.split(measure, month, parts=parts, total=total, tables=tables)
        for month, total in zip(months, totals, strict=True)
    ]
    if measure.unit == Unit.HOURS:
        return _of_hours(of_months)
    counts = np.array([[cell.count for cell in month] for month in months])
    given = np.array([[_given(shown) for shown in month] for month in of_months])
    small = np.array([disclosure.shown(measure, cell).why == Why.FEW for cell in cells])
    kept_back: list[int] = []
    for places in tables:
        said = Said(counts[:, places], given[:, places], parts, disclosure.ROUNDING)
        of_year = what_to_give_of_year(said, small[places])
        kept_back += np.asarray(places)[of_year == Given.NOTHING].tolist()
    return sorted(kept_back)


def _of_hours(of_months: Sequence[Sequence[Shown]]) -> list[int]:
    """Of hours any month that is missing could be found by subtracting."""
    missing = np.array([[shown.value is None for shown in month] for month in of_months])
    places: list[int] = np.flatnonzero(missing.any(axis=0)).tolist()
    return places


def _given(shown: Shown) -> Given:
    return _GIVEN.get(shown.why, Given.NOTHING)
