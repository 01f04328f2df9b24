"""What happens by the clock.

Each entry states a fact once for each of its periods: two schedulers, or one that was started
twice, have one effect. What was missed while the service was down is stated as soon as it is up
again, for the latest period only. Periods are counted in UTC from 1970, where no hour is missing
and none comes twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from core.outbox import facts
from core.outbox.health import HEARTBEAT
from core.outbox.timing import TIMING

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of fact that is stated `every` so often, `at` this much after the period begins."""

    kind: str
    every: timedelta
    at: timedelta = timedelta(0)

    def period(self, now: datetime) -> int:
        """Give the number of the period that is running: the subject of its fact."""
        return (now - _BEGINNING - self.at) // self.every


HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

TIMETABLE: tuple[Entry, ...] = (
    Entry(HEARTBEAT, every=TIMING.heartbeat),
    # A role's last day ends at midnight in London: five past the hour in summer and winter.
    Entry("hour.closing", every=HOUR, at=timedelta(minutes=5)),
    # Places that nobody has asked for, to people on waiting lists.
    Entry("hour.waiting", every=HOUR, at=timedelta(minutes=25)),
    # Reminders of offers, and the end of those that nobody answered.
    Entry("offers.time", every=timedelta(minutes=10)),
    # Digests go out at eight in London: on the hour in summer and winter.
    Entry("hour.digests", every=HOUR),
    Entry("hour.catching_up", every=HOUR, at=timedelta(minutes=35)),
    # Groups read of who waits in the morning.
    Entry("day.answers", every=DAY, at=timedelta(hours=8)),
    # In the afternoon in London, summer and winter, of sessions on the next day.
    Entry("day.sessions", every=DAY, at=timedelta(hours=15)),
    Entry("night.ranking", every=DAY, at=timedelta(hours=2)),
    Entry("night.reconciliation", every=DAY, at=timedelta(hours=1)),
    # Each group once a quarter: those that are new come in on the day.
    Entry("day.limits", every=DAY, at=timedelta(hours=10)),
    # In the first night of each month, nothing in the others.
    Entry("night.counting", every=DAY, at=timedelta(hours=2)),
    Entry("night.answering", every=DAY, at=timedelta(hours=2)),
    Entry("day.searches", every=DAY, at=timedelta(hours=7)),
    Entry("night.search", every=DAY, at=timedelta(hours=3)),
    # The night to Sunday: 1970 began on a Thursday.
    Entry("week.learning", every=7 * DAY, at=timedelta(days=3, hours=3)),
    # Opens once a year, on the day on which it was first put.
    Entry("day.yearly_question", every=DAY, at=timedelta(hours=9)),
    # While people are awake in London, summer and winter.
    Entry("day.still_going", every=DAY, at=timedelta(hours=10)),
    Entry("night.tidying", every=DAY, at=timedelta(hours=4)),
    Entry("day.starters", every=DAY, at=timedelta(hours=9)),
    Entry("night.followed", every=DAY, at=timedelta(hours=4)),
    # After midnight in London, summer and winter: the figures of the day before are complete.
    Entry("night.figures", every=DAY, at=timedelta(hours=4)),
    # What lifting each limit of groups would bring, everybody placed anew a dozen times: in the
    # first night of each month.
    Entry("night.capacity", every=DAY, at=timedelta(hours=5)),
    # Does its work once a month, when the month before is closed.
    Entry("night.campaigns", every=DAY, at=timedelta(hours=5)),
    # Who waits for the same: worked out in the first night of each week, nothing in the others.
    Entry("night.segments", every=DAY, at=timedelta(hours=4, minutes=20)),
    Entry("night.role_plan", every=DAY, at=timedelta(hours=4, minutes=15)),
    Entry("night.parents", every=DAY, at=timedelta(hours=4)),
    # Postal addresses of people whom mail reaches again.
    Entry("night.ways_to_tell", every=DAY, at=timedelta(hours=4)),
)


def state_due(now: datetime, timetable: Sequence[Entry] = TIMETABLE) -> None:
    """State the fact of each entry's running period, unless that was done before."""
    with transaction.atomic():
        for entry in timetable:
            facts.state_once(entry.kind, entry.period(now))
