"""What a figure should be."""

from datetime import date
from typing import Any

from crispy_forms_gds.layout import Field, Fixed, Layout
from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.clock import today
from insights.measures import MEASURES
from insights.models.target import NOTE_LENGTH
from insights.periods import Period
from web.forms.base import PageForm

#: Months that a target can begin or end with: this one, and so many ahead.
_AHEAD = 36


class TargetForm(PageForm):
    """Which figure, what it should be, from when and until when."""

    measure = forms.ChoiceField(
        label=_("Which figure?"),
        choices=lambda: [("", _("Choose a figure")), *_measures()],
        error_messages={"required": _("Choose a figure.")},
    )
    value = forms.FloatField(
        label=_("What should it be?"),
        help_text=_("A number as the page of this figure shows it. Of a share, in per cent."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "required": _("Enter a number."),
            "invalid": _("Enter a number in digits, for example 45."),
        },
    )
    begins = forms.ChoiceField(
        label=_("From which month?"),
        help_text=_("This month or a later one: a target is for a day to come."),
        choices=lambda: list(_months()),
        initial=lambda: Period.month_of(today()).code,
    )
    ends = forms.ChoiceField(
        label=_("Until which month? (optional)"),
        choices=lambda: [("", _("Until somebody sets another")), *_months()],
        required=False,
    )
    note = forms.CharField(
        label=_("Why this number? (optional)"),
        help_text=_("Whoever reads the target later will want to know. Leave out people’s names."),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea,
    )

    def layout(self) -> Layout:
        return Layout(
            "measure",
            Field.text("value", field_width=Fixed.FIVE),
            "begins",
            "ends",
            Field.textarea("note", rows=2),
        )

    def answers(self) -> dict[str, Any]:
        """What `insights.services.targets.set_target` takes."""
        said = self.cleaned_data
        return said | {"begins": _day(said["begins"]), "ends": _day(said["ends"])}


def _measures() -> list[tuple[str, Any]]:
    return [(measure.code, measure.title) for measure in MEASURES]


def _months() -> list[tuple[str, str]]:
    month = Period.month_of(today())
    found = []
    for __ in range(_AHEAD + 1):
        found.append((month.code, date_format(month.first, "F Y")))
        month = Period(month.end)
    return found


def _day(code: str) -> date | None:
    return Period.of_code(code).first if code else None
