"""A year closes beside its months."""

from datetime import UTC, datetime

import pytest
import time_machine

from insights import disclosure
from insights.disclosure import KEPT_BACK, Shown, Why
from insights.measures import MEASURES, Figures
from insights.measures.dimensions import DIMENSIONS
from insights.measures.samples import Cell
from insights.models import PeriodFigures
from insights.periods import Period
from insights.selectors.published import published
from insights.services import figures, years

pytestmark = pytest.mark.django_db

YEAR = Period.of_code("2025-26")
MONTHS = YEAR.months_in()
CATEGORIES = {
    "channel": [("", "Asked"), ("waiting_list", "List"), ("referral", "Centre")],
    "ward": [("one", "One"), ("two", "Two"), ("three", "Three")],
}
KEY = ("placed", "channel")


def people(number: int) -> Cell:
    return Cell(float(number), number, number, number)


def of(*counts: int, totals: dict[str, Cell] | None = None, **more: list[Cell]) -> Figures:
    splits = {KEY: [people(count) for count in counts]}
    splits |= {tuple(name.split("__")): cells for name, cells in more.items()}  # type: ignore[misc]
    return Figures(totals or {}, splits, CATEGORIES)


def keep(period: Period, found: Figures) -> None:
    PeriodFigures.objects.create(
        period=period.code,
        first_day=period.first,
        figures=found.as_json(),
        worked_out_at=datetime(2026, 4, 4, tzinfo=UTC),
        closed_at=datetime(2026, 4, 4, tzinfo=UTC),
    )


def keep_months(*first: Figures) -> None:
    for number, month in enumerate(MONTHS):
        keep(month, first[number] if number < len(first) else of(0, 20, 30))


def shown_of_year(found: Figures) -> list[Shown]:
    keep(YEAR, years.beside_its_months(YEAR, found))
    return [row.shown for row in published([YEAR])[YEAR].split(*KEY)]


def test_is_the_sum_of_its_months() -> None:
    keep_months(of(40, 20, 30))
    assert shown_of_year(of(39, 240, 360)) == [Shown(40), Shown(240), Shown(360)]


def test_keeps_back_what_would_give_two_months_away() -> None:
    keep_months(of(7, 20, 30), of(7, 21, 31))
    assert shown_of_year(of(14, 241, 361))[0] == KEPT_BACK


def test_is_not_split_where_a_month_is_missing() -> None:
    keep_months()
    PeriodFigures.objects.filter(period="2025-09").delete()
    assert shown_of_year(of(0, 240, 360)) == []


def test_begins_with_the_month_in_which_the_first_person_came() -> None:
    keep_months()
    PeriodFigures.objects.filter(period__in=[month.code for month in MONTHS[:5]]).delete()
    assert shown_of_year(of(0, 140, 210)) == [Shown(0), Shown(140), Shown(210)]


def test_is_not_split_where_a_month_that_is_missing_had_something() -> None:
    keep_months(*[of(0, 20, 30, totals={"placed": people(50)})] * 12)
    PeriodFigures.objects.filter(period=MONTHS[0].code).delete()
    year = of(0, 240, 360, totals={"placed": people(600)})
    assert KEY not in years.beside_its_months(YEAR, year).splits
    year = of(0, 220, 330, totals={"placed": people(550)})
    assert KEY in years.beside_its_months(YEAR, year).splits


def test_of_a_moment_it_has_what_march_had() -> None:
    march = [people(40), people(3)]
    keep_months(*[of(0, 20, 30)] * 11, of(0, 20, 30, people_waiting__ward=march))
    year = of(0, 240, 360, people_waiting__ward=[people(41), people(9)])
    found = years.beside_its_months(YEAR, year)
    assert found.splits["people_waiting", "ward"] == march


def test_shares_and_people_of_several_months_are_not_split_and_days_are() -> None:
    cells = [people(40)] * 3
    keys = {
        "answered_within_10_days__channel": cells,
        "useful_waits__ward": cells,
        "days_until_answered__cause": cells,
    }
    keep_months(*[of(0, 20, 30, **keys)] * 12)
    found = years.beside_its_months(YEAR, of(0, 240, 360, **keys))
    assert found.splits.keys() == {KEY, ("days_until_answered", "cause")}


def test_hours_need_every_month() -> None:
    hours = [Cell(100.0, 9, 9, 9), Cell(100.0, 9, 9, 9), Cell(100.0, 9, 9, 9)]
    few = [Cell(100.0, 9, 9, 9), Cell(9.0, 2, 2, 2), Cell(60.0, 9, 9, 9)]
    of_months = [of(0, 20, 30, hours_confirmed__ward=hours)] * 11
    keep_months(*of_months, of(0, 20, 30, hours_confirmed__ward=few))
    year = of(0, 240, 360, hours_confirmed__ward=hours)
    found = years.beside_its_months(YEAR, year)
    assert found.splits["hours_confirmed", "ward"][0].value == 1200
    # Of two that are missing in March, the smaller was kept back for the other's sake.
    assert found.kept_back["hours_confirmed", "ward"] == [1, 2]


def test_a_year_that_was_never_held_against_its_months_is_not_split() -> None:
    keep(YEAR, of(0, 20, 30))
    row = PeriodFigures.objects.get()
    del row.figures["kept_back"]
    row.save()
    assert published([YEAR])[YEAR].split(*KEY) == []


def test_a_month_that_comes_after_its_year_has_totals_only() -> None:
    keep(YEAR, of(0, 20, 30))
    with time_machine.travel(datetime(2026, 5, 1, tzinfo=UTC), tick=False):
        figures.refresh(MONTHS[0])
        found = published([MONTHS[0]])[MONTHS[0]]
    assert found.closed
    assert not found.split("applied", "channel")
    assert found.total("applied").why == Why.SHOWN


def test_what_is_kept_survives_storing() -> None:
    found = Figures({}, {KEY: [people(3)]}, CATEGORIES, {KEY: [0]})
    assert Figures.of_json(found.as_json()) == found


def test_reasons_that_the_share_leaves_out_are_a_table_of_their_own() -> None:
    """Of a month's two sevens one is kept back, as how many they are together is known; the year
    keeps back no more than these."""
    reasons = DIMENSIONS["reason"]
    categories = [(code, str(label)) for code, label in reasons.categories(None)]  # type: ignore[arg-type]
    counts = [23, 24, 0, 0, 0, 0, 7, 7]
    key = ("declined", "reason")

    def made(times: int) -> Figures:
        cells = [people(times * count) for count in counts]
        total = people(times * sum(counts))
        return Figures({"declined": total}, {key: cells}, {"reason": categories})

    keep_months(*[made(1)] * 12)
    found = years.beside_its_months(YEAR, made(12))
    months = disclosure.split(
        MEASURES["declined"],
        made(1).splits[key],
        parts=True,
        total=people(sum(counts)),
        tables=reasons.tables(categories),
    )
    assert KEPT_BACK in months[6:]
    assert set(found.kept_back[key]) <= {6, 7}
