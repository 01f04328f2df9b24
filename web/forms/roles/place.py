"""Where it is done."""

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fixed, Layout
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from opportunities.models import Opportunity
from web.forms.roles.base import RoleForm

AT_A_PLACE, FROM_HOME = "place", "home"


class PlaceForm(RoleForm):
    worked_out = ("from_home",)

    where = forms.ChoiceField(
        label=_("Where do people do it?"),
        choices=(
            Choice(AT_A_PLACE, _("At a place")),
            Choice(FROM_HOME, _("From home"), hint=_("By phone, by computer, or at their table.")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where people do it.")},
    )
    postcode = forms.CharField(
        label=_("Postcode of the place"),
        help_text=_("From it we work out how far it is for each person. Not needed from home."),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "spellcheck": "false"}),
    )
    place_name = forms.CharField(
        label=_("Name of the place (optional)"),
        help_text=_("As people here call it, such as “the hall behind the library”."),
        max_length=160,
        required=False,
    )
    access = forms.MultipleChoiceField(
        label=_("What does the place have? (optional)"),
        help_text=_("Tick what is there now. It tells people whether they can come."),
        choices=Opportunity.Access.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def layout(self) -> Layout:
        return Layout(
            "where", Field.text("postcode", field_width=Fixed.TEN), "place_name", "access"
        )

    @classmethod
    def answers_of(cls, role: Opportunity) -> dict[str, Any]:
        group = role.organisation
        return {
            "where": FROM_HOME if role.from_home else AT_A_PLACE,
            "postcode": role.postcode or group.postcode,
            "place_name": role.place_name,
            "access": role.access,
        }

    def clean(self) -> dict[str, Any]:
        super().clean()
        return with_postcode(self)

    def role_fields(self) -> dict[str, Any]:
        return with_place(super().role_fields())


def with_postcode(form: RoleForm) -> dict[str, Any]:
    """Ask for the postcode of what is done at a place; give the form's answers."""
    answers = form.cleaned_data
    if answers.get("where") == AT_A_PLACE and answers.get("postcode") == "":
        form.add_error("postcode", _now("Enter the postcode of the place, for example HA1 2XY."))
    return answers


def with_place(answers: dict[str, Any]) -> dict[str, Any]:
    """Give a form's answers with where it is done as the service takes it."""
    others = {name: value for name, value in answers.items() if name != "where"}
    if answers["where"] == FROM_HOME:
        return others | {"from_home": True, "postcode": "", "place_name": ""}
    return others | {"from_home": False}
