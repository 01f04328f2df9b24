"""The data behind every chart, as a workbook that can be read and worked with."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
import time_machine
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from insights.report.contents import report
from insights.report.parts import Cell, Kind, Line, Report, Section, Table
from insights.report.workbook import workbook_of
from tests.factories.opportunities import OrganisationFactory
from tests.factories.reports import YEAR, figures_of_a_year

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def made(db: None) -> Report:
    with time_machine.travel(AT, tick=False):
        figures_of_a_year()
        OrganisationFactory(legal_form="faith")
        return report(YEAR)


def opened(report: Report) -> Workbook:
    return load_workbook(BytesIO(workbook_of(report)))


def sheet_of(book: Workbook, name: str) -> Worksheet:
    sheet = next(sheet for sheet in book.worksheets if sheet.title.endswith(name))
    assert isinstance(sheet, Worksheet)
    return sheet


def test_each_table_has_a_sheet_that_the_first_one_leads_to(made: Report) -> None:
    book = opened(made)
    names = [sheet.title for sheet in book.worksheets]
    assert names[:2] == ["Report", "Method and limits"]
    assert len(names) == 2 + len(made.tables)
    assert all(len(name) <= 31 for name in names)
    links = [cell.hyperlink.location for (cell,) in book["Report"].iter_rows() if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in names[2:]]


def test_names_of_sheets_say_what_a_figure_is_split_by(made: Report) -> None:
    names = [sheet.title for sheet in opened(made).worksheets]
    assert any(name.endswith("people for each place by time") for name in names)
    assert any(name.endswith("offered within 30 days by age") for name in names)


def test_a_share_stands_beside_how_many_it_is_of(made: Report) -> None:
    table = next(one for one in made.tables if one.key == "offered_within_30_days-age")
    sheet = sheet_of(opened(made), "offered within 30 days by age")
    assert table.heads[2] == "Out of"
    told = [line.cells[1].value for line in table.lines]
    assert any(told)
    assert [row[2].value for row in sheet.iter_rows(min_row=4, max_row=3 + len(told))] == told


def test_heads_are_bold_and_stay_in_sight(made: Report) -> None:
    for sheet, table in zip(opened(made).worksheets[2:], made.tables, strict=True):
        assert [cell.value for cell in sheet[3]] == list(table.heads)
        assert all(cell.font.b for cell in sheet[3])
        assert sheet["A1"].font.b
        assert sheet.freeze_panes == "B4"


def test_numbers_are_numbers_written_as_their_unit_is(made: Report) -> None:
    rows = {row[0].value: row[1] for row in sheet_of(opened(made), "figures").iter_rows(min_row=4)}
    assert (rows["People placed"].value, rows["People placed"].number_format) == (580, "#,##0")
    share = rows["People who had an offer within 30 days"]
    assert (share.value, share.number_format) == (25, '0"%"')
    times = sheet_of(opened(made), "by time")
    assert (times["B5"].value, times["B5"].number_format) == (3, "0.0")


def test_a_number_that_is_not_shown_is_an_asterisk_whose_meaning_is_said(made: Report) -> None:
    sheet = sheet_of(opened(made), "regular")
    assert [row[1] for row in sheet.iter_rows(min_row=4, max_row=7, values_only=True)][-1] == "*"
    assert "not shown" in str(sheet["A9"].value)
    said = [str(cell.value) for (cell,) in opened(made)["Method and limits"].iter_rows()]
    assert any(words.startswith("*  Fewer than 8 people") for words in said)


def test_method_limits_and_sources_are_in_it(made: Report) -> None:
    said = " ".join(str(cell.value) for (cell,) in opened(made)["Method and limits"].iter_rows())
    for sentence in made.sections[-1].sentences:
        assert sentence in said


def test_columns_are_wide_enough_for_what_stands_in_them(made: Report) -> None:
    for sheet, table in zip(opened(made).worksheets[2:], made.tables, strict=True):
        for place, letter in enumerate("ABCDEFG"[: len(table.heads)]):
            rows = [
                (line.label, *(cell.words for cell in line.cells))[place] for line in table.lines
            ]
            assert 12 <= sheet.column_dimensions[letter].width <= 60
            assert sheet.column_dimensions[letter].width >= min(60, max(map(len, rows)))


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t"])
def test_what_people_wrote_is_no_formula(first: str) -> None:
    line = Line(f"{first}cmd()", (Cell(f"{first}1"), Cell("5", 5.0)))
    table = Table("t", f"{first}title", "about", ("Of", "Words", "Number"), (line,), Kind.TABLE)
    section = Section("s", f"{first}S", (f"{first}sentence",), (table,))
    book = opened(Report(YEAR, "the year", AT, True, (), "", (section,)))
    sheet = book.worksheets[1]
    assert [cell.value for cell in sheet[4]] == [f"'{first}cmd()", f"'{first}1", 5]
    assert sheet["A1"].value == f"'{first}title"
    written = [str(cell.value) for (cell,) in book["Report"].iter_rows()]
    assert {f"'{first}S", f"'{first}sentence"} <= set(written)
