"""Page, file, API, command and report never differ: each says what is published."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from insights.measures import MEASURES
from insights.periods import Period
from insights.selectors.published import Published, published
from insights.services import figures
from insights.wording import in_words, written
from tests.factories.accounts import UserFactory
from tests.factories.past import borough_with_a_past
from tests.kept import kept
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

AT = datetime(2027, 4, 10, 12, tzinfo=UTC)
MARCH, YEAR = Period.of_code("2027-03"), Period.of_code("2026-27")
#: One of each unit that is split by ward.
SPLIT = ["people_waiting", "placed", "hours_confirmed", "places_open", "people_for_each_place"]


def _borough() -> None:
    with time_machine.travel(AT, tick=False):
        borough_with_a_past(people=600, roles=50)
    for period in (MARCH, YEAR):
        with time_machine.travel(period.ends_at + timedelta(days=3, hours=2), tick=False):
            figures.refresh(period)


@pytest.fixture(scope="module", autouse=True)
def borough(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept(django_db_blocker, _borough):
        yield


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(UserFactory(delivery_group=True))
    return found


@pytest.fixture
def march() -> Published:
    return published([MARCH])[MARCH]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    call_command("measures", "--period", MARCH.code)
    return capsys.readouterr().out.splitlines()


def test_every_figure_of_page_api_and_command(
    client: Client, march: Published, printed: list[str]
) -> None:
    page = text_of(client.get(f"/insights/figures/?period={MARCH.code}"))
    answer = client.get(f"/api/v1/insights/periods/{MARCH.code}/").json()
    of_api = {one["measure"]: one for one in answer["figures"]}
    for measure in MEASURES:
        shown = march.total(measure)
        words = in_words(measure, shown)
        assert words in page, measure.code
        assert (of_api[measure.code]["value"], of_api[measure.code]["words"]) == (
            shown.value,
            words,
        )
        assert f"{measure.title}: {words}  ({measure.code})" in printed


@pytest.mark.parametrize("code", SPLIT)
def test_every_row_of_page_file_api_and_command(
    client: Client, march: Published, printed: list[str], code: str
) -> None:
    measure, rows = MEASURES[code], march.split(code, "ward")
    assert len(rows) == 23
    # Words of one line are two spaces apart, so that they stand in columns.
    lines = {tuple(re.split(r" {2,}", line.strip(), maxsplit=1)) for line in printed}
    where = f"{code}/?by=ward&period={MARCH.code}"
    page = text_of(client.get(f"/insights/figures/{where}"))
    sent = client.get(f"/insights/figures/{code}/csv/?by=ward&period={MARCH.code}")
    file = csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig")))
    said_by_file = {line["Category"]: line for line in file}
    answer = client.get(f"/api/v1/insights/periods/{MARCH.code}/{code}/?by=ward").json()
    for row, of_api in zip(rows, answer["rows"], strict=True):
        words = in_words(measure, row.shown)
        assert f"{row.label} {words}" in page
        assert (of_api["label"], of_api["value"], of_api["words"]) == (
            row.label,
            row.shown.value,
            words,
        )
        assert said_by_file[row.label]["In words"] == words
        if row.shown.value is not None:
            assert float(said_by_file[row.label]["Value"]) == row.shown.value
        assert (row.label, words) in lines


def test_the_report_says_the_years_figures_in_each_of_its_forms(client: Client) -> None:
    """The page, the document and the workbook beside the API."""
    found = published([YEAR])[YEAR]
    page = text_of(client.get(f"/insights/reports/{YEAR.code}/"))
    document = PdfReader(io.BytesIO(client.get(f"/insights/reports/{YEAR.code}/pdf/").content))
    paper = " ".join(" ".join(one.extract_text() for one in document.pages).split())
    book = load_workbook(io.BytesIO(client.get(f"/insights/reports/{YEAR.code}/xlsx/").content))
    answer = client.get(f"/api/v1/insights/periods/{YEAR.code}/").json()
    of_api = {MEASURES[one["measure"]].title: one["value"] for one in answer["figures"]}
    sheet = next(one for one in book.worksheets if one.title.endswith("figures"))
    rows = {row[0]: row[1] for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]}
    for code in ("applied", "people_placed", "started", "hours_confirmed", "days_until_answered"):
        measure, shown = MEASURES[code], found.total(code)
        assert shown.value is not None
        words = f"{measure.title} {in_words(measure, shown)}"
        assert words in page
        assert words in paper
        assert rows[str(measure.title)] == shown.value == of_api[measure.title]


def test_the_report_says_the_wards_of_the_last_month_in_each_of_its_forms(
    client: Client, march: Published
) -> None:
    """The document and the workbook beside the file of the figure, which is held to the page."""
    document = PdfReader(io.BytesIO(client.get(f"/insights/reports/{YEAR.code}/pdf/").content))
    paper = " ".join(" ".join(one.extract_text() for one in document.pages).split())
    book = load_workbook(io.BytesIO(client.get(f"/insights/reports/{YEAR.code}/xlsx/").content))
    sheet = next(one for one in book.worksheets if one.title.endswith("people waiting by ward"))
    in_book = {row[0]: row[1] for row in sheet.iter_rows(min_row=4, values_only=True)}
    measure = MEASURES["people_waiting"]
    for row in march.split(measure, "ward"):
        mark = written(measure, row.shown)
        assert in_book[row.label] == (mark if row.shown.value is None else row.shown.value)
        if row.code != "not-said":
            assert f"{row.label} {mark}" in paper
