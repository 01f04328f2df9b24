"""What templates of the statistics use."""

from typing import Any

from django import template

from insights.policies import can_steer
from web import statistics_pages
from web.statistics_pages import PageLink

register = template.Library()


@register.simple_tag(takes_context=True)
def statistics_links(context: dict[str, Any]) -> list[PageLink]:
    """The list of pages beside each page of the statistics."""
    return statistics_pages.links(context["request"])


@register.simple_tag(takes_context=True)
def may_steer(context: dict[str, Any]) -> bool:
    """Whether whoever is looking may write to groups and set targets."""
    return can_steer(context["request"].user)
