"""Titles of charts say what their numbers say, and no more."""

import pytest

from core.clock import today
from insights.chart_findings import over_time_finding, split_finding, standing_out
from insights.disclosure import FEW, NOTHING, Shown, Why
from insights.measures import MEASURES
from insights.periods import Period
from insights.selectors.published import Row, most_first
from insights.wording import period_in_words

pytestmark = pytest.mark.django_db

OCTOBER = Period.of_code("2026-10")


def rows(**values: float | None) -> list[Row]:
    return [
        Row(code, code.title(), FEW if value is None else Shown(value))
        for code, value in values.items()
    ]


def test_what_stands_out_is_above_all_others():
    assert [row.code for row in standing_out(rows(a=10, b=4, c=5), most=1)] == ["a"]
    assert [row.code for row in standing_out(rows(a=10, b=10, c=5), most=2)] == ["a", "b"]
    assert standing_out(rows(a=10, b=10, c=5), most=1) == []
    assert standing_out(rows(a=10, b=None), most=1) == []
    assert standing_out([], most=2) == []


def test_a_split_names_where_its_figure_is_highest():
    waiting = MEASURES["people_waiting"]
    assert split_finding(waiting, "ward", rows(roxeth=50, pinner=20)) == (
        "People waiting: highest in Roxeth, about 50"
    )
    assert split_finding(waiting, "time", rows(weekends=20, evenings=20, days=10)) == (
        "People waiting: highest for “Weekends and Evenings”, about 20"
    )
    assert split_finding(waiting, "ward", rows(a=20, b=20, c=20, d=10)) == (
        "People waiting: highest in A, B and C, about 20"
    )
    assert "the same everywhere" in split_finding(waiting, "ward", rows(a=20, b=20))
    assert "none anywhere" in split_finding(waiting, "ward", rows(a=0, b=0))
    assert "large enough to be shown" in split_finding(waiting, "ward", rows(a=None, b=None))


def test_of_equality_groups_no_highest_and_lowest_are_named():
    said = split_finding(MEASURES["offered_within_30_days"], "religion", rows(one=10, other=40))
    assert "chance" in said
    assert "10" not in said
    assert "other" not in said


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([(25, 100), (30, 110)], "no difference beyond chance"),
        ([(25, 200), (80, 200)], "lower among “A” than chance explains"),
        ([(25, 200), (80, 200), (25, 200)], "higher among “B” than chance explains"),
        ([(5, 10), (25, 100)], "small groups differ by chance too"),
    ],
)
def test_of_equality_groups_a_difference_is_named_beyond_chance(parts, said):
    table = [
        Row(code, code.upper(), Shown(round(100 * hits / base)), (hits, base))
        for code, (hits, base) in zip("abc", parts, strict=False)
    ]
    # Who did not say is in no test.
    table.append(Row("not-said", "Not said", Shown(1), (10, 1000)))
    sentence = f"People who had an offer within 30 days, by “Religion”: {said}"
    assert split_finding(MEASURES["offered_within_30_days"], "religion", table) == sentence


def test_of_shares_the_lowest_and_the_highest_are_named():
    offered = MEASURES["offered_within_30_days"]
    said = [*rows(old=40, young=10), Row("prefer_not", "Prefer not to say", Shown(90))]
    assert split_finding(offered, "age", said) == (
        "People who had an offer within 30 days: from 10% (Young) to 40% (Old)"
    )
    assert split_finding(offered, "age", rows(old=40, young=40)) == (
        "People who had an offer within 30 days: 40% everywhere"
    )


def test_a_line_is_held_against_the_year_before():
    waiting = MEASURES["people_waiting"]
    months = [(OCTOBER.a_year_before(), Shown(40)), (OCTOBER.before(), FEW), (OCTOBER, Shown(90))]
    assert over_time_finding(waiting, months, Period.of_code("2024-11")) == (
        "People waiting in October 2026: 50 more than in October 2025"
    )
    assert over_time_finding(waiting, months[1:]) == "People waiting: about 90 in October 2026"
    assert "no month has a number" in over_time_finding(waiting, [(OCTOBER, NOTHING)])


def test_a_line_is_not_held_against_the_year_in_which_the_service_began():
    waiting = MEASURES["people_waiting"]
    before = (OCTOBER.before(), Shown(80))
    months = [(OCTOBER.a_year_before(), Shown(40)), before, (OCTOBER, Shown(90))]
    for since in (Period.of_code("2024-12"), None):
        assert over_time_finding(waiting, months, since) == (
            "People waiting in October 2026: 10 more than in September 2026"
        )


def test_a_line_that_is_nowhere_reached_says_so():
    waits = [(OCTOBER.before(), NOTHING), (OCTOBER, Shown(None, Why.NOT_REACHED, 360))]
    assert over_time_finding(MEASURES["days_until_placed"], waits) == (
        "Days until placed: not reached in any month, more than 360 days in October 2026"
    )


def waits(**days: int | None) -> list[Row]:
    """Rows of days: negative where they are not reached after so many, None where hidden."""
    return [
        Row(
            code,
            code.title(),
            FEW
            if value is None
            else Shown(value)
            if value > 0
            else Shown(None, Why.NOT_REACHED, -value),
        )
        for code, value in days.items()
    ]


@pytest.mark.parametrize(
    ("code", "by", "days", "sentence"),
    [
        (
            "days_until_placed",
            "ward",
            {"pinner": 113, "roxeth": -300, "kenton": -320},
            "Only in Pinner do half have a place within 113 days",
        ),
        (
            "days_until_placed",
            "ward",
            {"pinner": 113, "roxeth": -300, "kenton": None},
            "Only in Pinner do half have a place within 113 days, of those that can be shown",
        ),
        (
            "longest_waits",
            "ward",
            {"pinner": -330, "roxeth": -300},
            "In no ward do nine in ten have a place within 300 days",
        ),
        (
            "days_until_answered",
            "cause",
            {"sport": -20, "arts": -30},
            "By cause, in no group do half of those who ask have an answer within 20 days",
        ),
        # Where one is known to be longer than 60 days, that it is not 113 is not known.
        (
            "days_until_placed",
            "ward",
            {"pinner": 113, "roxeth": -60},
            "Days until placed: 113 days in Pinner; not reached after 60 days in Roxeth",
        ),
        (
            "days_until_placed",
            "age",
            {"a": 20, "b": 30, "c": 40, "d": 50, "e": -300, "not-said": -360},
            "Days until placed: 20 days among “A”; not reached after 300 days among “E”",
        ),
    ],
)
def test_days_that_are_not_reached_are_longer_than_every_number(code, by, days, sentence):
    assert split_finding(MEASURES[code], by, waits(**days)) == sentence


def test_what_is_not_reached_comes_before_every_number():
    found = most_first(waits(a=113, b=-300, c=None, d=200))
    assert [row.code for row in found] == ["b", "d", "a", "c"]


def test_the_highest_is_that_of_those_shown_where_another_is_kept_back():
    kept_back = Row("kenton", "Kenton", Shown(None, Why.KEPT_BACK))
    said = split_finding(
        MEASURES["people_waiting"], "ward", [*rows(roxeth=50, pinner=20), kept_back]
    )
    assert said == "People waiting: highest in Roxeth, about 50, of those shown"
    few = split_finding(MEASURES["people_waiting"], "ward", rows(a=20, b=20, c=None))
    assert few == "People waiting: highest in A and B, about 20"


@pytest.mark.parametrize(
    ("parts", "ending"),
    [
        ([(25, 100), (30, 110)], ", no more than chance explains"),
        ([(25, 200), (80, 200)], ""),
        ([(5, 10), (25, 100)], ""),
    ],
)
def test_shares_of_wards_that_chance_explains_are_said_to_be_so(parts, ending):
    table = [
        Row(code, code.upper(), Shown(round(100 * hits / base)), (hits, base))
        for code, (hits, base) in zip("ab", parts, strict=True)
    ]
    low, high = sorted(table, key=lambda row: row.shown.value or 0)
    assert split_finding(MEASURES["offered_within_30_days"], "ward", table) == (
        f"People who had an offer within 30 days: from {low.shown.value:.0f}% ({low.label}) to "
        f"{high.shown.value:.0f}% ({high.label}){ending}"
    )


def test_what_is_counted_over_a_month_is_held_against_a_whole_month():
    running = Period.month_of(today())
    last, before, first = running.before(), running.months_before(2), running.months_before(3)
    months = [(first, Shown(0)), (before, Shown(50)), (last, Shown(90)), (running, Shown(10))]
    when = f"in {period_in_words(last)}: 40 more than in {period_in_words(before)}"
    assert over_time_finding(MEASURES["placed"], months).endswith(when)
    # What stands at one moment stands so today, and did in the first month.
    assert over_time_finding(MEASURES["people_waiting"], months) == (
        f"People waiting in {period_in_words(running)}: 10 more than in {period_in_words(first)}"
    )
