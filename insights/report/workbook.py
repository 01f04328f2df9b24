"""The report as a workbook: one sheet with its sentences, and one for each table."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.csv_files import safe_cell
from insights.report.parts import Report, Table

#: The longest name that a sheet can have.
_NAME = 31
_WIDE, _NARROW = 48, 22
_BOLD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def workbook_of(report: Report) -> bytes:
    """The report as XLSX. Cells that people wrote are safe to open."""
    book = Workbook()
    first = book.active
    if not isinstance(first, Worksheet):
        raise TypeError("a new workbook has a sheet")
    _write_sentences(first, report)
    for number, table in enumerate(report.tables, 1):
        _write_table(book.create_sheet(f"{number} {table.key}"[:_NAME]), table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sentences(sheet: Worksheet, report: Report) -> None:
    sheet.title = "Report"
    sheet.column_dimensions["A"].width = 110
    _row(sheet, [report.title], bold=True)
    for sentence in report.summary:
        _row(sheet, [sentence])
    numbers = {table.key: number for number, table in enumerate(report.tables, 1)}
    for section in report.sections:
        _row(sheet, [])
        _row(sheet, [section.title], bold=True)
        for sentence in section.sentences:
            _row(sheet, [sentence])
        for table in section.tables:
            _row(sheet, [f"Sheet {numbers[table.key]}: {table.title}"])


def _write_table(sheet: Worksheet, table: Table) -> None:
    for column in range(1, 1 + len(table.heads)):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDE if column == 1 else _NARROW
    _row(sheet, [table.title], bold=True)
    _row(sheet, [table.about])
    _row(sheet, list(table.heads), bold=True)
    sheet.freeze_panes = "A4"
    for line in table.lines:
        cells = [cell.words if cell.value is None else cell.value for cell in line.cells]
        _row(sheet, [line.label, *cells])
    for note in table.notes:
        _row(sheet, [note])


def _row(sheet: Worksheet, cells: list[str | float], *, bold: bool = False) -> None:
    sheet.append([safe_cell(cell) for cell in cells])
    for one in sheet[sheet.max_row]:
        one.alignment = _WRAPPED
        if bold:
            one.font = _BOLD
