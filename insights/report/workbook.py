"""The report as a workbook: its sentences, its method, and a sheet for each table."""

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from core.csv_files import Cell as Written
from core.csv_files import safe_cell
from insights.report.method import symbols
from insights.report.parts import READERS, Cell, Report, Section, Table

#: The longest name that a sheet can have.
_NAME = 31
#: Widths of columns, in letters.
_NARROWEST, _WIDEST, _SENTENCES = 12, 60, 110
_BOLD = Font(bold=True)
_LINK = Font(underline="single", color="0563C1")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
#: Above the rows of a table: its finding, what is counted, and the heads, which stay in sight.
_FIRST_ROW = 4


def workbook_of(report: Report) -> bytes:
    """The report as XLSX. Cells that people wrote are safe to open."""
    book = Workbook()
    first = book.active
    if not isinstance(first, Worksheet):
        raise TypeError("a new workbook has a sheet")
    book.properties.title = report.title
    names = _sheet_names(report)
    _write_sentences(first, report, names)
    for section in report.sections:
        if section.code == "method":
            _write_method(book.create_sheet(_("Method and limits")), section)
    for table in report.tables:
        _write_table(book.create_sheet(names[table.key]), table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_names(report: Report) -> dict[str, str]:
    """Such as "3 people waiting by ward", by a table's key."""
    return {table.key: _sheet_name(at, table.key) for at, table in enumerate(report.tables, 1)}


def _sheet_name(number: int, key: str) -> str:
    """The number makes it unlike all others; what a figure is split by is never cut off, and no
    word in the middle.
    """
    figure, __, dimension = key.replace("_", " ").partition("-")
    end = f" by {dimension}" if dimension else ""
    name, room = f"{number} {figure}", _NAME - len(end)
    if len(name) > room:
        name = name[: room + 1].rpartition(" ")[0]
    return name + end


def _write_sentences(sheet: Worksheet, report: Report, names: dict[str, str]) -> None:
    sheet.title = _("Report")
    sheet.column_dimensions["A"].width = _SENTENCES
    _row(sheet, [report.title], bold=True)
    for sentence in (f"{READERS}.", report.state, *report.summary, report.meaning):
        _row(sheet, [sentence])
    for section in report.sections:
        _row(sheet, [])
        _row(sheet, [section.title], bold=True)
        for sentence in section.sentences:
            _row(sheet, [sentence])
        for table in section.tables:
            name = names[table.key]
            _row(sheet, [_("Sheet “%(name)s”: %(title)s") % {"name": name, "title": table.title}])
            link = sheet.cell(sheet.max_row, 1)
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{name}'!A1")
            link.font = _LINK


def _write_method(sheet: Worksheet, section: Section) -> None:
    sheet.column_dimensions["A"].width = _SENTENCES
    _row(sheet, [section.title], bold=True)
    sheet.freeze_panes = "A2"
    for sentence in section.sentences:
        _row(sheet, [sentence])
    _row(sheet, [])
    _row(sheet, [_("What stands for a number that is not shown")], bold=True)
    for line in symbols():
        _row(sheet, [f"{line.label}  {line.cells[0].words}"])


def _write_table(sheet: Worksheet, table: Table) -> None:
    _row(sheet, [table.title], bold=True, wrapped=False)
    _row(sheet, [table.about], wrapped=False)
    _row(sheet, table.heads, bold=True)
    sheet.freeze_panes = f"B{_FIRST_ROW}"
    for line in table.lines:
        _row(sheet, [line.label, *map(_written, line.cells)])
        for column, cell in enumerate(line.cells, 2):
            if cell.value is not None:
                sheet.cell(sheet.max_row, column).number_format = cell.pattern
    for column, words in enumerate(_columns(table), 1):
        longest = max(map(len, words))
        width = min(_WIDEST, max(_NARROWEST, longest + 2))
        sheet.column_dimensions[get_column_letter(column)].width = width
    _row(sheet, [])
    for note in table.notes:
        _row(sheet, [note], wrapped=False)


def _written(cell: Cell) -> Written:
    """The number; what stands for it where it is not shown; words where it is none."""
    return cell.written if cell.value is None else cell.value


def _columns(table: Table) -> list[list[str]]:
    """The words of each column, heads as long as their longest word, since they wrap."""
    heads = [max(head.split(), key=len, default="") for head in table.heads]
    rows = [[line.label, *(cell.words for cell in line.cells)] for line in table.lines]
    return [list(column) for column in zip(heads, *rows, strict=True)]


def _row(
    sheet: Worksheet, cells: Sequence[Written], *, bold: bool = False, wrapped: bool = True
) -> None:
    sheet.append([safe_cell(cell) for cell in cells])
    for one in sheet[sheet.max_row]:
        if wrapped:
            one.alignment = _WRAPPED
        if bold:
            one.font = _BOLD
