"""Hours as people say them."""

from django.utils.formats import number_format
from django.utils.translation import ngettext


def hours_in_words(minutes: int) -> str:
    """Give minutes as hours: "1 hour", "2.5 hours"."""
    hours = minutes / 60
    shown = number_format(hours, decimal_pos=None if hours % 1 else 0)
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if minutes == 60 else 2) % {
        "hours": shown
    }
