"""A link that is useful to people who wait."""

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from placements.models import UsefulLink
from web.forms.base import PageForm


class UsefulLinkForm(PageForm):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=UsefulLink.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is.")},
    )
    title = forms.CharField(
        label=_("What is it called?"),
        max_length=120,
        error_messages={"required": _("Enter what it is called.")},
    )
    about = forms.CharField(
        label=_("What is it, in a sentence? (optional)"), max_length=300, required=False
    )
    address = forms.URLField(
        label=_("Its address on the web"),
        help_text=_("For example https://www.example.org/courses"),
        max_length=500,
        assume_scheme="https",
        error_messages={
            "required": _("Enter its address."),
            "invalid": _("Enter an address such as https://www.example.org"),
        },
    )

    def layout(self) -> Layout:
        return Layout("kind", "title", "about", Field.text("address", spellcheck="false"))


class UsefulLinkChangeForm(UsefulLinkForm):
    is_shown = forms.BooleanField(label=_("People can see it"), required=False)

    def layout(self) -> Layout:
        return Layout(*super().layout().fields, "is_shown")
