from datetime import UTC, date, datetime, timedelta

import time_machine

from core import clock


def test_now_is_aware_and_in_utc():
    with time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 7, 1, 12, tzinfo=UTC)
        assert clock.now().utcoffset() == timedelta(0)


def test_today_is_the_date_in_london_when_utc_has_another():
    with time_machine.travel(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)
    with time_machine.travel(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 12, 31)
