"""A report as JSON and back, so that it can be kept word for word.

What is kept is what a report says and not a file: its page, its PDF and its workbook are drawn from
the same words and numbers as on the day. What was kept has to be read for ever: a field that is
added to `Report` and its parts needs a default.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from insights.periods import Period
from insights.report.parts import Cell, Kind, Line, Report, Section, Table


def as_json(report: Report) -> dict[str, Any]:
    """What JSON can hold of a report: all of it."""
    return asdict(report) | {
        "year": report.year.code,
        "worked_out_at": report.worked_out_at.isoformat(),
    }


def of_json(stored: dict[str, Any]) -> Report:
    """The report that `as_json` gave."""
    return Report(
        **stored
        | {
            "year": Period.of_code(stored["year"]),
            "worked_out_at": datetime.fromisoformat(stored["worked_out_at"]),
            "summary": tuple(stored["summary"]),
            "sections": tuple(_section(section) for section in stored["sections"]),
        }
    )


def _section(stored: dict[str, Any]) -> Section:
    return Section(
        **stored
        | {
            "sentences": tuple(stored["sentences"]),
            "tables": tuple(_table(table) for table in stored["tables"]),
        }
    )


def _table(stored: dict[str, Any]) -> Table:
    return Table(
        **stored
        | {
            "heads": tuple(stored["heads"]),
            "notes": tuple(stored["notes"]),
            "kind": Kind(stored["kind"]),
            "lines": tuple(_line(line) for line in stored["lines"]),
        }
    )


def _line(stored: dict[str, Any]) -> Line:
    return Line(**stored | {"cells": tuple(Cell(**cell) for cell in stored["cells"])})
