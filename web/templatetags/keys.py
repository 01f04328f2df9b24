"""What people copy by hand, in pieces that the eye can hold."""

from django import template

register = template.Library()

_LETTERS_AT_A_TIME = 4


@register.filter
def in_fours(key: str) -> list[str]:
    """Give a key in pieces of four letters; the last may be shorter."""
    return [
        key[first : first + _LETTERS_AT_A_TIME] for first in range(0, len(key), _LETTERS_AT_A_TIME)
    ]
