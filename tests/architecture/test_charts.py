"""Each page of the statistics that draws a chart leads to its numbers as a file."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.test import Client

from core.clock import now, today
from insights.measures import MEASURES
from insights.models import RolePlan, UnmetWeek, YearlyAnswer, YearlyQuestion
from insights.periods import Period
from insights.services import capacity
from opportunities.services import limits
from tests.architecture.insights_audiences import INSIGHTS
from tests.factories.accounts import UserFactory
from tests.factories.figures import made_figures
from tests.factories.insights import SegmentFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

_TEMPLATES = Path(settings.BASE_DIR) / "web/templates"
_DRAWS = "components/charts/chart.html"
_PART = re.compile(r"<\w+:(\w+)>")
#: A file of numbers: CSV, or the workbook of the annual report.
_FILE = re.compile(r'href="([^"]*(?:\.csv|\bcsv/|/xlsx/)[^"]*)"')


def drawing() -> set[str]:
    """The templates that draw charts."""
    found = _TEMPLATES.glob("web/insights/**/*.html")
    return {str(one.relative_to(_TEMPLATES)) for one in found if _DRAWS in one.read_text()}


def addresses(known: dict[str, object]) -> Iterator[str]:
    """The pages of the statistics, of one of everything that there is."""
    for address in INSIGHTS:
        is_page = address.startswith("insights/") and address.endswith("/")
        if is_page and "campaign" not in address and not address.endswith("/csv/"):
            yield "/" + _PART.sub(lambda part: str(known.get(part[1], 0)), address)


@pytest.fixture
def known() -> dict[str, object]:
    """Something to draw for each chart, and what the words in addresses stand for."""
    year = Period.year_of(today())
    month = Period.month_of(today())
    shares = {("offered_within_30_days", "age"): [20, 30, 25]}
    waits = {("people_waiting", "ward"): [10.0] * 23}
    for code in (month.before().code, month.before().before().code, year.code):
        made_figures(code, {one.code: 50 for one in MEASURES}, shares | waits)
    made_figures(month.code, {one.code: 50 for one in MEASURES}, closed=False)
    role: dict[str, Any] = {
        "activity": "gardening",
        "time": "saturday",
        "ward": "E05013553",
        "places": 10,
        "people": 9,
        "named": 33,
        "not_said": 14,
        "without": 21,
        "waits": [9, 10, 11, 3],
        "slots": [9] * 21,
        "wards": {"E05013553": 33},
        "hosts": [],
    }
    RolePlan.objects.create(made_at=now(), waiting=90, placeable=40, roles=[role])
    stops = {"people": 30, "alone": [["distance", 12]], "together": [], "more": 0, "no_kind": 0}
    UnmetWeek.objects.create(
        week=month.first, made_at=now(), waiting=90, unmet=70, unmatched=30, stops=stops
    )
    _what_groups_say(year)
    return {
        "segment": SegmentFactory().pk,
        "number": 1,
        "year": year.code,
        "measure": "people_waiting",
    }


def _what_groups_say(year: Period) -> None:
    group = OpportunityFactory(activities=["gardening"], full=True).organisation
    limits.say(organisation=group, by=None, reason="training", more_people=4)
    capacity.refresh()
    day = today() - timedelta(days=3)
    question = YearlyQuestion.objects.create(year=year.code, opens=day, closes=day, asked=60)
    for _number in range(40):
        YearlyAnswer.objects.create(
            question=question,
            organisation=OrganisationFactory(),
            answer="positive",
            answered_at=now(),
        )


def test_every_page_with_a_chart_leads_to_its_numbers_as_a_file(known: dict[str, object]) -> None:
    client, drawn = Client(), set()
    client.force_login(UserFactory(delivery_group=True))
    for address in addresses(known):
        page = client.get(address)
        words = "" if page.streaming else page.content.decode()
        if 'class="hv-chart"' not in words:
            continue
        drawn |= {template.name for template in page.templates}
        files = [html.unescape(one) for one in _FILE.findall(words)]
        assert files, f"{address} draws a chart and has no file of its numbers"
        if "xlsx" not in files[0]:
            file = client.get(urljoin(address, files[0]))
            assert file.status_code == 200
            assert file["Content-Type"].startswith("text/csv"), files[0]
    assert drawing() <= drawn, "a template with a chart that no page here has drawn"
