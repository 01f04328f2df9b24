"""Quiet hours: the part of the day in which nobody is mailed or texted what can wait.

Hours are London's, summer and winter. Each day's are taken as two moments, so that a night in which
the clocks change is as long as it is.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.conf import settings

from core.clock import LONDON

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """Quiet from `starts` to `ends` on a London clock, over midnight too; none where they equal."""

    starts: time
    ends: time

    def end_after(self, at: datetime) -> datetime | None:
        """Give when the quiet hours that hold at `at` are over; None where none do."""
        if self.starts == self.ends:
            return None
        today = at.astimezone(LONDON).date()
        for first in (today - DAY, today):
            last = first if self.starts < self.ends else first + DAY
            start = datetime.combine(first, self.starts, LONDON).astimezone(UTC)
            end = datetime.combine(last, self.ends, LONDON).astimezone(UTC)
            if start <= at < end:
                return end
        return None


def usual_hours() -> Hours:
    """Give the quiet hours of everybody who chose none: `settings.QUIET_HOURS`."""
    starts, __, ends = settings.QUIET_HOURS.partition("-")
    return Hours(time.fromisoformat(starts or "00:00"), time.fromisoformat(ends or "00:00"))
