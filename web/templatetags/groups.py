"""Links to groups that somebody named, and where they are, for templates."""

from django import template

from core.places.wards import ward_name
from opportunities.links import group_token
from opportunities.models import Organisation

register = template.Library()


@register.filter
def ask_token(group: Organisation) -> str:
    return group_token(group.pk)


@register.filter
def ward_in_words(code: str) -> str:
    return ward_name(code)
