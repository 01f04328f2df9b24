"""What is said about waiting lists, for templates."""

from django import template

from web import waiting_words

register = template.Library()


@register.filter
def people_waiting(number: int) -> str:
    return waiting_words.people_waiting(number)
