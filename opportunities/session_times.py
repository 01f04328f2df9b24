"""Which dated sessions fall into some slots of the week, asked of the database.

The answer is that of `core.week.mask_between`, to the minute: a session falls into a slot when some
of it lies there by the clock in London.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, ExtractMinute

from core.clock import LONDON
from core.week import PART_HOURS, SLOTS, Slot, slots_in
from opportunities.models import Session

_DAY = 24 * 60
_WEEK = 7 * _DAY


def in_slots(sessions: QuerySet[Session], mask: int) -> QuerySet[Session]:
    """Give those of `sessions` that touch a slot of `mask`."""
    begin, end = _minute_of_week("starts_at"), _minute_of_week("ends_at")
    touched = Q(ends_at__gte=F("starts_at") + timedelta(days=7)) if mask else Q(pk__in=[])
    for first, last in _spans(mask):
        for shift in (-_WEEK, 0, _WEEK):
            touched |= Q(begin_minute__lt=last + shift, end_minute__gt=first + shift)
            # A session without length to the minute still lies where it starts.
            touched |= Q(begin_minute__gte=first + shift, begin_minute__lt=last + shift)
    return sessions.annotate(
        begin_minute=begin,
        # Past Sunday midnight the end is counted on from the week of the start.
        end_minute=Case(
            When(ends_at__gt=F("starts_at"), begin_minute__gt=end, then=end + Value(_WEEK)),
            default=end,
            output_field=IntegerField(),
        ),
    ).filter(touched)


def _minute_of_week(field: str) -> Any:
    """The minute of London's week, 0 (Monday midnight) to 10,079, as an expression."""
    return (
        (ExtractIsoWeekDay(field, tzinfo=LONDON) - Value(1)) * Value(_DAY)
        + ExtractHour(field, tzinfo=LONDON) * Value(60)
        + ExtractMinute(field, tzinfo=LONDON)
    )


def _spans(mask: int) -> list[tuple[int, int]]:
    """The mask as spans of minutes of the week, slots that follow each other as one span."""
    spans: list[tuple[int, int]] = []
    for slot in slots_in(mask):
        first, last = _begins(slot.bit), _begins(slot.bit + 1)
        if spans and spans[-1][1] == first:
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return spans


def _begins(bit: int) -> int:
    """The minute of the week at which a slot begins; the one after the last is next Monday's."""
    week, place = divmod(bit, len(SLOTS))
    slot: Slot = SLOTS[place]
    return week * _WEEK + slot.day * _DAY + PART_HOURS[slot.part] * 60
