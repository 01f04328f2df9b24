"""Dates, times and distances in words, for templates."""

from datetime import date, datetime, time

from django import template
from django.utils.translation import gettext as _

from core.clock import LONDON
from matching.wording import miles_away, usual_answer_time
from opportunities.models import Session
from placements.occasions import Occasion
from placements.wording import hours_in_words
from web import dates, occasion_words

register = template.Library()


@register.filter
def day_in_words(day: date) -> str:
    return dates.day_in_words(day)


@register.filter
def near_day(day: date) -> str:
    return dates.near_day(day)


@register.filter
def moment_in_words(moment: datetime) -> str:
    return dates.moment_in_words(moment)


@register.filter
def month_and_year(day: date) -> str:
    return dates.month_and_year(day)


@register.filter
def moment_day(moment: datetime) -> str:
    """Give the London day of a moment such as "Tuesday 3 March"."""
    return dates.near_day(moment.astimezone(LONDON).date())


@register.filter
def clock_time(moment: datetime) -> str:
    return dates.clock_time(moment)


@register.filter
def time_in_words(local: time) -> str:
    return dates.time_in_words(local)


@register.filter
def days_ago(moment: datetime) -> str:
    return dates.days_ago(moment)


@register.filter
def distance_in_words(kilometres: object, travel_mode: str = "") -> str:
    """Say how far; '' where it is not known, or where nothing was measured."""
    if not isinstance(kilometres, int | float):
        return ""
    return miles_away(kilometres, travel_mode)


@register.filter
def usual_answer(days: float) -> str:
    return usual_answer_time(days)


@register.filter
def span_in_words(session: Session) -> str:
    return dates.span_in_words(session.starts_at, session.ends_at)


@register.filter
def hours(minutes: int) -> str:
    return hours_in_words(minutes)


@register.filter
def occasion(of: Occasion) -> str:
    return occasion_words.words(of)


@register.filter
def share_in_words(share: float) -> str:
    """Say how much of a part there is, `share` from 0 to 1, without a number."""
    if share >= 0.75:
        return _("very well")
    if share >= 0.5:
        return _("well")
    if share >= 0.25:
        return _("partly")
    return _("a little") if share > 0 else _("not so far")
