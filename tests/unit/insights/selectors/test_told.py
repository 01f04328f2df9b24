"""What people were told of their chances, and what came of it: page, API and file say the same."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.test import Client

from insights.measures import Figures, tenths
from insights.measures.samples import Cell
from insights.models import PeriodFigures
from insights.selectors.published import latest_months
from insights.selectors.told import Told, told_and_came
from tests.factories.accounts import UserFactory
from tests.factories.figures import made_figures
from tests.unit.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db

PLACE, ANSWER = ("placed_as_told", "place-told"), ("answered_as_told", "answer-told")
OCTOBER = "2026-10"
#: By tenths, of how many people how many got a place.
HOLDS = [(0, 0), (10, 85), (18, 90), (0, 0), (3, 12), (60, 120), (362, 600), (154, 220)]
BELOW = [*HOLDS[:6], (240, 600), (100, 220)]


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(UserFactory(delivery_group=True))
    return found


def cells(rows: Sequence[tuple[int, int]]) -> list[Cell]:
    rows = [*rows, *[(0, 0)] * (11 - len(rows))]
    return [Cell(hits / base if base else None, hits, base, base) for hits, base in rows]


def kept(
    month: str = OCTOBER, *, closed: bool = True, **splits: Sequence[tuple[int, int]]
) -> PeriodFigures:
    """Figures of a month with what came of places and answers by tenths."""
    row = made_figures(month, {}, closed=closed)
    found = {PLACE: splits.get("place"), ANSWER: splits.get("answer")}
    figures = Figures(
        {key[0]: _sum(cells(rows)) for key, rows in found.items() if rows},
        {key: cells(rows) for key, rows in found.items() if rows},
        {key[1]: tenths.categories() for key in found},
    )
    row.figures = figures.as_json()
    row.save()
    return row


def _sum(parts: Sequence[Cell]) -> Cell:
    hits, base = sum(one.count for one in parts), sum(one.base for one in parts)
    return Cell(hits / base, hits, base, base)


def told() -> list[Told]:
    return told_and_came(latest_months())


class TestFinding:
    def test_what_holds_is_said_of_the_tenth_that_most_were_told(self) -> None:
        kept(place=HOLDS)
        (one,) = told()
        assert one.verdict == "What people are told of their chance of a place holds"
        assert one.finding == (
            "Where people were told “about 6 in 10”, about 60 in 100 applications got a place"
        )

    def test_what_is_below_is_said_of_the_tenth_with_most_people_misled(self) -> None:
        kept(place=BELOW)
        (one,) = told()
        assert one.verdict == "Fewer people get a place than they are told"
        assert one.finding == (
            "Where people were told “about 6 in 10”, about 40 in 100 applications got a place"
        )

    def test_answers_are_said_so_too(self) -> None:
        kept(answer=[(0, 0)] * 3 + [(90, 100)])
        (one,) = told()
        assert one.verdict == "More people have an answer within 10 days than they are told"
        assert "“about 3 in 10”, about 90 in 100 had an answer in time" in one.finding

    def test_nothing_is_said_where_too_few_are_behind_each_tenth(self) -> None:
        kept(place=[(0, 0)] * 5 + [(3, 7), (4, 9), (2, 12)])
        (one,) = told()
        assert (one.verdict, one.finding) == ("", "")
        assert all(row.shown.value is None for row in one.rows)

    def test_it_is_of_the_latest_month_that_is_closed(self) -> None:
        kept("2026-09", place=BELOW)
        kept(place=HOLDS)
        kept("2026-11", place=BELOW, closed=False)
        assert [one.figures.period.code for one in told()] == [OCTOBER]

    def test_months_from_before_it_was_kept_say_nothing(self) -> None:
        made_figures(OCTOBER, {"applied": 220})
        assert told() == []


class TestOutputs:
    def test_page_api_and_file_say_the_same(self, client: Client) -> None:
        kept(place=BELOW, answer=HOLDS)
        answer = client.get("/insights/model/")
        page = text_of(answer)
        of_api = client.get("/api/v1/insights/model/").json()["told"]
        assert [(one["measure"], one["by"]) for one in of_api] == [PLACE, ANSWER]
        assert heading_of(answer) == of_api[0]["finding"]
        for one in of_api:
            assert one["period"] == OCTOBER
            assert f"{one['verdict']}. {one['finding']}." in page
            where = f"csv/?period={OCTOBER}&by={one['by']}"
            sent = client.get(f"/insights/figures/{one['measure']}/{where}")
            lines = csv.DictReader(StringIO(sent.content.decode("utf-8-sig")))
            file = [line for line in lines if line["Split by"] == one["by"]]
            assert len(file) == len(one["rows"]) == 11
            for row, line in zip(one["rows"], file, strict=True):
                assert f"{row['label']} {row['words']}" in page
                assert (line["Category"], line["In words"]) == (row["label"], row["words"])
            assert f"{where}".replace("&", "&amp;") in answer.text

    def test_small_counts_are_on_none_of_them(self, client: Client) -> None:
        kept(place=BELOW)
        rows = client.get("/api/v1/insights/model/").json()["told"][0]["rows"]
        assert rows[4] == {
            "code": "4",
            "label": "About 4 in 10",
            "value": None,
            "why": "few",
            "base": None,
            "more_than": None,
            "words": "too few people",
        }
        assert "About 4 in 10 too few people" in text_of(client.get("/insights/model/"))

    def test_the_page_says_where_too_few_have_asked(self, client: Client) -> None:
        kept(place=[(0, 0)] * 5 + [(3, 7)])
        answer = client.get("/insights/model/")
        assert heading_of(answer) == "How the ranking does"
        assert "Too few people have asked yet to say" in text_of(answer)

    def test_a_line_stands_where_what_was_told_would_be(self, client: Client) -> None:
        kept(place=HOLDS)
        text = client.get("/insights/model/").text
        assert text.count('class="hv-bars__mark"') == 9
        assert 'x1="60" x2="60"' in text
