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
        touched |= Q(begin_minute__lt=last, end_minute__gt=first)
        # The span of next week, for a session that goes on past Sunday midnight.
        touched |= Q(end_minute__gt=first + _WEEK)
        if last > _WEEK:
            # Sunday evening lasts into the first hours of Monday.
            touched |= Q(begin_minute__lt=last - _WEEK)
    goes_on_next_week = Q(begin_minute__gt=end + Value(60)) | (
        # Less than an hour back, and soon after: the clock was set back in autumn.
        Q(begin_minute__gte=end) & Q(ends_at__gte=F("starts_at") + timedelta(hours=2))
    )
    return sessions.annotate(
        begin_minute=begin,
        end_minute=Case(
            When(goes_on_next_week, then=end + Value(_WEEK)),
            When(begin_minute__gte=end, then=begin + Value(1)),
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
