"""What keeps a role from somebody, or somebody from a role, for templates."""

from django import template

from matching.models import Impression
from web import where_to_change as questions

register = template.Library()


@register.simple_tag
def hiding_reasons() -> list[tuple[str, str]]:
    """Give codes and words."""
    return [(reason.value, str(reason.label)) for reason in Impression.Reason]


@register.filter
def where_to_change(code: str) -> str:
    """Give the address of the question behind a rule, '' where the person cannot change it."""
    return questions.where_to_change(code)
