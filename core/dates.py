"""Days and times as people say them, in London."""

from datetime import date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.clock import LONDON, today
from core.week import day_name


def near_day(day: date) -> str:
    """Give a date such as "Tuesday 3 March", with the year where it is not this one."""
    return weekday_and_day(day) if day.year == today().year else f"{weekday_and_day(day)} {day:%Y}"


def weekday_and_day(day: date) -> str:
    """Give a date such as "Tuesday 3 March"."""
    return _("%(weekday)s %(day)s %(month)s") % {
        "weekday": day_name(day.weekday()),
        "day": day.day,
        "month": month_of_a_date(day.month),
    }


def full_day(day: date) -> str:
    """Give a date such as "3 March 2026"."""
    return _("%(day)s %(month)s %(year)s") % {
        "day": day.day,
        "month": month_of_a_date(day.month),
        "year": day.year,
    }


def month_of_a_date(month: int) -> str:
    """Give the name of a month (1 to 12) as it stands in a date: "3 marca", not "marzec".

    Django's own names lack Gujarati.
    """
    return (
        pgettext("month in a date", "January"),
        pgettext("month in a date", "February"),
        pgettext("month in a date", "March"),
        pgettext("month in a date", "April"),
        pgettext("month in a date", "May"),
        pgettext("month in a date", "June"),
        pgettext("month in a date", "July"),
        pgettext("month in a date", "August"),
        pgettext("month in a date", "September"),
        pgettext("month in a date", "October"),
        pgettext("month in a date", "November"),
        pgettext("month in a date", "December"),
    )[month - 1]


def month_and_year(day: date) -> str:
    """Give the month of a day such as "March 2026"."""
    names = (
        pgettext("month alone", "January"),
        pgettext("month alone", "February"),
        pgettext("month alone", "March"),
        pgettext("month alone", "April"),
        pgettext("month alone", "May"),
        pgettext("month alone", "June"),
        pgettext("month alone", "July"),
        pgettext("month alone", "August"),
        pgettext("month alone", "September"),
        pgettext("month alone", "October"),
        pgettext("month alone", "November"),
        pgettext("month alone", "December"),
    )
    return _("%(month)s %(year)s") % {"month": names[day.month - 1], "year": day.year}


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


def span_in_words(starts_at: datetime, ends_at: datetime) -> str:
    """Give a session such as "Tuesday 3 March, 6pm to 8pm"."""
    first, last = (moment.astimezone(LONDON) for moment in (starts_at, ends_at))
    end = clock_time(last) if first.date() == last.date() else moment_in_words(last)
    return _("%(start)s to %(end)s") % {"start": moment_in_words(first), "end": end}
