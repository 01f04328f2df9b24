"""Nothing that leaves the house says more of people than what is published.

Two boroughs differ in their true counts and not in what may be said of them: hidden counts are
other hidden counts, rounded ones others of the same five. Every page, file and answer of the
statistics, and what is said of a campaign, has to be the same in both, to the letter. So whatever
`test_attacker.py` proves of the published tables holds for tables, charts, CSV, XLSX, PDF and the
API; and an output that is added is in this test by itself, since the addresses are read from the
resolver.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoDbBlocker

from insights import disclosure
from insights.measures import MEASURES
from insights.models import (
    CampaignMonth,
    CapacityFigures,
    PeriodFigures,
    RolePlan,
    SegmentWeek,
    Simulation,
    Target,
    UnmetWeek,
)
from insights.periods import Period
from insights.selectors.published import published
from insights.services import figures, kept_reports
from insights.supply import Supply
from tests.architecture.insights_audiences import INSIGHTS
from tests.factories.accounts import UserFactory
from tests.factories.insights import SEGMENT_FIGURES, WARD, CampaignFactory, SegmentFactory
from tests.factories.other_counts import (
    CAMPAIGN_FIGURES,
    CHANGED,
    LEFT_OUT,
    MORE_PLACES,
    PLANNED_ROLE,
    SIMULATED,
    other_figures,
)
from tests.factories.past import borough_with_a_past
from tests.kept import kept
from tests.what_is_said import said_in

pytestmark = pytest.mark.django_db

AT = datetime(2027, 4, 10, 12, tzinfo=UTC)
YEAR = Period.of_code("2026-27")
PERIODS = [*(Period.of_code(f"2027-{month:02d}") for month in (2, 3, 4)), YEAR]
MARCH = PERIODS[1]


@pytest.fixture(scope="module")
def known(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    with kept(django_db_blocker, _borough) as made:
        yield made


def _borough() -> dict[str, Any]:
    with time_machine.travel(AT, tick=False):
        borough_with_a_past(people=900, roles=60)
        planned = RolePlan.objects.create(
            made_at=AT,
            waiting=234,
            placeable=43,
            silent=57,
            roles=[PLANNED_ROLE],
            more_places=MORE_PLACES,
        )
        segment = SegmentFactory(published=SEGMENT_FIGURES, published_month="2027-04")
        stops = SEGMENT_FIGURES["stops"]
        UnmetWeek.objects.create(
            week=date(2027, 4, 5),
            made_at=AT,
            waiting=233,
            unmet=122,
            unmatched=44,
            stops=stops | {"people": 44, "alone": [["time_overlap", 24], ["distance", 4]]},
        )
        SegmentWeek.objects.create(
            segment=segment, week=date(2027, 4, 5), people=23, places=5, places_for_most=3
        )
        CapacityFigures.objects.create(
            made_at=AT,
            waiting=233,
            placeable=44,
            everything=63,
            reasons=[
                {
                    "reason": "supervision",
                    "groups": 5,
                    "said_groups": 4,
                    "more_people": 33,
                    "placed": 23,
                    "costed_groups": 3,
                    "pounds": 3000,
                    "costed_placed": 13,
                }
            ],
        )
        campaign = CampaignFactory(
            state="sent",
            confirmed_at=AT - timedelta(days=40),
            supplies=[Supply.of_segment(segment).as_json()],
        )
        CampaignMonth.objects.create(
            campaign=campaign, month=MARCH.code, figures=CAMPAIGN_FIGURES, worked_out_at=AT
        )
        draft = CampaignFactory(supplies=[Supply.of_segment(segment).as_json()])
        target = Target.objects.create(measure="placed", value=1, begins=AT.date(), set_at=AT)
        simulation = Simulation.objects.create(asked_at=AT, finished_at=AT, **SIMULATED)
        person = UserFactory(delivery_group=True)
    for period in PERIODS:
        at = min(period.ends_at + timedelta(days=3, hours=2), AT)
        with time_machine.travel(at, tick=False):
            figures.refresh(period)
    assert planned.pk
    with time_machine.travel(AT, tick=False):
        copy = kept_reports.keep_copy(year=YEAR, name="A copy", by=person)
    return {
        "kept": copy.pk,
        "person": person,
        "period": MARCH.code,
        "year": YEAR.code,
        "segment": segment.pk,
        "campaign_id": campaign.pk,
        "draft": draft.pk,
        "target": target.pk,
        "simulation": simulation.pk,
        "number": 1,
    }


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        where = f"{before}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield where
        else:
            yield from _patterns(entry, where)


#: Addresses that can be read and are not looked at here, each with why not.
NOT_LOOKED_AT = {
    "insights/unmet-supply/<int:segment>/people/": "names, for the volunteer centre alone",
}
#: Of a campaign that is being drawn up: there is one of each kind.
_OF_DRAFTS = re.compile(r"campaign_id>/(name|people|groups|comparison|preview|confirm|discard)/$")
#: Pages of single figures are looked at for one of each unit: they have one view and one template.
_FIGURES = [
    *{measure.unit: measure for measure in reversed(list(MEASURES))}.values(),
    MEASURES["useful_waits"],
]
#: What of the API is of the period that is asked for; the rest refuses the question.
_OF_A_PERIOD = re.compile(r"/(minute|funnel|fairness|regular-volunteering|useful-wait)/$")
#: What of the API is of the ward that is asked for, or of what is done from home.
_OF_AN_AREA = re.compile(
    r"/(minute|funnel|fairness|regular-volunteering|useful-wait|segments|sector|more-places"
    r"|role-plan|over-asked)/$"
)
_OR_HOME = re.compile(r"/(more-places|role-plan|roles-worth-creating|over-asked)\b")
_WORD = re.compile(r"<\w+:(\w+)>")


def addresses(known: dict[str, Any]) -> list[str]:
    """Every address of the statistics that shows figures; those about one figure, once for each."""
    found = []
    for pattern in sorted(set(_patterns(get_resolver()))):
        if pattern in NOT_LOOKED_AT or (route := INSIGHTS.get(pattern)) is None or not route.get:
            continue
        measures = _FIGURES if "<slug:measure>" in pattern else [None]
        kinds = ["xlsx", "pdf"] if "<slug:kind>" in pattern else [""]
        for measure, kind in product(measures, kinds):
            words = known | {"measure": measure and measure.code, "kind": kind}
            words["campaign_id"] = known["draft" if _OF_DRAFTS.search(pattern) else "campaign_id"]
            address = _filled(pattern, words)
            found.append(address)
            if "<slug:period>" in pattern:
                found.append(f"{address}?area={WARD}")
            elif "api/" not in pattern and not kind:
                found.append(f"{address}?period={MARCH.code}&area={WARD}")
            elif _OF_AN_AREA.search(address):
                found.append(f"{address}?area={WARD}")
            if _OR_HOME.search(address) and not address[-2].isdigit():
                found.append(f"{address}?area=home")
            if measure and "people" not in pattern:
                found += [f"{address}?by={by}" for by in measure.by]
                period = "" if "api/" in pattern else f"&period={MARCH.code}"
                found += [f"{address}?by={by}{period}" for by in measure.by if period]
            elif "{" not in address and ("api/" not in address or _OF_A_PERIOD.search(address)):
                found.append(f"{address}?period={MARCH.code}")
    return list(dict.fromkeys(found))


def _filled(pattern: str, words: dict[str, Any]) -> str:
    def said(word: re.Match[str]) -> str:
        return str(words[word[1]])

    return "/" + _WORD.sub(said, pattern)


def content_of(client: Client, address: str) -> bytes:
    # Nobody asks so fast but a test.
    cache.clear()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return said_in(answer)


def read_everything(known: dict[str, Any]) -> dict[str, bytes]:
    client = Client()
    client.force_login(known["person"])
    return {address: content_of(client, address) for address in addresses(known)}


@pytest.mark.slow
def test_every_output_is_the_same_where_the_same_may_be_said(known: dict[str, Any]) -> None:
    with time_machine.travel(AT, tick=False):
        before = read_everything(known)
        said = {period: published([period])[period] for period in PERIODS}
        true = {row.period: row.figures for row in PeriodFigures.objects.all()}
        for change in CHANGED.values():
            change()
        now = {row.period: row.figures for row in PeriodFigures.objects.all()}
        after = read_everything(known)
    assert len(before) > 100
    for period, one in said.items():
        again = published([period])[period]
        for measure in MEASURES:
            assert one.total(measure) == again.total(measure)
            assert all(one.split(measure, by) == again.split(measure, by) for by in measure.by)
    # The two differ in very many counts.
    cells = _cells(true), _cells(now)
    assert sum(one != two for one, two in zip(*cells, strict=True)) > 500
    assert [address for address in before if before[address] != after[address]] == []


def _cells(stored: dict[str, Any]) -> list[Any]:
    return [
        cell
        for period in sorted(stored)
        for split in sorted(stored[period]["splits"])
        for cell in stored[period]["splits"][split]
    ]


def test_an_output_that_says_more_would_be_found_out(
    known: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/api/v1/insights/periods/{MARCH.code}/people_waiting/?by=ward"
    client = Client()
    with time_machine.travel(AT, tick=False):
        client.force_login(known["person"])
        true = {row.pk: row.figures for row in PeriodFigures.objects.all()}
        other_figures()
        now = {row.pk: row.figures for row in PeriodFigures.objects.all()}
        monkeypatch.setattr(disclosure, "rounded", lambda count: count)
        said = []
        for stored in (true, now):
            for row in PeriodFigures.objects.all():
                row.figures = stored[row.pk]
                row.save()
            said.append(content_of(client, address))
    assert said[0] != said[1]


def test_every_table_of_counts_is_changed_or_left_out_with_a_reason() -> None:
    tables = {model.__name__ for model in apps.get_app_config("insights").get_models()}
    assert tables == CHANGED.keys() | LEFT_OUT.keys()
    assert not CHANGED.keys() & LEFT_OUT.keys()


def test_every_address_that_is_not_looked_at_is_there() -> None:
    """So that no reason outlives its address, and none hides another."""
    assert [one for one in NOT_LOOKED_AT if one not in INSIGHTS or not INSIGHTS[one].get] == []
