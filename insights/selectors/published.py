"""Published figures: what pages, the API, files and reports all read."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from insights import disclosure
from insights.disclosure import Shown
from insights.measures import MEASURES, Figures, Measure
from insights.measures.dimensions import DIMENSIONS
from insights.models import PeriodFigures
from insights.periods import Period


@dataclass(frozen=True)
class Row:
    """One category of a split, with its figure."""

    code: str
    label: str
    shown: Shown


def most_first(rows: Sequence[Row]) -> list[Row]:
    """The rows by what is shown of them: the most first, then those that are not shown, as they
    came, then those with nobody. By the true numbers, their place would say between which numbers
    they lie.
    """
    return sorted(rows, key=lambda row: (row.shown.value == 0, -(row.shown.value or 0)))


@dataclass(frozen=True)
class Published:
    """The figures of one period as anybody may see them. closed: whether they are final; splits are
    of closed periods only. `figures` holds the true numbers, which leave only through the methods.
    """

    period: Period
    worked_out_at: datetime
    closed: bool
    erased_since: int
    figures: Figures = field(repr=False)
    kept: dict[tuple[str, str], list[Row]] = field(default_factory=dict, repr=False)

    def total(self, measure: Measure | str) -> Shown:
        """The borough's figure; nothing where the measure did not exist then."""
        code = measure if isinstance(measure, str) else measure.code
        cell = self.figures.totals.get(code)
        if cell is None or code not in MEASURES:
            return disclosure.NOTHING
        return disclosure.shown(MEASURES[code], cell)

    def split(self, measure: Measure | str, dimension: str) -> list[Row]:
        """The figure of each category, in the order in which they are shown."""
        key = (measure if isinstance(measure, str) else measure.code, dimension)
        if key not in self.kept:
            self.kept[key] = self._split(*key)
        return self.kept[key]

    def _split(self, measure: str, dimension: str) -> list[Row]:
        cells = self.figures.splits.get((measure, dimension))
        if not self.closed or cells is None or measure not in MEASURES:
            return []
        if dimension not in DIMENSIONS:
            return []
        shown = disclosure.split(
            MEASURES[measure],
            cells,
            parts=DIMENSIONS[dimension].parts,
            total=self.figures.totals.get(measure),
            kept_back=self.figures.kept_back.get((measure, dimension)),
        )
        return [
            Row(category, label, one)
            for (category, label), one in zip(
                self.figures.categories[dimension], shown, strict=True
            )
        ]


def published(periods: Sequence[Period]) -> dict[Period, Published]:
    """The figures of some periods, those that have been worked out. One query."""
    rows = PeriodFigures.objects.filter(period__in=[period.code for period in periods])
    return {(found := of_row(row)).period: found for row in rows}


def of_row(row: PeriodFigures) -> Published:
    """The figures of a stored row, as they may be shown."""
    period, found = Period.of_code(row.period), Figures.of_json(row.figures)
    if period.is_year and "kept_back" not in row.figures:
        # Closed before years were held against their months.
        found = replace(found, splits={})
    return Published(
        period,
        row.worked_out_at,
        row.closed_at is not None,
        row.erased_since,
        found,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """A period of which there are figures, and whether they are final."""

    period: Period
    closed: bool


def known_periods() -> list[Known]:
    """The periods that have been worked out, the latest first, months before years. One query."""
    rows = PeriodFigures.objects.values_list("period", "closed_at")
    known = [Known(Period.of_code(code), closed is not None) for code, closed in rows]
    return sorted(known, key=lambda one: (one.period.is_year, -one.period.first.toordinal()))
