"""When you are free, how often, for how long, and from when."""

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fixed, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from volunteers.models import Volunteer
from web.forms.fields import DayField, WeekField, WholeNumberField
from web.forms.profile.base import QuestionForm, asked

REGULAR, ONE_OFF = "regular", "one_off"


class TimeForm(QuestionForm):
    asks = "availability"

    availability = WeekField(
        label=_("When are you usually free?"),
        help_text=_("Leave it empty if it changes from week to week."),
    )

    def layout(self) -> Layout:
        return Layout(asked(Field("availability", template="components/fields/week.html")))


class OftenForm(QuestionForm):
    """Regularly, once in a while, or both."""

    asks = "kinds"

    kinds = forms.MultipleChoiceField(
        label=_("How often would you like to help?"),
        choices=(
            Choice(REGULAR, _("Regularly"), hint=_("For example every week or every month.")),
            Choice(ONE_OFF, _("Once in a while"), hint=_("For a day, or for an event.")),
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose regularly, once in a while, or both.")},
    )

    @classmethod
    def answers_of(cls, volunteer: Volunteer) -> dict[str, Any]:
        kinds = {REGULAR: volunteer.open_to_regular, ONE_OFF: volunteer.open_to_one_off}
        return {"kinds": [kind for kind, suits in kinds.items() if suits]}

    def profile_fields(self) -> dict[str, Any]:
        kinds = self.cleaned_data["kinds"]
        return {"open_to_regular": REGULAR in kinds, "open_to_one_off": ONE_OFF in kinds}


class HoursForm(QuestionForm):
    asks = "hours_a_week"

    hours_a_week = WholeNumberField(
        label=_("About how many hours a week? (optional)"), required=False
    )

    def layout(self) -> Layout:
        return Layout(asked(Field.text("hours_a_week", field_width=Fixed.THREE)))


class StartForm(QuestionForm):
    asks = "can_start_from"

    can_start_from = DayField(
        label=_("I can start from (optional)"),
        help_text=_(
            "For example 1 9 2027, if you are busy until then. We do not suggest you to groups or "
            "write to you about roles before that day. You can still look and ask."
        ),
        required=False,
    )
