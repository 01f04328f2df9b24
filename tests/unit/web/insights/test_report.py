"""The annual report says the same numbers as a page, a document and a workbook."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from core.clock import now
from insights.models import YearlyAnswer, YearlyQuestion
from insights.periods import Period
from insights.report.contents import NoFigures, report
from insights.report.document import pdf_of, shade_of
from insights.report.parts import Cell as ReportCell
from insights.report.parts import Kind, Line, Report, Section, Table
from insights.report.workbook import workbook_of
from tests.factories.accounts import UserFactory
from tests.factories.figures import made_figures
from tests.factories.opportunities import OrganisationFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

YEAR = Period.of_code("2026-27")
TOTALS = {
    "people_waiting": 412,
    "places_open": 198,
    "applied": 2200,
    "answered": 1500,
    "placed": 590,
    "people_placed": 580,
    "started": 520,
    "days_until_answered": 7,
    "offered_within_30_days": 25,
    "residents_registered": 2700,
    "helped_in_each_month": 3,
}
SPLITS = {
    ("people_waiting", "ward"): [20 + 10 * (place % 5) for place in range(21)] + [3, 40],
    ("people_for_each_place", "time"): [1.0, 3.0, 1.1],
    ("offered_within_30_days", "age"): [20, 30, 25],
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def figures():
    made_figures("2025-26", {**TOTALS, "people_placed": 300})
    made_figures("2026-27", TOTALS, closed=False)
    made_figures("2026-09", {**TOTALS, "people_placed": 50}, SPLITS)
    made_figures("2026-10", {**TOTALS, "people_placed": 75}, SPLITS)
    OrganisationFactory(legal_form="faith", name="=HYPERLINK(1)")


def test_three_sentences_that_a_councillor_would_take(figures):
    assert report(YEAR).summary == (
        "People asked for a role about 2,200 times, and about 580 were placed.",
        "About 410 people are waiting for 198 places.",
        "In October 2026 the gap was widest for weekday evenings.",
    )


def test_a_year_without_figures_has_no_report():
    with pytest.raises(NoFigures):
        report(YEAR)


def test_page_and_workbook_say_the_same_numbers(client, figures):
    client.force_login(UserFactory(delivery_group=True))
    page = text_of(client.get("/insights/reports/2026-27/"))
    answer = client.get("/insights/reports/2026-27/xlsx/")
    book = load_workbook(BytesIO(answer.content))

    contents = report(YEAR)
    sheets = book.worksheets[1:]
    assert len(sheets) == len(contents.tables) > 8
    for table, sheet in zip(contents.tables, sheets, strict=True):
        rows = list(sheet.iter_rows(min_row=4, values_only=True))
        for line, row in zip(table.lines, rows, strict=False):
            assert row[0] == line.label
            for cell, value in zip(line.cells, row[1:], strict=False):
                assert value == (cell.words if cell.value is None else cell.value)
                assert " ".join(cell.words.split()) in page
        assert table.title in page
    for sentence in contents.summary:
        assert sentence in page


def test_small_numbers_are_in_no_file(figures):
    """Of the residents that helped in each month there are 3; of a ward's people 3."""
    found = report(YEAR)
    regular = next(table for table in found.tables if table.key == "regular")
    assert regular.lines[-1].cells[0] == ReportCell("fewer than 8", None, "*")
    wards = next(table for table in found.tables if table.key == "people_waiting-ward")
    few = next(line for line in wards.lines if line.label == "West Harrow")
    assert few.cells[0].value is None


def test_figures_stand_against_the_year_before_and_their_target(figures):
    table = report(YEAR).tables[0]
    placed = next(line for line in table.lines if line.label == "People placed")
    assert [cell.words for cell in placed.cells] == [
        "about 580",
        "about 300",
        "280 more",
        "–",
    ]


def test_a_long_list_is_drawn_in_part_and_is_whole_in_the_workbook():
    lines = tuple(Line(f"kind {place}", (ReportCell("5", 5.0),)) for place in range(15))
    table = Table("t", "Title", "about", ("Kind", "Groups"), lines, drawn=12)
    assert len(table.lines_drawn) == 12
    assert table.notes_drawn == ("3 more are in the workbook.",)
    assert Table("t", "Title", "about", ("Kind", "Groups"), lines[:12], drawn=12).notes_drawn == ()


def test_the_document_is_a_pdf_of_all_sections(figures):
    written = pdf_of(report(YEAR))
    assert written.startswith(b"%PDF")
    assert b"/StructTreeRoot" in written


@pytest.mark.parametrize("most", [0.7, 2.3, 6.9, 36.7, 130])
def test_the_most_has_the_darkest_of_six_shades_and_nothing_has_the_lightest(most):
    assert shade_of(most, most) == 5
    assert shade_of(0, most) == shade_of(0, 0) == 0


def test_what_people_wrote_is_no_formula_in_the_workbook():
    line = Line("=cmd()", (ReportCell("+1"), ReportCell("5", 5.0)))
    table = Table("t", "@title", "about", ("Of", "Words", "Number"), (line,), Kind.TABLE)
    at = datetime(2026, 11, 20, tzinfo=UTC)
    made = Report(YEAR, "the year", at, at, True, (), (Section("s", "S", (), (table,)),))
    sheet = load_workbook(BytesIO(workbook_of(made))).worksheets[1]
    assert [cell.value for cell in sheet[4]] == ["'=cmd()", "'+1", 5]
    assert sheet["A1"].value == "'@title"


@pytest.mark.parametrize(
    ("format", "begins"), [("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF"), ("xlsx", b"PK")]
)
def test_one_command_writes_each_kind(figures, tmp_path, capsys, format, begins):
    to = tmp_path / f"report.{format}"
    call_command("annual_report", "2026-27", format=format, to=str(to))
    assert to.read_bytes().startswith(begins)


@pytest.mark.parametrize("year", ["2026-10", "nonsense", "2019-20"])
def test_the_command_says_what_is_wrong(figures, tmp_path, year):
    with pytest.raises(CommandError):
        call_command("annual_report", year, to=str(tmp_path / "report.pdf"))


def test_addresses_that_are_no_report(client, figures):
    client.force_login(UserFactory(delivery_group=True))
    for address in ("2026-10", "2019-20", "nonsense", "2026-27/doc"):
        assert client.get(f"/insights/reports/{address}/").status_code == 404
    assert client.get("/insights/reports/2026-27/pdf/")["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(("closed", "has_table"), [(True, True), (False, False)])
def test_what_groups_say_is_in_the_report_when_the_question_is_over(figures, closed, has_table):
    today = now().date()
    question = YearlyQuestion.objects.create(
        year="2026-27",
        opens=today - timedelta(days=40),
        closes=today + timedelta(days=-1 if closed else 1),
        asked=40,
    )
    for answer in ("positive", "neither", "negative"):
        for _ in range(10):
            YearlyAnswer.objects.create(
                question=question,
                organisation=OrganisationFactory(),
                answer=answer,
                answered_at=now(),
            )

    section = next(one for one in report(YEAR).sections if one.code == "question")

    assert "40 groups were asked, and 30 replied (75%)." in section.sentences
    assert bool(section.tables) is has_table
    said = "33% of those who replied said “positive” or “very positive”."
    assert (said in section.sentences) is has_table
