"""What was kept of a report says what the report said, also years later."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from insights.models import PeriodFigures
from insights.report.contents import report
from insights.report.document import pdf_of
from insights.report.kept import report_as_kept, report_of
from insights.report.stored import as_json, of_json
from insights.report.workbook import workbook_of
from tests.factories.opportunities import OrganisationFactory
from tests.factories.reports import (
    YEAR,
    KeptReportFactory,
    figures_of_a_year,
    final_report,
    small_report,
)

pytestmark = pytest.mark.django_db

#: A report as the first version of this wrote it: what is kept has to be read for ever.
FIRST_VERSION = """
{"year": "2026-27", "year_words": "April 2026 to March 2027", "closed": true, "kept": "",
 "worked_out_at": "2027-04-04T04:01:00+00:00", "summary": ["About 410 people are waiting."],
 "meaning": "", "sections": [{"code": "wards", "title": "By ward", "sentences": ["So it is."],
 "tables": [{"key": "people_waiting-ward", "title": "Most wait in Roxeth", "about": "March 2027",
 "heads": ["Ward", "People"], "kind": "wards", "whole": null, "notes": ["Some are hidden."],
 "drawn": 0, "lines": [{"label": "Roxeth", "short": "", "cells": [{"words": "about 35",
 "value": 35.0, "mark": "35", "pattern": "#,##0"}]}, {"label": "Kenton East", "short": "",
 "cells": [{"words": "fewer than 8", "value": null, "mark": "*", "pattern": "#,##0"}]}]}]}]}
"""


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        yield


def test_all_of_a_report_is_kept() -> None:
    figures_of_a_year()
    OrganisationFactory()
    said = report(YEAR)
    assert {str(table.kind) for table in said.tables} == {"bars", "wards", "months", "table"}
    assert of_json(json.loads(json.dumps(as_json(said)))) == said


def test_what_the_first_version_kept_is_read_and_drawn() -> None:
    read = of_json(json.loads(FIRST_VERSION))
    assert as_json(read) == json.loads(FIRST_VERSION) | {"summary": read.summary} | {
        "sections": as_json(read)["sections"]
    }
    assert read.tables[0].lines[1].cells[0].words == "fewer than 8"
    assert pdf_of(read).startswith(b"%PDF")
    assert workbook_of(read).startswith(b"PK")


def test_the_report_of_a_year_is_the_final_one_where_there_is_one() -> None:
    figures_of_a_year()
    KeptReportFactory()
    assert "410 people are waiting for 198 places" in report_of(YEAR).summary[1]
    final_report()
    PeriodFigures.objects.all().delete()
    assert report_of(YEAR).summary == small_report().summary


def test_a_report_says_when_it_was_kept_and_as_what() -> None:
    copy, final = KeptReportFactory(name="For Cabinet"), final_report()
    assert report_as_kept(copy).state == (
        "The year is not over: these are its figures so far, of 20 November 2026. "
        "This is a copy, kept as “For Cabinet” on 20 November 2026."
    )
    assert "final report, as it was made and kept on 20" in report_as_kept(final).state
