"""Counts of people as they may be shown: so that nobody can be found out from them.

Counts of 1 to 7 are not told apart, and larger ones are rounded to 5, each by itself from its true
value: no sum or difference of what is shown leads back to a small count.
"""

from django.utils.translation import gettext as _

#: Smaller counts of people, other than none, are not told apart.
FEWEST = 8
#: Others are given to the nearest of these.
STEP = 5


def rounded(people: int) -> int | None:
    """The count to the nearest 5, 0 for nobody, None for 1 to 7."""
    if 0 < people < FEWEST:
        return None
    return STEP * ((people + STEP // 2) // STEP)


def in_words(people: int) -> str:
    """Such as "nobody", "fewer than 8 people", "about 35 people"."""
    shown = rounded(people)
    if shown is None:
        return _("fewer than %(count)s people") % {"count": FEWEST}
    if not shown:
        return _("nobody")
    return _("about %(count)s people") % {"count": shown}
