"""The report as PDF."""

from itertools import pairwise
from math import ceil
from typing import Any

from django.conf import settings

from core.documents import pdf
from core.places.wards import WARDS
from insights.report.parts import READERS, Kind, Line, Report, Section, Table

TEMPLATE = settings.BASE_DIR / "insights" / "documents" / "annual_report.typ"
_STEPS = 5
#: A table of more rows, or one without drawing of more letters, may run over pages.
_MOST_ROWS, _MOST_LETTERS = 25, 2000
#: Letters of a column of a table: at least those of its longest word.
_NARROWEST, _WIDEST = 8, 60


def pdf_of(report: Report) -> bytes:
    """The report as PDF, with tags for screen readers. Raises ValueError where it cannot be set."""
    return pdf(
        TEMPLATE,
        {
            "for": str(READERS),
            "state": report.state,
            "summary": list(report.summary),
            "meaning": report.meaning,
            "sections": [_section(section) for section in report.sections],
        },
        title=report.title,
    )


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "sentences": list(section.sentences),
        "tables": [_table(table, notes) for table, notes in section.tables_with_notes],
    }


def _table(table: Table, notes: tuple[str, ...]) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "kind": str(table.kind),
        "title": table.title,
        "about": table.about,
        "heads": list(table.heads),
        "notes": list(notes),
        "widths": _widths(table),
        "breaks": _is_long(table),
        "lines": [[line.label, *_words(line)] for line in table.lines_drawn],
    }
    if table.kind == Kind.BARS:
        drawn["shares"] = _shares(table)
    if table.kind == Kind.MONTHS:
        drawn["months"] = _months(table)
    if table.kind == Kind.WARDS:
        drawn["tiles"] = _tiles(table)
        wards = {ward.name for ward in WARDS}
        outside = [line for line in table.lines if line.label not in wards]
        drawn["notes"] += [f"{line.label}: {line.cells[0].words}." for line in outside]
    return drawn


def _months(table: Table) -> dict[str, Any]:
    """The points of a line over months, as shares of its width and height (y from the ground; None
    where there is no number), and the stretches of months between which it is drawn.
    """
    values = [line.cells[0].value for line in table.lines]
    most = max((value or 0 for value in values), default=0)
    last = max(1, len(values) - 1)
    points = [
        {
            "x": place / last,
            "y": None if value is None else value / most if most else 0.0,
            "mark": line.cells[0].written,
            "name": line.short or line.label,
            "words": f"{line.label}: {line.cells[0].words}",
        }
        for place, (line, value) in enumerate(zip(table.lines, values, strict=True))
    ]
    steps = [
        [place, place + 1]
        for place, (one, following) in enumerate(pairwise(values))
        if one is not None and following is not None
    ]
    return {"points": points, "steps": steps}


def _widths(table: Table) -> list[int]:
    """How wide each column is beside the others: by what stands in it, within bounds; its head
    takes two lines or so.
    """
    columns = zip(
        table.heads,
        *([line.label, *_words(line)] for line in table.lines_drawn),
        strict=True,
    )
    return [_width(column) for column in columns]


def _width(column: tuple[str, ...]) -> int:
    words = [len(word) for cell in column for word in cell.split()]
    middle = sum(map(len, column)) // len(column)
    head = len(column[0]) // 2
    return max(_NARROWEST, min(_WIDEST, middle), head, max(words, default=0) + 2)


def _is_long(table: Table) -> bool:
    """Whether it would not stand on a page; others are not parted."""
    if table.kind != Kind.TABLE:
        return table.kind == Kind.BARS and len(table.lines_drawn) > _MOST_ROWS
    words = (words for line in table.lines_drawn for words in (line.label, *_words(line)))
    return sum(map(len, words)) > _MOST_LETTERS


def _words(line: Line) -> list[str]:
    return [cell.words for cell in line.cells]


def _values(table: Table) -> list[float]:
    return [line.cells[0].value or 0 for line in table.lines_drawn]


def _shares(table: Table) -> list[float]:
    """The length of each bar, of the longest, 0 to 1."""
    values = _values(table)
    longest = table.whole or max(values, default=0)
    return [min(1.0, value / longest) if longest else 0.0 for value in values]


def shade_of(value: float, most: float) -> int:
    """0 for nothing, 5 for the most; a quotient of fractions may come out a little above."""
    return min(_STEPS, ceil(_STEPS * value / most)) if most else 0


def _tiles(table: Table) -> list[dict[str, Any]]:
    """The wards as squares; shade from 0 to 5."""
    lines = {line.label: line.cells[0] for line in table.lines}
    known = [ward for ward in WARDS if ward.name in lines]
    most = max((lines[ward.name].value or 0 for ward in known), default=0)
    return [
        {
            "name": ward.name,
            "column": ward.column,
            "row": ward.row,
            "mark": lines[ward.name].written,
            "hidden": lines[ward.name].value is None,
            "shade": shade_of(lines[ward.name].value or 0, most),
            "words": f"{ward.name}: {lines[ward.name].words}",
        }
        for ward in known
    ]
