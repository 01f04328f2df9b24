"""What figures should be: set, standing for months, taken back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from accounts.models import AuditEntry
from core.errors import Conflict, InvalidInput, NotFound
from insights.disclosure import FEW, Shown, Why
from insights.measures import MEASURES
from insights.models import Target
from insights.periods import Period
from insights.selectors.targets import history, is_met, target_in_words, target_of, targets_of
from insights.services import targets
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PLACED, WAITING = MEASURES["placed"], MEASURES["people_waiting"]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 10, 20, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def set_one(value: float = 40, **fields: Any) -> Target:
    given: dict[str, Any] = {
        "measure": "placed",
        "value": value,
        "begins": date(2026, 10, 9),
        "note": "",
    }
    return targets.set_target(**given | {"by": UserFactory(delivery_group=True)} | fields)


def standing(code: str) -> float | None:
    found = target_of(PLACED, Period.of_code(code))
    return found.value if found else None


def test_stands_from_its_first_month_to_its_last() -> None:
    set_one(ends=date(2026, 12, 1))
    assert [standing(f"2026-{month:02d}") for month in (9, 10, 11, 12)] == [None, 40, 40, 40]
    assert standing("2027-01") is None


def test_the_last_one_set_counts_and_the_one_before_when_it_is_taken_back() -> None:
    set_one(40)
    later = set_one(55)
    assert standing("2026-11") == 55
    targets.end_target(target=later, by=UserFactory(delivery_group=True))
    assert standing("2026-11") == 40
    with pytest.raises(Conflict):
        targets.end_target(target=later, by=UserFactory(delivery_group=True))


def test_a_year_has_the_target_of_its_last_month() -> None:
    set_one(40)
    set_one(60, begins=date(2027, 3, 1))
    assert standing("2026-27") == 60
    assert targets_of(Period.of_code("2026-27")).keys() == {"placed"}


def test_who_set_and_who_ended_it_stays() -> None:
    one = set_one(40)
    targets.end_target(target=one, by=UserFactory(delivery_group=True))
    found = history().get()
    assert found.set_by
    assert found.ended_by
    assert found.set_by != found.ended_by
    actions = AuditEntry.objects.filter(subject_type="target").order_by("pk")
    assert [entry.action for entry in actions] == ["target.set", "target.ended"]


@pytest.mark.parametrize(
    "fields",
    [
        {"measure": "none_such"},
        {"value": -1},
        {"value": 101, "measure": "offered_within_30_days"},
        {"ends": date(2026, 9, 1), "begins": date(2026, 10, 1)},
        {"note": "x" * 301},
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        set_one(**fields)
    assert not Target.objects.exists()


def test_a_month_that_is_over_is_refused() -> None:
    with pytest.raises(InvalidInput) as error:
        set_one(begins=date(2026, 9, 30))
    assert error.value.fields == {
        "begins": ["Choose this month or a later one: a target is for a day to come."]
    }
    assert not Target.objects.exists()
    # What has begun is not over.
    assert set_one(begins=date(2026, 10, 1)).begins == date(2026, 10, 1)


def test_only_the_delivery_group_sets_one() -> None:
    with pytest.raises(NotFound):
        set_one(by=UserFactory(broker=True))


def test_reached_depends_on_which_way_is_good_news() -> None:
    forty = set_one(40)
    assert is_met(PLACED, forty, Shown(45)) is True
    assert is_met(PLACED, forty, Shown(35)) is False
    assert is_met(WAITING, forty, Shown(35)) is True
    assert is_met(PLACED, forty, FEW) is None
    assert is_met(MEASURES["applied"], forty, Shown(45)) is None


@pytest.mark.parametrize(
    ("more_than", "said"),
    [
        (360, "Target: 90 days, not reached"),
        (90, "Target: 90 days, not reached"),
        # It may be 70 days, or 100.
        (60, "Target: 90 days"),
    ],
)
def test_days_that_are_not_reached_miss_a_target_of_fewer(more_than: int, said: str) -> None:
    days = MEASURES["days_until_placed"]
    ninety = set_one(90, measure="days_until_placed")
    assert target_in_words(days, ninety, Shown(None, Why.NOT_REACHED, more_than)) == said
