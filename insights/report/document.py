"""The report as PDF."""

from math import ceil
from typing import Any

from django.conf import settings

from core.clock import LONDON
from core.dates import full_day
from core.documents import pdf
from core.places.wards import WARDS
from insights.report.parts import Kind, Report, Section, Table

TEMPLATE = settings.BASE_DIR / "insights" / "documents" / "annual_report.typ"
_STEPS = 5
#: Letters of a column of a table.
_NARROWEST, _WIDEST = 12, 60


def pdf_of(report: Report) -> bytes:
    """The report as PDF, with tags for screen readers."""
    return pdf(
        TEMPLATE,
        {
            "year": report.year_words,
            "for": (
                "For the Harrow Strategic Partnership, Overview and Scrutiny, Cabinet and the "
                "Voluntary Sector Forum"
            ),
            "made": full_day(report.made_at.astimezone(LONDON).date()),
            "running": not report.closed,
            "summary": list(report.summary),
            "sections": [_section(section) for section in report.sections],
        },
        title=report.title,
    )


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "sentences": list(section.sentences),
        "tables": [_table(table) for table in section.tables],
    }


def _table(table: Table) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "kind": str(table.kind),
        "title": table.title,
        "about": table.about,
        "heads": list(table.heads),
        "notes": list(table.notes_drawn),
        "widths": _widths(table),
        "lines": [[line.label, *(cell.words for cell in line.cells)] for line in table.lines_drawn],
    }
    if table.kind == Kind.BARS:
        drawn["shares"] = _shares(table)
    if table.kind == Kind.WARDS:
        drawn["tiles"] = _tiles(table)
    return drawn


def _widths(table: Table) -> list[int]:
    """How wide each column is beside the others: by what stands in it, within bounds."""
    columns = zip(
        table.heads,
        *([line.label, *(cell.words for cell in line.cells)] for line in table.lines_drawn),
        strict=True,
    )
    return [
        min(_WIDEST, max(_NARROWEST, sum(map(len, column)) // len(column))) for column in columns
    ]


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
            "mark": lines[ward.name].mark or lines[ward.name].words,
            "shade": shade_of(lines[ward.name].value or 0, most),
            "words": f"{ward.name}: {lines[ward.name].words}",
        }
        for ward in known
    ]
