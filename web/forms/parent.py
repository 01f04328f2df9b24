"""Asking a parent or guardian, and their answer."""

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fluid, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms.base import PageForm

YES, NO = "yes", "no"


class AskParentForm(PageForm):
    name = forms.CharField(
        label=_("Your parent’s or guardian’s name"),
        max_length=120,
        error_messages={"required": _("Enter your parent’s or guardian’s name.")},
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Their email address"),
        help_text=_("We write to them about this only. Groups never see it."),
        error_messages={
            "required": _("Enter your parent’s or guardian’s email address."),
            "invalid": _("Enter an email address in the right form, like name@example.com."),
        },
        widget=forms.EmailInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )

    def layout(self) -> Layout:
        return Layout(*(Field.text(name, field_width=Fluid.TWO_THIRDS) for name in self.fields))


class ParentAnswerForm(PageForm):
    answer = forms.ChoiceField(
        label=_("Do you agree?"),
        choices=(Choice(YES, _("Yes, I agree")), Choice(NO, _("No, I do not agree"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    is_parent = forms.BooleanField(
        label=_("I am the parent or guardian"),
        required=False,
    )


class ParentTakesBackForm(PageForm):
    """Nothing to fill in: the button says it."""
