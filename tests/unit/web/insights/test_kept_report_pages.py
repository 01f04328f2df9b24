"""Reports that were kept: listed, read, downloaded, kept and removed."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from insights.models import KeptReport, PeriodFigures
from tests.factories.accounts import UserFactory
from tests.factories.reports import KeptReportFactory, figures_of_a_year, final_report
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

LIST, KEEP = "/insights/reports/", "/insights/reports/2026-27/keep/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def client() -> Client:
    return signed_in(delivery_group=True, first_name="Dana", last_name="Deliver")


def signed_in(**fields: object) -> Client:
    found = Client()
    found.force_login(UserFactory(**fields))
    return found


def test_the_list_says_what_is_final_and_when_each_was_made(client: Client) -> None:
    figures_of_a_year()
    final_report("2025-26", kept_at=datetime(2026, 4, 4, 4, tzinfo=UTC))
    copy = KeptReportFactory(name="For Cabinet")
    page = client.get(LIST).content.decode()
    words = text_of(client.get(LIST))
    assert "As of today, not final." in words
    assert "The final report, made on 4 April 2026" in words
    assert "For Cabinet Kept on 20 November 2026 by somebody who has left." in words
    ways = ("2026-27", "2025-26", f"kept/{copy.pk}")
    for address in (f"{LIST}{way}/{end}" for way in ways for end in ("", "pdf/", "xlsx/")):
        assert page.count(f'href="{address}"') == 1


def test_the_list_reads_no_contents(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    figures_of_a_year()
    KeptReportFactory.create_batch(3)
    with django_assert_max_num_queries(8) as read:
        client.get(LIST)
    assert not [query for query in read.captured_queries if '"contents"' in query["sql"]]


def test_one_click_keeps_the_report_as_it_is(client: Client) -> None:
    figures_of_a_year()
    page = client.get(LIST).content.decode()
    assert f'action="{KEEP}"' in page
    assert 'value="As of 20 November 2026"' in page
    answer = client.post(KEEP, {"name": "As of 20 November 2026"}, follow=True)
    words = text_of(answer)
    assert "The copy is kept." in words
    assert "As of 20 November 2026 Kept on 20 November 2026 by Dana Deliver." in words


def test_a_name_that_is_taken_is_said_beside_the_field(client: Client) -> None:
    figures_of_a_year()
    KeptReportFactory(name="For Cabinet")
    words = text_of(client.post(KEEP, {"name": "For Cabinet"}))
    assert "There is a copy with this name already." in words
    assert KeptReport.objects.count() == 1


@pytest.mark.parametrize(
    ("year", "status"), [("2026-10", 404), ("nonsense", 404), ("2019-20", 200)]
)
def test_only_a_year_with_figures_can_be_kept(client: Client, year: str, status: int) -> None:
    answer = client.post(f"/insights/reports/{year}/keep/", {"name": "Mine"})
    assert answer.status_code == status
    assert not KeptReport.objects.exists()


@pytest.mark.parametrize("is_final", [True, False])
def test_a_kept_report_is_read_and_downloaded_as_it_was(client: Client, is_final: bool) -> None:
    row = final_report() if is_final else KeptReportFactory(name="For Cabinet")
    PeriodFigures.objects.all().delete()
    ways = [f"/insights/reports/kept/{row.pk}/"]
    if is_final:
        ways.append("/insights/reports/2026-27/")
    for way in ways:
        words = text_of(client.get(way))
        assert "About 410 people wait." in words
        assert ("made and kept on 20 November" if is_final else "kept as “For Cabinet” on") in words
        pdf, xlsx = client.get(f"{way}pdf/"), client.get(f"{way}xlsx/")
        assert (pdf.content[:4], xlsx.content[:2]) == (b"%PDF", b"PK")
    assert client.get(f"{ways[0]}doc/").status_code == 404
    assert client.get("/insights/reports/kept/9999/").status_code == 404
    name = client.get(f"{ways[0]}pdf/")["Content-Disposition"]
    key = "" if is_final else f"-copy-{row.pk}"
    assert f'"volunteering-in-harrow-2026-27{key}.pdf"' in name


def test_a_copy_is_removed_after_one_more_question(client: Client) -> None:
    copy = KeptReportFactory(name="For Cabinet")
    address = f"/insights/reports/kept/{copy.pk}/remove/"
    assert f'href="{address}"' in client.get(LIST).content.decode()
    assert "Remove the copy “For Cabinet”?" in text_of(client.get(address))
    assert KeptReport.objects.exists()
    assert "The copy is removed." in text_of(client.post(address, follow=True))
    assert not KeptReport.objects.exists()


def test_a_final_report_cannot_be_removed(client: Client) -> None:
    row = final_report()
    address = f"/insights/reports/kept/{row.pk}/remove/"
    assert address not in client.get(LIST).content.decode()
    assert client.post(address).status_code == 404
    assert KeptReport.objects.exists()


def test_the_volunteer_centre_reads_and_keeps_nothing() -> None:
    figures_of_a_year()
    copy = KeptReportFactory()
    broker = signed_in(broker=True)
    page = broker.get(LIST).content.decode()
    assert "/keep/" not in page
    assert "/remove/" not in page
    assert broker.get(f"/insights/reports/kept/{copy.pk}/").status_code == 200
    assert broker.post(KEEP, {"name": "Mine"}).status_code == 404
    assert broker.post(f"/insights/reports/kept/{copy.pk}/remove/").status_code == 404
