"""Quiet hours on a London clock, in every night of the year."""

from datetime import UTC, datetime, time, timedelta

import pytest

from core.clock import LONDON
from notifications.digest_times import next_digest
from notifications.models import ByMail
from notifications.quiet import Hours, usual_hours

NIGHT = Hours(time(21), time(8))


def london(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "end"),
    [
        (london(2026, 1, 5, 20, 59), None),
        (london(2026, 1, 5, 21), london(2026, 1, 6, 8)),
        (london(2026, 1, 6, 7, 59), london(2026, 1, 6, 8)),
        (london(2026, 1, 6, 8), None),
        (london(2026, 7, 5, 23), london(2026, 7, 6, 8)),
        # The clocks go forward: the night is an hour shorter, and ends at eight all the same.
        (london(2026, 3, 28, 21), datetime(2026, 3, 29, 7, tzinfo=UTC)),
        # They go back: an hour longer.
        (london(2026, 10, 24, 21), datetime(2026, 10, 25, 8, tzinfo=UTC)),
    ],
)
def test_quiet_from_nine_to_eight(at: datetime, end: datetime | None) -> None:
    assert NIGHT.end_after(at) == end


def test_hours_within_a_day_and_none() -> None:
    noon = Hours(time(12), time(14))
    assert noon.end_after(london(2026, 5, 1, 13)) == london(2026, 5, 1, 14)
    assert noon.end_after(london(2026, 5, 1, 3)) is None
    assert Hours(time(9), time(9)).end_after(london(2026, 5, 1, 9)) is None


@pytest.mark.parametrize("ends", range(24))
@pytest.mark.parametrize(
    "day", [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)]
)
def test_it_always_ends_later_however_the_clocks_change(day: datetime, ends: int) -> None:
    hours = Hours(time(21), time(ends))
    for quarters in range(4 * 48):
        at = day + timedelta(minutes=15 * quarters)
        end = hours.end_after(at)
        assert end is None or at < end <= at + timedelta(hours=25)
        assert end is None or hours.end_after(end) is None


def test_the_usual_hours_are_settings(settings) -> None:
    settings.QUIET_HOURS = "21:00-08:00"
    assert usual_hours() == NIGHT
    settings.QUIET_HOURS = ""
    assert usual_hours().end_after(london(2026, 1, 1, 3)) is None


@pytest.mark.parametrize(
    ("how", "at", "morning"),
    [
        (ByMail.DAILY, london(2026, 1, 5, 7, 59), london(2026, 1, 5, 8)),
        (ByMail.DAILY, london(2026, 1, 5, 8), london(2026, 1, 6, 8)),
        (ByMail.DAILY, london(2026, 3, 28, 9), datetime(2026, 3, 29, 7, tzinfo=UTC)),
        (ByMail.DAILY, london(2026, 10, 24, 9), datetime(2026, 10, 25, 8, tzinfo=UTC)),
        (ByMail.WEEKLY, london(2026, 1, 5, 7, 59), london(2026, 1, 5, 8)),  # a Monday
        (ByMail.WEEKLY, london(2026, 1, 5, 8), london(2026, 1, 12, 8)),
    ],
)
def test_digests_go_out_in_the_morning(how: ByMail, at: datetime, morning: datetime) -> None:
    assert next_digest(how, at) == morning
