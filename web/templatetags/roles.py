"""What is said about a role, for templates."""

from django import template

from opportunities.models import Opportunity
from web import role_words
from web.role_words import Odds

register = template.Library()


@register.filter
def odds(role: Opportunity) -> Odds:
    return role_words.odds(role)


@register.filter
def when(role: Opportunity) -> str:
    return role_words.when(role)


@register.filter
def where(role: Opportunity) -> str:
    return role_words.where(role)


@register.filter
def closes(role: Opportunity) -> str:
    return role_words.closes(role)
