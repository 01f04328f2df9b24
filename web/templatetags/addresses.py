"""Addresses of the same page with other words, and the numbers of its pages."""

from collections.abc import Iterator

from django import template
from django.core.paginator import Paginator
from django.template.context import RequestContext

register = template.Library()


@register.simple_tag(takes_context=True)
def address_with(context: RequestContext, **words: object) -> str:
    """Give this page's query with `words` in place of what they were; None takes one out."""
    query = context["request"].GET.copy()
    for name, value in words.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def page_numbers(paginator: Paginator, number: int) -> Iterator[int | str]:
    """Give the numbers to link to around page `number`, with gaps for those left out."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
