"""Read the rows of a CSV or XLSX file as text, one at a time, within bounds."""

import csv
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

#: More than this is not a list of roles.
LARGEST_FILE = 50_000_000
MOST_ROWS = 50_000
LONGEST_CELL = 20_000

Row = tuple[int, dict[str, str]]


class UnreadableFile(Exception):
    """The file is not a table that can be read; the message says why."""


def rows(path: Path) -> Iterator[Row]:
    """Give (line number, {column: text}) for each row that is not empty.

    Raises UnreadableFile where the file is missing, too large, not CSV or XLSX, or has no header.
    """
    if not path.is_file():
        raise UnreadableFile(f"There is no file {path}.")
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableFile(f"The file is larger than {LARGEST_FILE // 1_000_000} MB.")
    cells = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    header = next(cells, None)
    if header is None or not any(header[1]):
        raise UnreadableFile("The file is empty: its first line has to name the columns.")
    columns = [name.strip() for name in header[1]]
    if repeated := {name for name in columns if name and columns.count(name) > 1}:
        raise UnreadableFile(f"Two columns have the same name: {', '.join(sorted(repeated))}.")
    for number, (line, values) in enumerate(cells, start=1):
        if number > MOST_ROWS:
            raise UnreadableFile(f"The file has more than {MOST_ROWS:,} rows.")
        if any(value.strip() for value in values):
            yield line, dict(zip(columns, values, strict=False))


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL * 10)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for values in reader:
                yield reader.line_num, [_clean(value) for value in values]
    except UnicodeDecodeError as error:
        raise UnreadableFile("The file is not UTF-8 text. Save it as CSV UTF-8.") from error
    except csv.Error as error:
        raise UnreadableFile(f"The file is not CSV: {error}.") from error


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableFile("The file is not an Excel workbook (.xlsx).") from error
    try:
        sheet = book.worksheets[0]
        for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield line, [_text(value) for value in values]
    finally:
        book.close()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _clean(str(value))


def _clean(value: str) -> str:
    """Without NUL and other control characters, which databases and pages cannot take."""
    kept = "".join(c for c in value if c.isprintable() or c in "\n\t")
    return kept[:LONGEST_CELL].strip()
