"""Fields for what forms here ask often: a week, causes, a list of words, a date, a yes or no."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.fields import DateInputField
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.models import Cause
from core.models.taxonomy import TaxonomyItem
from core.week import SLOTS, SLOTS_BY_CODE, day_name, mask_of, part_name, slots_in
from web.forms.plain_words import say_plainly

YES, NO = _("Yes"), _("No")


class WeekField(forms.MultipleChoiceField):
    """The week's 21 slots as boxes to tick; gives and takes a mask (`core.week`).

    Laid out with the template `components/fields/week.html`.
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(choices=_slot_choices, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return [slot.code for slot in slots_in(value)] if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        return mask_of(SLOTS_BY_CODE[code] for code in super().clean(value))


def _slot_choices() -> Iterator[tuple[str, str]]:
    for slot in SLOTS:
        yield slot.code, f"{day_name(slot.day)} {part_name(slot.part).lower()}"


class CodesField(forms.MultipleChoiceField):
    """Items of a list in the taxonomy as boxes to tick; gives and takes their codes.

    A form reads the list once, however often it is looked at.
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, kind: type[TaxonomyItem], **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        self.kind = kind
        super().__init__(**kwargs)
        self._read_once()

    def __deepcopy__(self, memo: dict[int, Any]) -> "CodesField":
        copied: CodesField = super().__deepcopy__(memo)
        copied._read_once()
        return copied

    def _read_once(self) -> None:
        self.items: Callable[[], list[TaxonomyItem]] = cache(
            lambda: list(self.kind._default_manager.all())
        )
        self.choices = lambda: [(item.code, item.label) for item in self.items()]


class CausesField(CodesField):
    """Causes of both levels. Laid out with the template `components/fields/causes.html`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Cause, **kwargs)


class DayField(DateInputField):
    """A date typed as day, month and year in three boxes; gives a date, or None for empty ones."""

    def __init__(self, *, birthday: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for code in ("required", "incomplete"):
            self.error_messages[code] = _("Enter the day, the month and the year.")
        for box, part in zip(self.widget.widgets, ("day", "month", "year"), strict=True):
            box.attrs["inputmode"] = "numeric"
            if birthday:
                box.attrs["autocomplete"] = f"bday-{part}"

    def clean(self, value: Any) -> date | None:
        parts = [str(part or "").strip() for part in value or ()]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if not all(parts):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        day, month, year = parts
        try:
            return date(int(year), int(month), int(day))
        except ValueError as error:
            raise ValidationError(
                _("This is not a date. Write it in numbers, for example 27 3 1981."),
                code="invalid",
            ) from error


class YesNoField(forms.TypedChoiceField):
    """A question that takes yes or no; gives a bool."""

    widget = forms.RadioSelect

    def __init__(self, *, yes: Any = YES, no: Any = NO, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Choose yes or no.")})
        choices = (Choice("yes", yes), Choice("no", no))
        super().__init__(
            choices=choices, coerce=lambda value: value == "yes", empty_value=None, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


class WholeNumberField(forms.IntegerField):
    """A whole number in a short box that brings up digits on a phone; None where it is empty."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})


class HoursField(forms.CharField):
    """Hours in a short box, such as 2, 2.5 or 2:30; gives minutes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("How many hours?"))
        kwargs.setdefault("help_text", _("In quarters of an hour, for example 2.5"))
        kwargs.setdefault("error_messages", {"required": _("Enter how many hours it was.")})
        super().__init__(max_length=10, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"
        say_plainly(self)  # it is asked outside of forms too

    def prepare_value(self, value: Any) -> Any:
        return f"{value / 60:.2f}".rstrip("0").rstrip(".") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            if ":" in typed:
                whole, _colon, part = typed.partition(":")
                return int(whole) * 60 + int(part)
            minutes = float(typed.replace(",", ".")) * 60
        except ValueError:
            minutes = -1.0
        if not 0 < minutes <= 24 * 60 or minutes % 1:
            raise ValidationError(
                _("Enter hours in quarters, up to 16, for example 2.5."), code="invalid"
            )
        return int(minutes)
