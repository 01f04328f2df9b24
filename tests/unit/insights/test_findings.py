"""Sentences say what the figures say, and no more."""

import pytest

from insights.changes import Change, News, change
from insights.disclosure import FEW, Shown, Why
from insights.findings import finding, headlines, waiting_for_places, widest_gap
from insights.measures import MEASURES
from insights.measures.samples import Cell
from insights.periods import Period
from insights.selectors.published import of_row
from insights.wording import period_in_words, sources_in_words
from tests.factories.figures import made_figures

pytestmark = pytest.mark.django_db

OCTOBER = Period.of_code("2026-10")


@pytest.mark.parametrize(
    ("people", "places", "sentence"),
    [
        (412, 198, "About 410 people are waiting for 198 places."),
        (412, 1, "About 410 people are waiting for 1 place."),
        (5, 198, "Fewer than 8 people are waiting for 198 places."),
        (0, 198, "Nobody is waiting for 198 places."),
        (2164, 1108, "About 2,165 people are waiting for 1,108 places."),
    ],
)
def test_how_many_wait_for_how_many_places(people, places, sentence):
    totals = {"people_waiting": people, "places_open": places}
    figures = of_row(made_figures("2026-10", totals, closed=False))
    assert waiting_for_places(figures) == sentence


@pytest.mark.parametrize(
    ("period", "people", "sentence"),
    [
        ("2026-10", 412, "At the end of October 2026, about 410 people were waiting for 1 place."),
        ("2025-26", 0, "At the end of March 2026, nobody was waiting for 1 place."),
    ],
)
def test_of_a_period_that_is_over_it_is_said_who_waited_at_its_end(period, people, sentence):
    figures = of_row(made_figures(period, {"people_waiting": people, "places_open": 1}))
    assert waiting_for_places(figures) == sentence


def test_without_figures_there_is_no_sentence():
    assert headlines(of_row(made_figures("2026-10", {})), None) == []


def test_the_gap_is_named_where_it_is_clearly_widest():
    wards = [1.0] * 23
    wards[0] = 4.0
    splits = {
        ("people_for_each_place", "time"): [1.0, 3.0, 1.1],
        ("people_for_each_place", "ward"): wards,
    }
    closed = of_row(made_figures("2026-10", {}, splits))
    assert widest_gap(closed) == (
        "In October 2026 the gap was widest for weekday evenings (3.0 people for each place) and "
        "in Belmont (4.0)."
    )


def test_the_gap_is_named_by_part_and_time_together_where_one_stands_out():
    gaps = [1.0] * 12
    gaps[10] = 3.0
    splits = {
        ("people_for_each_place", "time"): [1.0, 3.0, 1.1],
        ("people_for_each_place", "part-and-time"): gaps,
    }
    row = made_figures("2026-10", {}, splits)
    # What was closed before anything was kept back beside the wards has no such table.
    assert widest_gap(of_row(row)) == (
        "In October 2026 the gap was widest for weekday evenings (3.0 people for each place)."
    )
    row.figures["kept_back"] = {"people_for_each_place/part-and-time": []}
    assert widest_gap(of_row(row)) == (
        "In October 2026 the gap was widest for weekday evenings in the south (3.0 people for each "
        "place)."
    )


def test_of_wards_alone_the_first_gap_is_said_in_full():
    wards = [1.0] * 23
    wards[0], wards[1] = 4.0, 3.0
    closed = of_row(made_figures("2026-10", {}, {("people_for_each_place", "ward"): wards}))
    assert widest_gap(closed).startswith(
        "In October 2026 the gap was widest in Belmont (4.0 people"
    )


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (1110, "waiting (about 890 more than at the end of May 2026) for 90 places."),
        (2500, "waiting (about 500 fewer than at the end of May 2026) for 90 places."),
        (2003, "waiting (about the same as at the end of May 2026) for 90 places."),
        (3, "waiting for 90 places."),
    ],
)
def test_who_waits_is_set_beside_who_waited_half_a_year_ago(then, said):
    figures = of_row(
        made_figures("2026-11", {"people_waiting": 2000, "places_open": 90}, closed=False)
    )
    earlier = of_row(made_figures("2026-05", {"people_waiting": then}))
    assert waiting_for_places(figures, earlier) == f"About 2,000 people are {said}"


def test_the_gap_of_a_year_is_what_it_was_at_its_end():
    splits = {("people_for_each_place", "time"): [1.0, 3.0, 1.1]}
    assert widest_gap(of_row(made_figures("2025-26", {}, splits))).startswith(
        "At the end of March 2026, the gap was widest for "
    )


def test_no_gap_is_named_where_all_are_much_the_same():
    splits = {("people_for_each_place", "time"): [1.0, 1.1, 1.05]}
    assert widest_gap(of_row(made_figures("2026-10", {}, splits))) == ""


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [
        ("people_placed", 265, "About 265 people were placed from April 2025 to March 2026"),
        ("people_placed", 0, "Nobody was placed from April 2025 to March 2026"),
        ("days_until_answered", 6, "Half of those who asked had an answer within 6 days"),
        ("days_until_placed", 40, "Half had a place within 40 days"),
        ("longest_waits", 90, "Nine in ten had a place within 90 days"),
    ],
)
def test_of_a_year_that_is_over_nothing_is_said_as_if_it_still_were(code, value, said):
    assert finding(MEASURES[code], of_row(made_figures("2025-26", {code: value}))) == said


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        (True, "More than half had no place after 180 days"),
        (False, "More than half have no place after 180 days"),
    ],
)
def test_that_half_have_no_place_is_said_of_when_it_was_so(closed, said):
    row = made_figures("2025-26", {}, closed=closed)
    row.figures["totals"]["days_until_placed"] = Cell(None, 1000, 1000, 1000, 180).as_json()
    assert finding(MEASURES["days_until_placed"], of_row(row)) == said


def test_of_a_period_that_runs_no_gap_is_named():
    splits = {("people_for_each_place", "time"): [1.0, 3.0, 1.1]}
    assert widest_gap(of_row(made_figures("2026-10", {}, splits, closed=False))) == ""


@pytest.mark.parametrize(
    ("code", "now", "before", "expected"),
    [
        ("people_waiting", 60, 40, Change("20 more than a year ago", News.BAD)),
        ("people_waiting", 40, 60, Change("20 fewer than a year ago", News.GOOD)),
        # Rounded counts that differ by one step may be equal.
        ("people_waiting", 45, 40, Change("About the same as a year ago")),
        ("placed", 60, 40, Change("20 more than a year ago", News.GOOD)),
        ("applied", 60, 40, Change("20 more than a year ago", News.NONE)),
        ("offered_within_30_days", 25, 20, Change("5 points higher than a year ago", News.GOOD)),
        ("people_for_each_place", 1.5, 2.0, Change("0.5 lower than a year ago", News.GOOD)),
        ("days_until_answered", 4, 5, Change("1 day fewer than a year ago", News.GOOD)),
    ],
)
def test_a_change_is_for_the_better_or_the_worse(code, now, before, expected):
    assert change(MEASURES[code], Shown(now), Shown(before), "a year ago") == expected


def test_what_is_hidden_is_not_compared():
    found = change(MEASURES["people_waiting"], Shown(40), FEW, "a year ago")
    assert found == Change("A year ago: fewer than 8")


@pytest.mark.parametrize(
    ("code", "value", "sentence"),
    [
        ("people_placed", 62, "About 60 people were placed in October 2026"),
        ("people_placed", 3, "Fewer than 8 people were placed in October 2026"),
        ("people_placed", 0, "Nobody was placed in October 2026"),
        (
            "people_for_each_place",
            0.5,
            "At the end of October 2026, there were more open places than people who waited",
        ),
        (
            "people_for_each_place",
            2.5,
            "At the end of October 2026, 2.5 people waited for each open place",
        ),
        ("people_waiting", 60, "At the end of October 2026, about 60 people were waiting"),
        ("places_open", 1, "At the end of October 2026, 1 place was open"),
        ("days_until_answered", 7, "Half of those who asked had an answer within 7 days"),
        ("offered_within_30_days", 25, "25% had an offer within 30 days of registering"),
        ("hours_confirmed", 120, "Hours confirmed: 120"),
    ],
)
def test_each_figure_as_a_sentence(code, value, sentence):
    figures = of_row(made_figures("2026-10", {code: value}))
    assert finding(MEASURES[code], figures) == sentence


def test_a_figure_that_is_not_known_is_not_claimed():
    said = finding(MEASURES["people_placed"], of_row(made_figures("2026-10", {})))
    assert said == "People placed: there is no figure that can be shown"


def test_a_ward_that_is_kept_back_is_not_said_to_have_few():
    """Beside four wards of 7 and a known total, another ward is kept back."""
    few = {("people_waiting", "ward"): [7] * 4 + [0] * 19, ("places_open", "ward"): [1] * 23}
    found = of_row(made_figures("2026-10", {"people_waiting": 28, "places_open": 23}, few))
    kept_back = [
        row.code for row in found.split("people_waiting", "ward") if row.shown.why == Why.KEPT_BACK
    ]
    assert kept_back
    for ward in kept_back:
        assert waiting_for_places(found.in_area(ward)) == ""
        assert "no figure" in finding(MEASURES["people_waiting"], found.in_area(ward))


def test_days_that_are_not_reached_are_more_than_so_many():
    shown = Shown(None, Why.NOT_REACHED, 120)
    before = change(MEASURES["days_until_placed"], Shown(90), shown, "a month ago")
    assert before.words == "A month ago: more than 120 days"


def test_a_year_is_named_by_its_first_and_last_month():
    assert period_in_words(Period.of_code("2026-27")) == "April 2026 to March 2027"


def test_each_source_is_named_as_people_know_it():
    assert sources_in_words(MEASURES["days_until_placed"].source) == "Volunteers and applications"
    for measure in MEASURES:
        assert "." not in sources_in_words(measure.source)


def test_a_small_number_is_said_to_be_one():
    figures = of_row(made_figures("2026-10", {"helped_in_each_month": 3}))
    assert finding(MEASURES["helped_in_each_month"], figures).endswith(": fewer than 8")
