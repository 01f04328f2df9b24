"""What of a figure may be shown."""

from dataclasses import replace

import pytest

from insights import disclosure
from insights.disclosure import FEW, KEPT_BACK, NOTHING, Shown
from insights.measures import MEASURES, Measure, Unit
from insights.measures.samples import Cell

WAITING, OFFERED, DAYS = (
    MEASURES[code] for code in ("people_waiting", "offered_within_30_days", "days_until_placed")
)
LONGEST, PLACES, RATIO = (
    MEASURES[code] for code in ("longest_waits", "places_open", "people_for_each_place")
)


def people(number: int) -> Cell:
    return Cell(float(number), number, number, number)


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (8, 10), (12, 10), (13, 15), (412, 410)])
def test_counts_are_rounded(number: int, shown: int) -> None:
    assert disclosure.shown(WAITING, people(number)) == Shown(shown)


@pytest.mark.parametrize("number", range(1, 8))
def test_small_counts_are_hidden(number: int) -> None:
    assert disclosure.shown(WAITING, people(number)) == FEW


def test_many_applications_of_few_people_are_hidden() -> None:
    applied = MEASURES["applied"]
    assert disclosure.shown(applied, Cell(30.0, 30, 30, 5)) == FEW
    assert disclosure.shown(applied, Cell(30.0, 30, 30, 9)) == Shown(30)


def test_places_and_roles_are_public() -> None:
    assert disclosure.shown(PLACES, Cell(3.0, 2, 2, None)) == Shown(3)


@pytest.mark.parametrize(
    ("count", "base", "shown"),
    [
        (20, 80, Shown(25)),
        (22, 81, Shown(25)),  # 20 of 80: the rounded counts say no more
        (0, 40, Shown(0)),
        (40, 40, Shown(100)),
        (3, 40, FEW),
        (37, 40, FEW),
        (0, 5, FEW),
        (0, 0, NOTHING),
    ],
)
def test_shares_say_no_more_than_rounded_counts(count: int, base: int, shown: Shown) -> None:
    value = count / base if base else None
    assert disclosure.shown(OFFERED, Cell(value, count, base, base)) == shown


@pytest.mark.parametrize(("measure", "least"), [(DAYS, 20), (LONGEST, 80)])
def test_days_need_enough_people(measure: Measure, least: int) -> None:
    assert disclosure.shown(measure, Cell(12.4, 9, least, least)) == Shown(12)
    assert disclosure.shown(measure, Cell(12.4, 9, least - 1, least - 1)) == FEW


def test_people_for_each_place_rests_on_rounded_people() -> None:
    assert disclosure.shown(RATIO, Cell(41 / 20, 41, 9, 41)) == Shown(2.0)
    assert disclosure.shown(RATIO, Cell(7 / 20, 7, 9, 7)) == FEW
    assert disclosure.shown(RATIO, Cell(None, 41, 0, 41)) == NOTHING


def test_a_table_keeps_back_what_would_give_a_small_count_away() -> None:
    table = [people(number) for number in (7, 7, 7, 7, 42)]
    shown = disclosure.split(WAITING, table, parts=True)
    assert shown[:4] == [FEW] * 4
    assert shown[4] == KEPT_BACK
    assert disclosure.split(WAITING, table, parts=False)[4] == Shown(40)


def test_people_for_each_place_do_not_say_what_the_table_of_people_keeps_back() -> None:
    table = [Cell(count / 10, count, 10, count) for count in (7, 7, 7, 7, 42)]
    assert disclosure.split(RATIO, table, parts=True) == [*[FEW] * 4, KEPT_BACK]
    # A ward with no places has no such figure anyway, as everybody can see.
    nowhere = Cell(None, 0, 0, 0)
    assert disclosure.split(RATIO, [*table, nowhere], parts=True)[-1] == NOTHING
    few = Cell(0.3, 3, 10, 3)
    assert disclosure.split(RATIO, [few], parts=True, total=few) == [KEPT_BACK]


def test_of_a_small_total_no_part_is_shown() -> None:
    table = [people(number) for number in (3, 0, 0)]
    for parts in (True, False):
        shown = disclosure.split(WAITING, table, parts=parts, total=people(3))
        assert shown == [KEPT_BACK] * 3


def test_of_hours_no_category_is_missing_alone() -> None:
    hours = replace(WAITING, unit=Unit.HOURS)
    table = [Cell(400.0, 9, 9, 9), Cell(90.0, 9, 9, 9), Cell(7.0, 2, 2, 2)]
    shown = disclosure.split(hours, table, parts=True)
    assert shown == [Shown(400), KEPT_BACK, FEW]
