"""Sizes, times and chance of the demonstration borough."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from core.clock import LONDON
from core.places.wards import WARDS
from demonstration.plan import Plan, by_day, somewhere, weighted

PLAN = Plan(volunteers=20, organisations=4, opportunities=4, seed=1, today=date(2026, 10, 30))


def test_everything_is_over_by_the_midnight_before_today() -> None:
    assert PLAN.end == datetime(2026, 10, 30, tzinfo=LONDON)
    assert PLAN.ago(0) == PLAN.ago(-3) == PLAN.end
    assert PLAN.ago(1.5) == PLAN.end - timedelta(days=1, hours=12)


def test_chance_is_the_same_for_the_same_seed_and_its_own_for_each_purpose() -> None:
    again = Plan(20, 4, 4, 1, PLAN.today)
    other = Plan(20, 4, 4, 2, PLAN.today)
    first = PLAN.chance("people").random()
    assert again.chance("people").random() == first
    assert first not in (PLAN.chance("roles").random(), other.chance("people").random())


@pytest.mark.parametrize(
    ("hour", "then"), [(0, 8), (7, 15), (8, 8), (23, 23)], ids=lambda hour: f"{hour}h"
)
def test_by_day_leaves_nothing_in_the_night(hour: int, then: int) -> None:
    moment = datetime(2026, 10, 1, hour, 30, 12, tzinfo=LONDON)
    assert by_day(moment) == datetime(2026, 10, 1, then, 31, tzinfo=LONDON)


def test_at_work_is_a_weekday_in_the_day() -> None:
    saturday_night = datetime(2026, 10, 3, 23, 30, tzinfo=LONDON)
    assert PLAN.at_work(saturday_night) == datetime(2026, 10, 5, 14, 30, tzinfo=LONDON)
    late = datetime(2026, 10, 29, 8, 0, tzinfo=LONDON)
    assert late <= PLAN.at_work(late) < PLAN.end


def test_somewhere_is_in_every_ward_and_unevenly() -> None:
    chance = PLAN.chance("somewhere")
    people = Counter(somewhere(chance, "people").ward_code for _ in range(4000))
    groups = Counter(somewhere(chance, "groups").ward_code for _ in range(4000))
    assert people.keys() == {ward.code for ward in WARDS}
    greenhill, roxbourne = "E05013546", "E05013558"
    assert groups[greenhill] > 3 * groups[roxbourne]
    assert people[roxbourne] > people[greenhill]


def test_weighted_follows_the_weights() -> None:
    drawn = Counter(weighted(PLAN.chance("x"), {"a": 1.0, "b": 0.0}) for _ in range(5))
    assert drawn == {"a": 5}
