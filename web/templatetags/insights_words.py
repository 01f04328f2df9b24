"""Words of the statistics, for templates."""

from django import template

from insights import findings
from insights.periods import Period

register = template.Library()


@register.filter
def period_in_words(period: Period) -> str:
    """Such as "October 2026"."""
    return findings.period_in_words(period)
