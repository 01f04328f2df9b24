"""The annual report as a page, its files, and the command that writes it."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from insights.report import document, method, workbook
from insights.report.contents import report
from insights.report.parts import Kind
from tests.factories.accounts import UserFactory
from tests.factories.figures import made_figures
from tests.factories.opportunities import OrganisationFactory
from tests.factories.reports import TOTALS, YEAR, figures_of_a_year
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def reader(client):
    client.force_login(UserFactory(delivery_group=True))


@pytest.fixture
def figures():
    figures_of_a_year()
    OrganisationFactory(legal_form="faith", name="=HYPERLINK(1)")


def test_page_and_workbook_say_the_same_numbers(client, figures):
    page = text_of(client.get("/insights/reports/2026-27/"))
    answer = client.get("/insights/reports/2026-27/xlsx/")
    book = load_workbook(BytesIO(answer.content))

    contents = report(YEAR)
    sheets = book.worksheets[2:]
    assert len(sheets) == len(contents.tables) > 8
    for table, sheet in zip(contents.tables, sheets, strict=True):
        rows = list(sheet.iter_rows(min_row=4, values_only=True))
        assert table.title in page
        for line, row in zip(table.lines, rows, strict=False):
            assert row[0] == line.label
            for cell, value in zip(line.cells, row[1:], strict=False):
                assert value == (cell.written if cell.value is None else cell.value)
        for line in table.lines_drawn:
            said = [cell.words for cell in line.cells]
            if table.kind == Kind.BARS:
                said = [" of ".join(filter(None, said))]
            words = " ".join((line.short or line.label, *said))
            assert " ".join(words.split()) in page
    for sentence in (*contents.summary, contents.state, contents.meaning):
        assert sentence in page


def test_months_are_a_line_with_its_table(client, figures):
    page = client.get("/insights/reports/2026-27/").content.decode()
    drawing = page[page.index('id="chart-people-placed-months"') :].split("</figure>")[0]
    assert 'class="hv-drawing__line"' in drawing
    assert "The numbers as a table" in drawing


@pytest.mark.parametrize(
    ("format", "begins"), [("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF"), ("xlsx", b"PK")]
)
def test_one_command_writes_each_kind(figures, tmp_path, capsys, format, begins):
    to = tmp_path / f"report.{format}"
    call_command("annual_report", "2026-27", format=format, to=str(to))
    assert to.read_bytes().startswith(begins)
    if format == "html":
        # The style sheet aligns by it.
        assert b'dir="ltr"' in to.read_bytes()


@pytest.mark.parametrize("year", ["2026-10", "nonsense", "2019-20"])
def test_the_command_says_what_is_wrong(figures, tmp_path, year):
    with pytest.raises(CommandError):
        call_command("annual_report", year, to=str(tmp_path / "report.pdf"))


def test_addresses_that_are_no_report(client, figures):
    for address in ("2026-10", "2019-20", "nonsense", "2026-27/doc"):
        assert client.get(f"/insights/reports/{address}/").status_code == 404
    assert client.get("/insights/reports/2026-27/pdf/")["Content-Type"] == "application/pdf"


def test_the_report_of_this_year_says_when_it_comes_where_nothing_is_worked_out_yet(client):
    answer = client.get("/insights/reports/2026-27/")
    assert answer.status_code == 200
    words = text_of(answer)
    assert "The report of April 2026 to March 2027 is not there yet" in words
    assert "for the first time a few minutes after the service has started" in words
    for kind in ("pdf", "xlsx"):
        sent = client.get(f"/insights/reports/2026-27/{kind}/")
        assert sent["Location"] == "/insights/reports/2026-27/"
    for other in ("2025-26/", "2027-28/", "2025-26/pdf/", "2026-27/doc/"):
        assert client.get(f"/insights/reports/{other}").status_code == 404


def test_the_page_of_reports_leads_to_this_year_and_to_earlier_ones(client, figures):
    page = client.get("/insights/reports/").content.decode()
    words = text_of(client.get("/insights/reports/"))
    assert "kept three days after 31 March 2027" in words
    assert words.index("April 2026 to March 2027") < words.index("April 2025 to March 2026")
    for year in ("2026-27", "2025-26"):
        for end in ("", "pdf/", "xlsx/"):
            assert page.count(f'href="/insights/reports/{year}/{end}"') == 1


def test_without_a_year_that_runs_earlier_ones_are_there(client):
    made_figures("2025-26", TOTALS)
    words = text_of(client.get("/insights/reports/"))
    assert "It changes every night" not in words
    assert "April 2025 to March 2026" in words


@pytest.mark.parametrize(
    ("kind", "writer", "heading", "other"),
    [
        ("pdf", "_is_long", "The PDF could not be made", "xlsx"),
        ("xlsx", "_sheet_names", "The data could not be made", "pdf"),
    ],
)
def test_a_report_that_cannot_be_made_is_told_and_can_be_tried_again(
    client, figures, monkeypatch, kind, writer, heading, other
):
    def fail(*__):
        raise ValueError("no such font")

    module = document if kind == "pdf" else workbook
    with monkeypatch.context() as broken:
        broken.setattr(module, writer, fail)
        answer = client.get(f"/insights/reports/2026-27/{kind}/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert heading in text_of(answer)
    assert "no such font" not in page
    assert f'href="/insights/reports/2026-27/{kind}/"' in page
    assert f'href="/insights/reports/2026-27/{other}/"' in page
    assert client.get(f"/insights/reports/2026-27/{kind}/").status_code == 200


def test_a_fault_in_what_the_report_says_is_no_missing_page(client, figures, monkeypatch):
    """A fault is not hidden as an address that does not exist."""
    monkeypatch.setattr(method, "waiting_means", lambda: int("no number"))
    client.raise_request_exception = False
    assert client.get("/insights/reports/2026-27/").status_code == 500
