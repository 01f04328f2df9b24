"""Published figures as cells and tables of the report."""

from collections.abc import Iterator, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from insights.chart_findings import split_finding
from insights.disclosure import Shown, Why
from insights.measures import Measure, Unit
from insights.measures.dimensions import DIMENSIONS, RANKED
from insights.report.parts import Cell, Kind, Line, Table
from insights.selectors.published import Published, Row, most_first
from insights.wording import explained, explained_bases, in_words, period_in_words, written

_PER_CENT = 100.0
#: How a workbook writes numbers of a unit; those of others are whole.
_PATTERNS = {Unit.SHARE: '0"%"', Unit.PER_PLACE: "0.0", Unit.INDEX: "0.00"}
#: So many causes or activities are drawn.
_MOST_DRAWN = 15


def cell(measure: Measure, shown: Shown) -> Cell:
    """A figure as a cell."""
    pattern = _PATTERNS.get(measure.unit, "#,##0")
    return Cell(in_words(measure, shown), shown.value, written(measure, shown), pattern)


def count_cell(count: int) -> Cell:
    """A number that is of no people, and so is shown as it is."""
    return Cell(f"{count:,}", count)


def split_table(measure: Measure, figures: Published, dimension: str) -> Table | None:
    """A figure by a dimension; None where the period has no such split or shows nothing of it."""
    rows = figures.split(measure, dimension)
    if all(row.shown.value is None and row.shown.more_than is None for row in rows):
        return None
    ranked = dimension in RANKED
    if ranked:
        rows = most_first(rows)
    title = capfirst(str(DIMENSIONS[dimension].title))
    return Table(
        key=f"{measure.code}-{dimension}",
        title=split_finding(measure, dimension, rows),
        about=_("%(figure)s by %(split)s, %(period)s")
        % {
            "figure": measure.title,
            "split": title.lower(),
            "period": period_in_words(figures.period),
        },
        heads=(title, str(measure.title), *([_("Out of")] if _has_bases(rows) else [])),
        lines=lines_of(measure, rows),
        kind=Kind.WARDS if dimension == "ward" else Kind.BARS,
        whole=_PER_CENT if measure.unit == Unit.SHARE else None,
        notes=(
            *_notes(measure, {row.shown.why for row in rows}),
            *explained_bases(row.base for row in rows),
        ),
        drawn=_MOST_DRAWN if ranked else 0,
    )


def _notes(measure: Measure, whys: set[Why]) -> Iterator[str]:
    """What cells without a number mean. Where no place is open there are no people for each, which
    is worse than any number.
    """
    if measure.unit == Unit.PER_PLACE and Why.NOTHING in whys:
        yield _("“No figure”: no place was open there, so those who wait there wait for none.")
        whys = whys - {Why.NOTHING}
    yield from explained(measure, whys)


def lines_of(measure: Measure, rows: Sequence[Row]) -> tuple[Line, ...]:
    """The categories of a split; of shares also out of how many they are, where that is told."""
    with_bases = _has_bases(rows)
    return tuple(
        Line(row.label, (cell(measure, row.shown), *([_base_cell(row)] if with_bases else [])))
        for row in rows
    )


def _has_bases(rows: Sequence[Row]) -> bool:
    return any(row.base is not None for row in rows)


def _base_cell(row: Row) -> Cell:
    return Cell(row.out_of, row.base)
