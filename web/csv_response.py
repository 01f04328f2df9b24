"""Answer with a table as a CSV file."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.functional import Promise

from core.csv_files import Cell, csv_text


def csv_response(
    name: str, heads: Sequence[str | Promise], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """A download called `name`.csv, in UTF-8 with the mark by which Excel knows it."""
    response = HttpResponse(
        csv_text(heads, rows).encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
