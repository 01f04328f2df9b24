"""How a group answers, and when a role pauses, for templates."""

from django import template

from opportunities.models import Organisation
from web import answering_words

register = template.Library()


@register.simple_tag
def pause_rule() -> str:
    return answering_words.pause_rule()


@register.filter
def answering_record(group: Organisation) -> str:
    return answering_words.record(group)
