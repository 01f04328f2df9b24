"""The boxes of a week and of the causes, grouped as a page shows them."""

from collections.abc import Iterator
from typing import NamedTuple, cast

from django import template
from django.forms.boundfield import BoundField
from django.utils.dates import WEEKDAYS_ABBR

from core.models import Cause
from core.week import SLOTS, day_name, part_name
from web.forms.fields import CausesField

register = template.Library()


class Box(NamedTuple):
    """One box to tick: the id of the field itself for the first, so that errors can link to it."""

    id: str
    code: str
    words: str
    checked: bool


class Day(NamedTuple):
    name: str
    short: str
    boxes: list[Box]


class Heading(NamedTuple):
    """A cause of the first level, and those under it."""

    box: Box
    children: list[Box]

    @property
    def is_open(self) -> bool:
        """Whether one of the causes under it is chosen."""
        return any(child.checked for child in self.children)


@register.filter
def week_parts(field: BoundField) -> list[str]:
    """Give the names of the three parts of a day."""
    return [part_name(part) for part in range(3)]


@register.filter
def week_days(field: BoundField) -> Iterator[Day]:
    """Give the seven days of a `WeekField`, each with its three boxes."""
    chosen = field.value() or ()
    for day in range(7):
        yield Day(
            day_name(day),
            str(WEEKDAYS_ABBR[day]),
            [
                Box(
                    _id(field, slot.bit),
                    slot.code,
                    f"{day_name(day)} {part_name(slot.part).lower()}",
                    slot.code in chosen,
                )
                for slot in SLOTS
                if slot.day == day
            ],
        )


@register.filter
def cause_headings(field: BoundField) -> list[Heading]:
    """Give the causes of a `CausesField`: each heading with what lies under it."""
    chosen = field.value() or ()
    headings: dict[int | None, Heading] = {}
    for position, cause in enumerate(cast(list[Cause], cast(CausesField, field.field).items())):
        box = Box(_id(field, position), cause.code, cause.label, cause.code in chosen)
        if cause.parent_id is None:
            headings[cause.pk] = Heading(box, [])
        else:
            headings[cause.parent_id].children.append(box)
    return list(headings.values())


def _id(field: BoundField, position: int) -> str:
    return f"{field.auto_id}_{position}" if position else field.auto_id
