"""What happens by the clock happens once for each period, in summer and winter."""

from datetime import UTC, datetime, timedelta

import pytest

from core.models import Fact
from worker.handlers import HANDLERS
from worker.timetable import DAY, HOUR, TIMETABLE, Entry, state_due

NIGHT = Entry("night.test", every=DAY, at=timedelta(hours=2))


def test_period_begins_at_its_time() -> None:
    before = datetime(2026, 3, 2, 1, 59, 59, tzinfo=UTC)
    assert NIGHT.period(before + timedelta(seconds=1)) == NIGHT.period(before) + 1
    assert NIGHT.period(before + timedelta(hours=24)) == NIGHT.period(before) + 1


@pytest.mark.parametrize(
    "clocks_change", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]
)
def test_no_period_is_missing_or_double_when_the_clocks_change(clocks_change: datetime) -> None:
    hourly = Entry("hour.test", every=HOUR, at=timedelta(minutes=5))
    hours = [hourly.period(clocks_change + number * HOUR) for number in range(-24, 48)]
    nights = [NIGHT.period(clocks_change + number * HOUR) for number in range(-24, 48)]

    assert hours == list(range(hours[0], hours[0] + 72))
    assert sorted(set(nights)) == list(range(nights[0], nights[0] + 4))


@pytest.mark.django_db
def test_two_schedulers_have_one_effect() -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    for second in (0, 0, 20, 40):
        state_due(now + timedelta(seconds=second))

    assert Fact.objects.count() == len(TIMETABLE)
    state_due(now + timedelta(seconds=60))
    assert Fact.objects.count() == len(TIMETABLE) + 1, "the next minute's heartbeat"


@pytest.mark.django_db
def test_what_was_missed_is_stated_for_the_latest_period_only() -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    state_due(now, [NIGHT])
    state_due(now + 10 * DAY, [NIGHT])

    periods = list(Fact.objects.values_list("subject_id", flat=True))
    assert periods == [NIGHT.period(now), NIGHT.period(now) + 10]


def test_every_entry_has_its_work() -> None:
    assert {entry.kind for entry in TIMETABLE} <= HANDLERS.keys()
    assert len({entry.kind for entry in TIMETABLE}) == len(TIMETABLE)
