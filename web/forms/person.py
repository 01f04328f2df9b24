"""A person's name and phone number."""

from crispy_forms_gds.layout import Field, Fixed, Fluid, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from web.forms.base import PageForm


class PersonForm(PageForm):
    first_name = forms.CharField(
        label=_("First name"),
        help_text=_("Groups see this when you apply for a role."),
        max_length=80,
        error_messages={"required": _("Enter your first name.")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "spellcheck": "false"}),
    )
    last_name = forms.CharField(
        label=_("Last name (optional)"),
        help_text=_("Groups see this only when they give you a place."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=_("Phone number (optional)"),
        help_text=_("Groups see this only when they give you a place."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def layout(self) -> Layout:
        return Layout(
            Field.text("first_name", field_width=Fluid.TWO_THIRDS),
            Field.text("last_name", field_width=Fluid.TWO_THIRDS),
            Field.text("phone", field_width=Fixed.TWENTY),
        )

    @staticmethod
    def answers_of(user: User) -> dict[str, str]:
        """Give what is known of the person, by the form's fields."""
        return {name: getattr(user, name) for name in ("first_name", "last_name", "phone")}
