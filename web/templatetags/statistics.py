"""What templates of the statistics use."""

from typing import Any

from django import template

from insights.policies import can_steer
from web import statistics_pages
from web.statistics_pages import PageLink
from web.views.insights import narrowed

register = template.Library()


@register.simple_tag(takes_context=True)
def statistics_links(context: dict[str, Any]) -> list[PageLink]:
    """The list of pages beside each page of the statistics."""
    return statistics_pages.links(context["request"])


@register.simple_tag(takes_context=True)
def kept_choice(context: dict[str, Any]) -> str:
    """The period and the ward of this page, as the end of the address of another."""
    return statistics_pages.kept_choice(context["request"])


@register.simple_tag(takes_context=True)
def left_aside(context: dict[str, Any]) -> str:
    """Why this page is not narrowed to what its address names; '' where it is."""
    return narrowed.left_aside(context["request"])


@register.simple_tag(takes_context=True)
def may_steer(context: dict[str, Any]) -> bool:
    """Whether whoever is looking may write to groups and set targets."""
    return can_steer(context["request"].user)
