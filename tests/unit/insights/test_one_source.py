"""Page, file, API, command and report never differ: each says what is published."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoDbBlocker

from insights.measures import MEASURES
from insights.periods import Period
from insights.report.contents import report
from insights.selectors.published import Published, published
from insights.services import figures
from insights.wording import in_words
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
        number = f"{shown.value:g}" if shown.value is not None else f"[{shown.why}]"
        if shown.more_than is None:
            assert f"{number:>10}  {measure.title} ({measure.unit})" in printed


@pytest.mark.parametrize("code", SPLIT)
def test_every_row_of_page_file_api_and_command(
    client: Client, march: Published, printed: list[str], code: str
) -> None:
    measure, rows = MEASURES[code], march.split(code, "ward")
    assert len(rows) == 23
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
        number = f"{row.shown.value:g}" if row.shown.value is not None else f"[{row.shown.why}]"
        assert f"{number:>14}  {row.label}" in printed


def test_the_report_says_the_years_figures(client: Client) -> None:
    found = published([YEAR])[YEAR]
    page = text_of(client.get(f"/insights/reports/{YEAR.code}/"))
    assert report(YEAR)
    for code in ("applied", "placed", "started", "hours_confirmed"):
        shown = found.total(code)
        assert shown.value is not None
        assert f"{shown.value:,.0f}" in page, code
