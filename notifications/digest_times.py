"""When digests go out: in the morning, London's, each day or each Monday."""

from datetime import UTC, datetime, time, timedelta

from core.clock import LONDON
from notifications.models.preference import ByMail

MORNING = time(8)
DAY = timedelta(days=1)
MONDAY = 0


def next_digest(how: ByMail, at: datetime) -> datetime:
    """Give the first morning after `at` on which a daily or weekly digest goes out."""
    day = at.astimezone(LONDON).date()
    while True:
        morning = datetime.combine(day, MORNING, LONDON).astimezone(UTC)
        if morning > at and (how != ByMail.WEEKLY or day.weekday() == MONDAY):
            return morning
        day += DAY
