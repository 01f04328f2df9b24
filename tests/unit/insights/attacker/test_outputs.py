"""Nothing that leaves the house says more of people than what is published.

Two boroughs differ in their true counts and not in what may be said of them: hidden counts are
other hidden counts, rounded ones others of the same five. Every page, file and answer of the
statistics has to be the same in both, to the letter. So whatever `test_attacker.py` proves of the
published tables holds for tables, charts, CSV, XLSX, PDF and the API; and an output that is added
is in this test by itself, since the addresses are read from the resolver.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
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

from core.disclosure import FEWEST, rounded
from insights import disclosure
from insights.measures import MEASURES, Figures, Unit
from insights.measures.dimensions import DIMENSIONS
from insights.measures.samples import Cell
from insights.models import CapacityFigures, PeriodFigures, RolePlan, Segment, UnmetWeek
from insights.periods import Period
from insights.selectors.published import published
from insights.services import figures
from tests.architecture.insights_audiences import INSIGHTS
from tests.factories.accounts import UserFactory
from tests.factories.insights import SEGMENT_FIGURES, WARD, SegmentFactory
from tests.factories.past import borough_with_a_past
from tests.kept import kept

pytestmark = pytest.mark.django_db

AT = datetime(2027, 4, 10, 12, tzinfo=UTC)
YEAR = Period.of_code("2026-27")
PERIODS = [*(Period.of_code(f"2027-{month:02d}") for month in (2, 3, 4)), YEAR]
MARCH = PERIODS[1]

#: Tables of true counts of people, each with what puts other counts into it of which the same may
#: be said.
CHANGED: dict[str, Callable[[], None]] = {}
#: The other tables, and why no count of people leaves from them unseen by this test.
LEFT_OUT = {
    "Target": "numbers that the delivery group sets",
    "YearlyQuestion": "counts groups, whose answers have a threshold of their own",
    "YearlyAnswer": "one group's own answer: counts of groups, with thresholds of their own",
    "SegmentMember": "for the broker's desk alone",
    "SegmentWeek": "shown by month through what is published of the segment",
    "Simulation": "made-up people",
    "CountedPeople": "of a prospectus: rounded, and said once a month",
    "Prospectus": "what became of a prospectus, group by group",
    "ProspectusMail": "which mails went out",
    "Campaign": "what the delivery group chose",
    "CampaignGroup": "what became of a campaign, group by group",
    "CampaignMonth": "counts mails",
}


def changes(model: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def register(change: Callable[[], None]) -> Callable[[], None]:
        CHANGED[model] = change
        return change

    return register


def other(count: int) -> int:
    """Another count of which the same may be said: 0 for 0."""
    if not count:
        return 0
    for tried in (count + 1, count - 1, count + 2, count - 2):
        if tried > 0 and rounded(tried) == rounded(count) and (tried < FEWEST) == (count < FEWEST):
            return tried
    raise AssertionError(count)


@changes("PeriodFigures")
def _figures() -> None:
    """Other counts wherever what is published stays the same."""
    for row in PeriodFigures.objects.all():
        found = Figures.of_json(row.figures)
        totals = {code: _same(code, cell) for code, cell in found.totals.items()}
        changed = Figures(totals, dict(found.splits), found.categories, found.kept_back)
        for key, cells in found.splits.items():
            if DIMENSIONS[key[1]].parts:
                changed.splits[key] = _traded(key[0], cells)
            else:
                changed.splits[key] = [_same(key[0], cell) for cell in cells]
            if _said(changed, key) != _said(found, key):
                changed.splits[key] = cells
        row.figures = changed.as_json()
        row.save()


def _said(found: Figures, key: tuple[str, str]) -> list[disclosure.Shown]:
    return disclosure.split(
        MEASURES[key[0]],
        found.splits[key],
        parts=DIMENSIONS[key[1]].parts,
        total=found.totals[key[0]],
        kept_back=found.kept_back.get(key),
    )


def _same(code: str, cell: Cell) -> Cell:
    """Another cell of which the same is said, where it is a count of people."""
    if MEASURES[code].unit not in (Unit.PEOPLE, Unit.APPLICATIONS) or cell.people is None:
        return cell
    changed = _counting(cell, other(cell.count))
    same = disclosure.shown(MEASURES[code], changed) == disclosure.shown(MEASURES[code], cell)
    return changed if same else cell


def _counting(cell: Cell, count: int) -> Cell:
    people = max(1, min(count, (cell.people or 0) + count - cell.count)) if count else 0
    return Cell(float(count), count, count, people)


def _traded(code: str, cells: list[Cell]) -> list[Cell]:
    """Cells that trade one person, two by two, so that their sum stays."""
    found, measure = list(cells), MEASURES[code]
    if measure.unit not in (Unit.PEOPLE, Unit.APPLICATIONS):
        return found
    places = [place for place, cell in enumerate(cells) if cell.count]
    for one, two in zip(places[::2], places[1::2], strict=False):
        for by in (1, -1):
            pair = [_counting(cells[one], cells[one].count + by)]
            pair.append(_counting(cells[two], cells[two].count - by))
            before = [disclosure.shown(measure, cells[place]) for place in (one, two)]
            if [disclosure.shown(measure, cell) for cell in pair] == before:
                found[one], found[two] = pair
                break
    return found


_ROLE = {
    "activity": "gardening",
    "time": "saturday",
    "ward": WARD,
    "template": "",
    "places": 10,
    "people": 34,
    "could": 48,
    "without": 23,
    "long": 12,
    "waits": [23, 14, 5, 6],
    "wards": {WARD: 29, "E05013562": 14, "E05013542": 5},
    "slots": [5, 23, 34] * 7,
    "hosts": [],
}


@changes("RolePlan")
def _plan() -> None:
    roles = [
        _ROLE
        | {name: other(int(str(_ROLE[name]))) for name in ("people", "could", "without", "long")}
        | {
            "waits": [24, 13, 4, 7],
            "wards": {WARD: 30, "E05013562": 13, "E05013542": 6},
            "slots": [4, 24, 33] * 7,
        }
    ]
    RolePlan.objects.update(roles=roles, waiting=233, placeable=44)


@changes("Segment")
def _segment() -> None:
    Segment.objects.update(
        people=24,
        published=SEGMENT_FIGURES
        | {
            "people": 24,
            "kinds": [["befriending", 1.0], ["home-visits", 14 / 24], ["phone-calls", 4 / 24]],
            "causes": [["older-people", 15 / 24]],
            "skills": [["listening", 11 / 24], ["patience", 6 / 24]],
            "heat": [0.0, 6 / 24, 21 / 24] * 5 + [11 / 24] * 6,
            "wards": {WARD: 15, "E05013562": 5, "": 4},
            "ways": {"regular": 24, "one_off": 11, "from_home": 5},
            "stops": {
                "people": 24,
                "alone": [["time_overlap", 14], ["distance", 5]],
                "together": [[["distance", "time_overlap"], 10]],
                "more": 0,
                "no_kind": 0,
            },
        },
    )


@changes("UnmetWeek")
def _unmet() -> None:
    UnmetWeek.objects.update(
        waiting=234,
        unmet=121,
        unmatched=43,
        stops={
            "people": 43,
            "alone": [["time_overlap", 23], ["distance", 5]],
            "together": [[["distance", "time_overlap"], 10]],
            "more": 0,
            "no_kind": 0,
        },
    )


@changes("CapacityFigures")
def _capacity() -> None:
    row = CapacityFigures.objects.get()
    row.waiting, row.placeable, row.everything = 234, 43, 64
    row.reasons = [one | {"placed": 24, "costed_placed": 14} for one in row.reasons]
    row.save()


@pytest.fixture(scope="module")
def known(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    with kept(django_db_blocker, _borough) as made:
        yield made


def _borough() -> dict[str, Any]:
    with time_machine.travel(AT, tick=False):
        borough_with_a_past(people=900, roles=60)
        planned = RolePlan.objects.create(made_at=AT, waiting=234, placeable=43, roles=[_ROLE])
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
        person = UserFactory(delivery_group=True)
    for period in PERIODS:
        at = min(period.ends_at + timedelta(days=3, hours=2), AT)
        with time_machine.travel(at, tick=False):
            figures.refresh(period)
    assert planned.pk
    return {
        "person": person,
        "period": MARCH.code,
        "year": YEAR.code,
        "segment": segment.pk,
        "number": 1,
    }


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        where = f"{before}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield where
        else:
            yield from _patterns(entry, where)


#: What is about one row that another test looks at: a campaign, a simulation, a target, a person.
_NOT_OF_FIGURES = re.compile(r"campaign|simulation|<int:target>|people/$|/set/|/ask/|/new/")
#: Pages of single figures are looked at for one of each kind: they have one view and one template.
_FIGURES = [
    MEASURES[code] for code in ("people_waiting", "placed", "hours_confirmed", "useful_waits")
]
_WORD = re.compile(r"<\w+:(\w+)>")


def addresses(known: dict[str, Any]) -> list[str]:
    """Every address of the statistics that shows figures; those about one figure, once for each."""
    found = []
    for pattern in sorted(set(_patterns(get_resolver()))):
        if pattern not in INSIGHTS or _NOT_OF_FIGURES.search(pattern):
            continue
        measures = _FIGURES if "<slug:measure>" in pattern else [None]
        kinds = ["xlsx", "pdf"] if "<slug:kind>" in pattern else [""]
        for measure, kind in product(measures, kinds):
            address = _filled(pattern, known | {"measure": measure and measure.code, "kind": kind})
            found.append(address)
            if measure and "people" not in pattern:
                found += [f"{address}?by={by}" for by in measure.by]
                period = "" if "api/" in pattern else f"&period={MARCH.code}"
                found += [f"{address}?by={by}{period}" for by in measure.by if period]
            elif "{" not in address and "api/" not in address:
                found.append(f"{address}?period={MARCH.code}")
    return list(dict.fromkeys(found))


def _filled(pattern: str, words: dict[str, Any]) -> str:
    def said(word: re.Match[str]) -> str:
        return str(words[word[1]])

    return "/" + _WORD.sub(said, pattern)


#: What differs from one look to the next.
_PASSING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|nonce-[\w+/=-]*')


_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def content_of(client: Client, address: str) -> bytes:
    # Nobody asks so fast but a test.
    cache.clear()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    content = b"".join(answer) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            sheets = [name for name in sorted(parts.namelist()) if name.startswith("xl/")]
            content = b"".join(parts.read(name) for name in sheets)
    if content.startswith(b"%PDF"):
        content = b"".join(_drawn(stream[1]) for stream in _STREAM.finditer(content))
        assert len(content) > 10_000
    return _PASSING.sub(b"", content)


def _drawn(stream: bytes) -> bytes:
    """What a part of a PDF holds; its number and the time are in parts that are not compressed."""
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def read_everything(known: dict[str, Any]) -> dict[str, bytes]:
    client = Client()
    client.force_login(known["person"])
    return {address: content_of(client, address) for address in addresses(known)}


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
        _figures()
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
