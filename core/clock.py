"""What time it is. Everything that needs the time asks here, so that tests can move it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The date on a London calendar, whatever time zone is active."""
    return now().astimezone(LONDON).date()
