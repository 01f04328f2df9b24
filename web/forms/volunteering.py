"""Hours and check-in."""

from datetime import date
from typing import Any, cast

from crispy_forms_gds.layout import Field, Fixed, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from placements.models import Application
from placements.services.hours import QUESTION_LENGTH, WHAT_LENGTH
from web.forms.base import PageForm
from web.forms.fields import DayField, HoursField


class HoursForm(PageForm):
    """One day's hours in a role that is known."""

    day = DayField(
        label=_("Which day was it?"),
        help_text=_("For example, 27 3 2027"),
    )
    hours = HoursField()
    what = forms.CharField(
        label=_("What did you do? (optional)"), max_length=WHAT_LENGTH, required=False
    )

    def layout(self) -> Layout:
        return Layout("day", Field.text("hours", field_width=Fixed.FIVE), "what")


class OwnHoursForm(HoursForm):
    """One day's hours, in one of a person's roles."""

    role = forms.ChoiceField(
        label=_("In which role?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )

    def __init__(self, *args: Any, places: list[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {str(place.pk): place for place in places}
        field = cast(forms.ChoiceField, self.fields["role"])
        field.choices = [(pk, place.opportunity.title) for pk, place in self._places.items()]
        if len(places) == 1:
            self.initial.setdefault("role", str(places[0].pk))

    @property
    def place(self) -> Application:
        """The place that was chosen."""
        return self._places[self.cleaned_data["role"]]

    def layout(self) -> Layout:
        return Layout("role", *super().layout().fields)


class TheirHoursForm(HoursForm):
    """One day's hours that a group writes down for somebody."""

    what = forms.CharField(
        label=_("What did they do? (optional)"), max_length=WHAT_LENGTH, required=False
    )


class AboutHoursForm(PageForm):
    """What somebody asks about hours."""

    words = forms.CharField(
        label=_("What do you want to ask?"),
        help_text=_("They read your words in a message from us."),
        max_length=QUESTION_LENGTH,
        widget=forms.Textarea,
        error_messages={"required": _("Write what you want to ask.")},
    )

    def layout(self) -> Layout:
        return Layout(Field.textarea("words", rows=4, max_characters=QUESTION_LENGTH, threshold=75))


class CodeForm(PageForm):
    """The code that a group shows."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("Six letters and numbers. The group shows it where you are."),
        max_length=20,
        error_messages={"required": _("Enter the code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def layout(self) -> Layout:
        return Layout(Field.text("code", field_width=Fixed.TEN))


def day_from(text: str) -> date | None:
    """Give the day that an address names, None where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
