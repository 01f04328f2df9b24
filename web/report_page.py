"""The annual report as HTML."""

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from insights.report.parts import READERS, Cell, Kind, Line, Report, Section, Table
from web.charts import Bars, Chart, Months, Point, WardTiles

#: A table, its chart (None where it is drawn as a table alone), and its notes.
Drawn = tuple[Table, Chart | None, tuple[str, ...]]


def charts_of(section: Section) -> list[Drawn]:
    """The tables of a section, as they are drawn."""
    return [(table, _chart(table, notes), notes) for table, notes in section.tables_with_notes]


def page_of(report: Report) -> str:
    """The report as a page that needs nothing beside it: the style sheet is inside."""
    sheet = finders.find("styles/main.css")
    style = Path(sheet).read_text() if isinstance(sheet, str) else ""
    context = context_of(report) | {"style": style}
    return render_to_string("web/insights/report/alone.html", context)


def context_of(report: Report) -> dict[str, Any]:
    """What the templates of the report read."""
    return {"report": report, "readers": READERS, "sections": sections_of(report)}


def sections_of(report: Report) -> list[tuple[Section, list[Drawn]]]:
    """The sections with their charts."""
    return [(section, charts_of(section)) for section in report.sections]


def _chart(table: Table, notes: tuple[str, ...]) -> Chart | None:
    if table.kind == Kind.TABLE:
        return None
    points = tuple(_point(line, line.cells[0]) for line in table.lines_drawn)
    given: dict[str, Any] = {
        "key": table.key.replace("_", "-"),
        "title": table.title,
        "about": table.about,
        "points": points,
        "heads": (table.heads[0], table.heads[1]),
        "notes": notes,
    }
    if table.kind == Kind.BARS:
        return Bars(**given, whole=table.whole)
    return Months(**given) if table.kind == Kind.MONTHS else WardTiles(**given)


def _point(line: Line, cell: Cell) -> Point:
    # Of shares the second is out of how many they are.
    out_of = line.cells[1].words if len(line.cells) > 1 else ""
    return Point(line.short or line.label, cell.value, cell.words, cell.mark, out_of=out_of)
