"""Where you can help, and how you get there."""

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fixed, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from volunteers.models import Volunteer
from web.forms.profile.base import QuestionForm, asked

IN_PERSON, FROM_HOME = "in_person", "from_home"
MILES = (1, 2, 3, 5, 10)


class PostcodeForm(QuestionForm):
    asks = "postcode"

    postcode = forms.CharField(
        label=_("Your postcode"),
        help_text=_(
            "To work out how far it is to each role. The first half, such as HA1, will do. "
            "Groups do not see it."
        ),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "spellcheck": "false"}),
    )

    def layout(self) -> Layout:
        return Layout(asked(Field.text("postcode", field_width=Fixed.TEN)))


class WaysForm(QuestionForm):
    """In person, from home, or both."""

    asks = "ways"

    ways = forms.MultipleChoiceField(
        label=_("How do you want to help?"),
        help_text=_("Tick all that suit you."),
        choices=(
            Choice(IN_PERSON, _("In person")),
            Choice(
                FROM_HOME,
                _("From home"),
                hint=_("By phone or online, or with something you make or write."),
            ),
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose in person, from home, or both.")},
    )

    @classmethod
    def answers_of(cls, volunteer: Volunteer) -> dict[str, Any]:
        ways = {IN_PERSON: volunteer.helps_in_person, FROM_HOME: volunteer.helps_from_home}
        return {"ways": [way for way, suits in ways.items() if suits]}

    def profile_fields(self) -> dict[str, Any]:
        ways = self.cleaned_data["ways"]
        return {"helps_in_person": IN_PERSON in ways, "helps_from_home": FROM_HOME in ways}


class DistanceForm(QuestionForm):
    asks = "travel_miles"

    travel_miles = forms.TypedChoiceField(
        label=_("How far would you travel?"),
        choices=(
            *((str(miles), _("Up to %s miles") % miles) for miles in MILES),
            ("any", _("Any distance")),
        ),
        coerce=lambda value: None if value == "any" else int(value),
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far you would travel.")},
    )

    @classmethod
    def answers_of(cls, volunteer: Volunteer) -> dict[str, Any]:
        miles = volunteer.travel_miles
        return {"travel_miles": "any" if miles is None else str(miles)}


class TravelForm(QuestionForm):
    asks = "travel_mode"

    travel_mode = forms.ChoiceField(
        label=_("How do you get about?"),
        choices=Volunteer.TravelMode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you get about.")},
    )
