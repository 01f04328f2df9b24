"""Dates and times as people say them."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from core.clock import LONDON, today
from core.dates import (
    clock_time,
    full_day,
    moment_in_words,
    month_and_year,
    near_day,
    span_in_words,
    time_in_words,
)

__all__ = [
    "clock_time",
    "day_in_words",
    "days_ago",
    "moment_in_words",
    "month_and_year",
    "near_day",
    "span_in_words",
    "time_in_words",
]


def day_in_words(day: date) -> str:
    """Give a date such as "3 March 2026"."""
    return full_day(day)


def days_ago(moment: datetime) -> str:
    """Give how long ago a moment was: "today", "yesterday", "5 days ago"."""
    days = (today() - moment.astimezone(LONDON).date()).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return _("%(days)s days ago") % {"days": days}
