"""Tables as files that a spreadsheet opens, with nothing in them that it would run."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.utils.functional import Promise

#: A cell that begins with one of these is a formula to a spreadsheet, or hides one (promise 14).
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")

Cell = str | Promise | int | float | None


def safe_cell(cell: Cell) -> str | int | float:
    """A cell as a spreadsheet may have it: numbers as they are, words that begin like a formula
    with an apostrophe before them, '' for None. Words that are lazily translated are made now.
    """
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return cell
    words = str(cell)
    return f"'{words}" if words.startswith(_DANGEROUS) else words


def csv_text(heads: Sequence[str | Promise], rows: Iterable[Sequence[Cell]]) -> str:
    """A table as CSV: one line of heads, then the rows, each cell safe."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(head) for head in heads])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
