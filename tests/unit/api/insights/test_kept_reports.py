"""Reports that were kept, by the API."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from insights.models import PeriodFigures
from insights.report.kept import report_as_kept
from tests.factories.accounts import UserFactory
from tests.factories.reports import KeptReportFactory, figures_of_a_year, final_report
from tests.unit.api.insights.reading import BASE, own_queries, read, steerer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        yield


def test_they_are_listed_final_ones_first() -> None:
    client = steerer()
    by = UserFactory(first_name="Dana", last_name="Deliver")
    older = KeptReportFactory(year="2025-26")
    copy, final = KeptReportFactory(name="For Cabinet", kept_by=by), final_report()
    found = read(client, "kept-reports/")["results"]
    assert [one["id"] for one in found] == [final.pk, copy.pk, older.pk]
    address = f"{BASE}kept-reports/{copy.pk}/"
    assert {key: found[1][key] for key in ("year", "is_final", "name", "kept_by")} == {
        "year": "2026-27",
        "is_final": False,
        "name": "For Cabinet",
        "kept_by": "Dana Deliver",
    }
    assert [found[1][key].partition("/api")[2] for key in ("json", "pdf", "xlsx")] == [
        f"{address}{end}".removeprefix("/api") for end in ("", "pdf/", "xlsx/")
    ]
    assert (found[0]["is_final"], found[0]["kept_by"]) == (True, None)
    assert own_queries(client, "kept-reports/") == 2


def test_one_says_what_it_said_then() -> None:
    client = steerer()
    row = KeptReportFactory(name="For Cabinet")
    kept = report_as_kept(row)
    said = read(client, f"kept-reports/{row.pk}/")["report"]
    assert said["summary"] == list(kept.summary)
    assert said["state"] == kept.state
    assert said["sections"][0]["tables"][0]["lines"][0]["cells"] == [
        {"words": "about 40", "value": 40.0}
    ]
    for kind, begins in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        answer = client.get(f"{BASE}kept-reports/{row.pk}/{kind}/")
        assert answer.content.startswith(begins)
        assert f"-copy-{row.pk}.{kind}" in answer["Content-Disposition"]
    final = final_report("2025-26")
    named = client.get(f"{BASE}kept-reports/{final.pk}/xlsx/")["Content-Disposition"]
    assert '"volunteering-in-harrow-2025-26.xlsx"' in named
    for missing in ("kept-reports/9999/", "kept-reports/9999/pdf/", f"kept-reports/{row.pk}/doc/"):
        assert client.get(BASE + missing).status_code == 404


def test_the_report_of_a_closed_year_is_the_one_that_was_kept() -> None:
    client = steerer()
    figures_of_a_year()
    now = read(client, "reports/2026-27/")["summary"]
    row = final_report()
    PeriodFigures.objects.filter(period="2026-27").delete()
    kept = read(client, "reports/2026-27/")["summary"]
    assert kept == list(report_as_kept(row).summary) != now
