"""Published figures: what pages, the API, files and reports all read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from insights import disclosure
from insights.disclosure import Shown
from insights.measures import MEASURES, Figures, Measure
from insights.measures.dimensions import DIMENSIONS
from insights.measures.samples import Cell
from insights.models import PeriodFigures
from insights.periods import Period


@dataclass(frozen=True)
class Row:
    """One category of a split, with its figure."""

    code: str
    label: str
    shown: Shown


@dataclass(frozen=True)
class Published:
    """The figures of one period as anybody may see them. closed: whether they are final; splits are
    of closed periods only.
    """

    period: Period
    worked_out_at: datetime
    closed: bool
    erased_since: int
    totals: dict[str, Shown]
    splits: dict[tuple[str, str], list[Row]]

    def total(self, measure: Measure | str) -> Shown:
        """The borough's figure; nothing where the measure did not exist then."""
        code = measure if isinstance(measure, str) else measure.code
        return self.totals.get(code, disclosure.NOTHING)

    def split(self, measure: Measure | str, dimension: str) -> list[Row]:
        """The figure of each category, in the order in which they are shown."""
        code = measure if isinstance(measure, str) else measure.code
        return self.splits.get((code, dimension), [])


def published(periods: Sequence[Period]) -> dict[Period, Published]:
    """The figures of some periods, those that have been worked out. One query."""
    rows = PeriodFigures.objects.filter(period__in=[period.code for period in periods])
    return {(found := of_row(row)).period: found for row in rows}


def of_row(row: PeriodFigures) -> Published:
    """The figures of a stored row, as they may be shown."""
    figures = Figures.of_json(row.figures)
    totals = {
        code: disclosure.shown(MEASURES[code], cell)
        for code, cell in figures.totals.items()
        if code in MEASURES
    }
    splits = {
        (code, dimension): _split(MEASURES[code], dimension, cells, figures)
        for (code, dimension), cells in figures.splits.items()
        if row.closed_at is not None and code in MEASURES and dimension in DIMENSIONS
    }
    return Published(
        Period.of_code(row.period),
        row.worked_out_at,
        row.closed_at is not None,
        row.erased_since,
        totals,
        splits,
    )


def _split(measure: Measure, code: str, cells: list[Cell], figures: Figures) -> list[Row]:
    kept_back = figures.kept_back.get((measure.code, code))
    shown = disclosure.split(measure, cells, parts=DIMENSIONS[code].parts, kept_back=kept_back)
    return [
        Row(category, label, one)
        for (category, label), one in zip(figures.categories[code], shown, strict=True)
    ]
