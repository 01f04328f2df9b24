"""Words of the statistics, for templates."""

from django import template

from insights import wording
from insights.periods import Period

register = template.Library()


@register.filter
def period_in_words(period: Period) -> str:
    """Such as "October 2026"."""
    return wording.period_in_words(period)


@register.filter
def sources_in_words(source: str) -> str:
    """Such as "Volunteers and applications"."""
    return wording.sources_in_words(source)
