"""The week in 21 slots: seven days, Monday first, each with a morning, an afternoon, an evening.

A set of slots is kept as one integer (the mask): bit `day * 3 + part` is set when the slot is in.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils.text import get_text_list
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.clock import LONDON

DAY_CODES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PART_CODES = ("morning", "afternoon", "evening")
#: The hour at which each part begins. The evening lasts until the next morning.
PART_HOURS = (5, 12, 17)


class Slot(NamedTuple):
    """One slot: `day` 0 (Monday) to 6 (Sunday), `part` 0 (morning) to 2 (evening)."""

    day: int
    part: int

    @property
    def bit(self) -> int:
        """The slot's place in a mask, 0 to 20."""
        return self.day * 3 + self.part

    @property
    def code(self) -> str:
        """A stable name for forms and data, such as `sat_morning`."""
        return f"{DAY_CODES[self.day]}_{PART_CODES[self.part]}"


SLOTS: tuple[Slot, ...] = tuple(Slot(day, part) for day in range(7) for part in range(3))
SLOTS_BY_CODE: dict[str, Slot] = {slot.code: slot for slot in SLOTS}
ALL_SLOTS: int = (1 << len(SLOTS)) - 1

_WEEKDAYS = frozenset(range(5))
_WEEKEND = frozenset({5, 6})
_EVERY_DAY = frozenset(range(7))
_EVERY_PART = frozenset(range(3))
#: Some days, and the parts that are in on each of them.
_Block = tuple[frozenset[int], frozenset[int]]


def slots_in(mask: int) -> tuple[Slot, ...]:
    """The slots of a mask, Monday morning first. Raises ValueError if it is not a mask."""
    if not 0 <= mask <= ALL_SLOTS:
        raise ValueError(f"a week's mask lies between 0 and {ALL_SLOTS}, not {mask}")
    return tuple(slot for slot in SLOTS if mask >> slot.bit & 1)


def mask_of(slots: Iterable[Slot]) -> int:
    """The mask that holds these slots; the opposite of `slots_in`."""
    mask = 0
    for slot in slots:
        mask |= 1 << slot.bit
    return mask


def mask_between(starts_at: datetime, ends_at: datetime) -> int:
    """The slots that a session touches, by the clock in London; times must be aware.

    One that ends as a part begins does not touch that part. Raises ValueError if it ends before
    it starts.
    """
    start, end = starts_at.astimezone(LONDON), ends_at.astimezone(LONDON)
    # By London's clock alone, an end in the hour that autumn repeats may lie before its start.
    if ends_at.astimezone(UTC) < starts_at.astimezone(UTC):
        raise ValueError("a session cannot end before it starts")
    if end - start >= timedelta(days=7):
        return ALL_SLOTS
    mask = 1 << _slot_at(start).bit
    day = start.date() - timedelta(days=1)
    while day <= end.date():
        for part, hour in enumerate(PART_HOURS):
            begins = datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)
            if start < begins < end:
                mask |= 1 << Slot(day.weekday(), part).bit
        day += timedelta(days=1)
    return mask


def describe(mask: int) -> str:
    """The mask in plain words, such as "weekday evenings and Saturday mornings".

    Nothing is left out or added; the shorter of two ways to say it is taken. An empty mask gives
    '', since what it means (not said, flexible) is for the page to say. Raises ValueError if it is
    not a mask.
    """
    # A list of roles says the same few masks again and again, each a hundred translated words.
    return _described(mask, get_language())


@lru_cache(maxsize=4096)
def _described(mask: int, _language: str | None) -> str:
    if mask == ALL_SLOTS:
        return _("any time")
    by_day, by_part = _blocks_by_day(mask), _blocks_by_part(mask)
    return min((_sentence(by_day), _sentence(by_part)), key=len)


def day_name(day: int) -> str:
    """The day's translated name; 0 is Monday."""
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )[day]


def part_name(part: int) -> str:
    """The translated name of a part of the day; 0 is the morning."""
    return (_("Morning"), _("Afternoon"), _("Evening"))[part]


def _slot_at(moment: datetime) -> Slot:
    """The slot that a moment of London's clock lies in; before 5 in the morning it is the night."""
    day = moment.weekday()
    if moment.hour < PART_HOURS[0]:
        return Slot((day - 1) % 7, 2)
    return Slot(day, sum(moment.hour >= hour for hour in PART_HOURS) - 1)


def _blocks_by_day(mask: int) -> list[_Block]:
    """The mask cut into blocks: days that have the same parts go together."""
    days_of: dict[frozenset[int], set[int]] = {}
    slots = slots_in(mask)
    for day in range(7):
        parts = frozenset(slot.part for slot in slots if slot.day == day)
        if parts:
            days_of.setdefault(parts, set()).add(day)
    return [(frozenset(days), parts) for parts, days in days_of.items()]


def _blocks_by_part(mask: int) -> list[_Block]:
    """The mask cut into blocks: parts that lie on the same days go together."""
    parts_of: dict[frozenset[int], set[int]] = {}
    slots = slots_in(mask)
    for part in range(3):
        days = frozenset(slot.day for slot in slots if slot.part == part)
        if days:
            parts_of.setdefault(days, set()).add(part)
    return [(days, frozenset(parts)) for days, parts in parts_of.items()]


def _sentence(blocks: list[_Block]) -> str:
    phrases = [_phrase(days, parts) for days, parts in blocks]
    inner_and = f" {_('and')} "
    if len(phrases) > 1 and any(inner_and in phrase for phrase in phrases):
        # "weekday mornings and afternoons, and Saturday mornings"
        return _("%(first)s, and %(last)s") % {
            "first": ", ".join(phrases[:-1]),
            "last": phrases[-1],
        }
    return get_text_list(phrases, _("and"))


def _phrase(days: frozenset[int], parts: frozenset[int]) -> str:
    if parts == _EVERY_PART:
        if days == _WEEKEND:
            return _("any time at weekends")
        return _("any time on %(days)s") % {"days": _days_plural(days)}
    part_words = get_text_list([_parts_plural()[part] for part in sorted(parts)], _("and"))
    if days == _EVERY_DAY:
        return _("%(parts)s all week") % {"parts": part_words}
    return pgettext("Saturday mornings", "%(days)s %(parts)s") % {
        "days": _days_before_parts(days),
        "parts": part_words,
    }


def _parts_plural() -> tuple[str, str, str]:
    return _("mornings"), _("afternoons"), _("evenings")


def _days_plural(days: frozenset[int]) -> str:
    if days == _WEEKDAYS:
        return _("weekdays")
    names = (
        _("Mondays"),
        _("Tuesdays"),
        _("Wednesdays"),
        _("Thursdays"),
        _("Fridays"),
        _("Saturdays"),
        _("Sundays"),
    )
    return _listed(days, names)


def _days_before_parts(days: frozenset[int]) -> str:
    if days == _WEEKDAYS:
        return pgettext("before mornings", "weekday")
    if days == _WEEKEND:
        return pgettext("before mornings", "weekend")
    return _listed(days, tuple(day_name(day) for day in range(7)))


def _listed(days: frozenset[int], names: tuple[str, ...]) -> str:
    """The days' names in a row, three or more that follow each other as "Monday to Thursday"."""
    first, last = min(days), max(days)
    if len(days) >= 3 and last - first + 1 == len(days):
        return _("%(first)s to %(last)s") % {"first": names[first], "last": names[last]}
    return get_text_list([names[day] for day in sorted(days)], _("and"))
