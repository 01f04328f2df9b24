"""What is sent: kinds of fields that several nouns share."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.week import SLOTS_BY_CODE, mask_of, slots_in

#: Named in the schema as one kind.
SLOT_CODES = list(SLOTS_BY_CODE)


class Input(serializers.Serializer[Any]):
    """A body that has no fields but these: a misspelt name is an error and not ignored."""

    default_error_messages = {"unknown_field": _("There is no such field here.")}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := set(data) - set(self.fields)):
            sentence = self.error_messages["unknown_field"]
            raise serializers.ValidationError(
                {name: [sentence] for name in sorted(unknown)}, code="unknown_field"
            )
        return super().to_internal_value(data)


class Nothing(Input):
    """An empty body."""


@extend_schema_field(
    {
        "type": "array",
        "items": {"type": "string", "enum": SLOT_CODES},
        "uniqueItems": True,
    }
)
class WeekField(serializers.Field[Any, Any, Any, Any]):
    """Slots of the week: a mask of `core.week` inside, a list of codes outside."""

    default_error_messages = {
        "not_a_list": _("Send a list of slots."),
        "invalid_choice": _("Slots are called mon_morning, mon_afternoon … sun_evening."),
    }

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, list):
            self.fail("not_a_list")
        if not all(isinstance(code, str) and code in SLOTS_BY_CODE for code in data):
            self.fail("invalid_choice")
        return mask_of(SLOTS_BY_CODE[code] for code in data)

    def to_representation(self, value: int) -> list[str]:
        return [slot.code for slot in slots_in(value)]


class CodesField(serializers.ListField):
    """Codes of one list of the taxonomy; whether they are there, the domain checks."""

    child = serializers.SlugField(max_length=50)

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def to_representation(self, data: Any) -> list[str]:
        items: Iterable[Any] = data.all()
        return [item.code for item in items]


@extend_schema_field({"type": "number", "minimum": 0.25, "maximum": 16, "multipleOf": 0.25})
class HoursField(serializers.Field[Any, Any, Any, Any]):
    """Hours in quarters: minutes inside, a number such as 2.5 outside."""

    default_error_messages = {
        "invalid": _("Enter hours in quarters, up to 16, for example 2.5."),
    }

    def to_internal_value(self, data: Any) -> int:
        # Not even NaN and infinity, which JSON does not have, pass the comparison.
        if isinstance(data, bool) or not isinstance(data, int | float) or not 0 < data <= 24:
            self.fail("invalid")
        if (data * 60) % 1:
            self.fail("invalid")
        return int(data * 60)

    def to_representation(self, value: int) -> float:
        return value / 60


@extend_schema_field({"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9]$"})
class ClockField(serializers.TimeField):
    """A time on a London clock, such as 21:00: it has no zone, as the format `time` would need."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"], **kwargs)
