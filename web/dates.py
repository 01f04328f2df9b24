"""Dates and times as people say them."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.clock import LONDON, today


def day_in_words(day: date) -> str:
    """Give a date such as "3 March 2026"."""
    return date_format(day, "j F Y")


def near_day(day: date) -> str:
    """Give a date such as "Tuesday 3 March", with the year where it is not this one."""
    return date_format(day, "l j F" if day.year == today().year else "l j F Y")


def clock_time(moment: datetime) -> str:
    """Give a London time such as "6pm" or "6:30pm"."""
    local = moment.astimezone(LONDON)
    if (local.hour, local.minute) == (12, 0):
        return _("midday")
    if (local.hour, local.minute) == (0, 0):
        return _("midnight")
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minutes}{_('am') if local.hour < 12 else _('pm')}"


def moment_in_words(moment: datetime) -> str:
    """Give a moment such as "Tuesday 3 March, 6pm"."""
    day = near_day(moment.astimezone(LONDON).date())
    return _("%(day)s, %(time)s") % {"day": day, "time": clock_time(moment)}


def span_in_words(starts_at: datetime, ends_at: datetime) -> str:
    """Give a session such as "Tuesday 3 March, 6pm to 8pm"."""
    first, last = (moment.astimezone(LONDON) for moment in (starts_at, ends_at))
    end = clock_time(last) if first.date() == last.date() else moment_in_words(last)
    return _("%(start)s to %(end)s") % {"start": moment_in_words(first), "end": end}


def days_ago(moment: datetime) -> str:
    """Give how long ago a moment was: "today", "yesterday", "5 days ago"."""
    days = (today() - moment.astimezone(LONDON).date()).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return _("%(days)s days ago") % {"days": days}
