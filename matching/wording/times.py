"""Times of a week inside a sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.week import describe, slots_in

#: Times that take longer to say are counted.
_LONGEST = 60
_PARTS_OF_A_DAY = 3


def free(mask: int) -> str:
    """What follows "You": "are free on Saturday mornings", "are free any time at weekends"."""
    times = describe(mask)
    if len(times) > _LONGEST:
        count = len(slots_in(mask))
        return ngettext(
            "are free at %(count)s of its times", "are free at %(count)s of its times", count
        ) % {"count": count}
    if _has_whole_days(mask) or _is_every_day(mask):
        return _("are free %(times)s") % {"times": times}
    return _("are free on %(times)s") % {"times": times}


def free_about(mask: int) -> str:
    """A sentence about somebody: "Free Saturday mornings."."""
    times = describe(mask)
    if len(times) > _LONGEST:
        count = len(slots_in(mask))
        return ngettext(
            "Free at %(count)s of its times.", "Free at %(count)s of its times.", count
        ) % {"count": count}
    return _("Free %(times)s.") % {"times": times}


def _has_whole_days(mask: int) -> bool:
    days = [slot.day for slot in slots_in(mask)]
    return any(days.count(day) == _PARTS_OF_A_DAY for day in range(7))


def _is_every_day(mask: int) -> bool:
    return {slot.day for slot in slots_in(mask)} == set(range(7))
