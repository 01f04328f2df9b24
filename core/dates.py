"""Days and times as people say them, in London."""

from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.clock import LONDON, today


def near_day(day: date) -> str:
    """Give a date such as "Tuesday 3 March", with the year where it is not this one."""
    return date_format(day, "l j F" if day.year == today().year else "l j F Y")


def clock_time(moment: datetime) -> str:
    """Give a London time such as "6pm" or "6:30pm"."""
    return time_in_words(moment.astimezone(LONDON).time())


def time_in_words(local: time) -> str:
    """Give a time of day such as "6pm" or "6:30pm"."""
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
