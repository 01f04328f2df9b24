"""Dates, times and odds as pages say them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from core.week import SLOTS_BY_CODE, mask_of
from opportunities.models import Opportunity, Organisation, Session
from web import dates, role_words

NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)  # 1pm in London


@pytest.fixture(autouse=True)
def _the_day():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(17, 0, "6pm"), (17, 30, "6:30pm"), (8, 5, "9:05am"), (11, 0, "midday"), (23, 0, "midnight")],
)
def test_times_are_those_of_london(hour, minute, words):
    assert dates.clock_time(datetime(2026, 6, 10, hour, minute, tzinfo=UTC)) == words


def test_winter_and_summer_time():
    assert dates.moment_in_words(datetime(2026, 1, 13, 18, tzinfo=UTC)) == (
        "Tuesday 13 January, 6pm"
    )
    assert dates.moment_in_words(datetime(2026, 7, 14, 18, tzinfo=UTC)) == "Tuesday 14 July, 7pm"


def test_another_year_is_said():
    assert dates.near_day(date(2026, 3, 3)) == "Tuesday 3 March"
    assert dates.near_day(date(2027, 3, 3)) == "Wednesday 3 March 2027"
    assert dates.day_in_words(date(1981, 3, 27)) == "27 March 1981"


def test_a_session_says_its_day_once():
    start = datetime(2026, 6, 12, 17, tzinfo=UTC)

    assert dates.span_in_words(start, start + timedelta(hours=2)) == "Friday 12 June, 6pm to 8pm"
    assert dates.span_in_words(start, start + timedelta(hours=8)) == (
        "Friday 12 June, 6pm to Saturday 13 June, 2am"
    )


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(minutes=5), "today"),
        (timedelta(hours=14), "yesterday"),  # 11pm the evening before
        (timedelta(days=5), "5 days ago"),
    ],
)
def test_days_are_counted_by_the_calendar_of_london(ago, words):
    assert dates.days_ago(NOON - ago) == words


def role(**fields):
    sure = {"answered": [9, 1], "accepted": [80, 20], "in_time": [9, 1], "answers": 50}
    group = Organisation(name="Example Growers", answering=sure)
    return Opportunity(**{"organisation": group, "places": 2, "postcode": "HA1 1AA"} | fields)


@pytest.mark.parametrize(
    ("waiting", "level"), [(0, "good"), (1, "good"), (2, ""), (3, "long"), (9, "long")]
)
def test_odds_are_good_while_places_last(waiting, level):
    assert role_words.odds(role(applications_pending=waiting)).level == level


def test_odds_of_a_group_that_takes_few_are_not_good_though_nobody_waits():
    few = Organisation(answering={"answered": [9, 1], "accepted": [10, 90], "answers": 99})
    assert role_words.odds(role(organisation=few)).level == "long"


def test_without_a_place_the_odds_are_long():
    assert role_words.odds(role(places_taken=2)).level == "long"


def test_when_is_the_times_in_the_week_else_to_suit():
    saturday = mask_of([SLOTS_BY_CODE["sat_morning"]])

    assert role_words.when(role(weekly_slots=saturday)) == "Saturday mornings"
    assert role_words.when(role()) == "Times to suit you"
    assert role_words.when(role(hours_a_week=1)) == "Times to suit you, about 1 hour a week"


def test_when_is_the_next_session_of_a_role_that_has_dates():
    start = datetime(2026, 6, 12, 17, tzinfo=UTC)
    sessions = [
        Session(starts_at=start + timedelta(days=day), ends_at=start + timedelta(days=day, hours=1))
        for day in (0, 7, 14)
    ]
    dated = role()
    dated.upcoming_sessions = sessions
    assert role_words.when(dated) == "Friday 12 June, 6pm to 7pm, and 2 more times"

    dated.upcoming_sessions = sessions[:1]
    assert role_words.when(dated) == "Friday 12 June, 6pm to 7pm"

    listed = role()
    listed.next_session_at = start
    assert role_words.when(listed) == "Next on Friday 12 June, 6pm"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"from_home": True}, "From home"),
        ({"place_name": "Demo Hall", "ward_code": "E05013555"}, "Demo Hall, Pinner"),
        ({"ward_code": "E05013555"}, "Pinner"),
        ({}, "HA1"),
        ({"postcode": ""}, "Ask the group"),
    ],
)
def test_where_names_the_place_as_far_as_it_is_known(fields, words):
    assert role_words.where(role(**fields)) == words


def test_a_last_day_is_said_where_there_is_one():
    assert role_words.closes(role(closes_on=date(2026, 6, 12))) == "Apply by Friday 12 June"
    assert role_words.closes(role()) == ""
