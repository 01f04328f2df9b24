"""What keeps a group from taking more people."""

from typing import Any

from crispy_forms_gds.layout import Field, Fixed, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from opportunities.models import CapacityLimit
from web.forms.base import PageForm
from web.forms.fields import WholeNumberField


class LimitChangeForm(PageForm):
    """What it would cost to lift, how many people it would let in, and in words."""

    cost_pounds = WholeNumberField(
        label=_("About how much would it cost a year to change that? (optional)"),
        help_text=_("In pounds, for example 300. A guess helps: it shows what should be paid for."),
        required=False,
        min_value=0,
        max_value=1_000_000,
    )
    more_people = WholeNumberField(
        label=_("How many more people could you take then? (optional)"),
        help_text=_("A guess helps. We add it up over all groups."),
        required=False,
        min_value=1,
        max_value=500,
        error_messages={
            "min_value": _("Enter a number from 1 to 500, or leave it empty."),
            "max_value": _("Enter a number from 1 to 500, or leave it empty."),
        },
    )
    words = forms.CharField(
        label=_("Is there more to say? (optional)"),
        help_text=_("The volunteer centre reads it. Leave out people’s names."),
        required=False,
        max_length=500,
        widget=forms.Textarea,
    )
    words_may_be_shown = forms.BooleanField(
        label=_("People who decide on money may read these words, without our name"), required=False
    )

    def layout(self) -> Layout:
        return Layout(
            Field.text("cost_pounds", field_width=Fixed.FIVE),
            Field.text("more_people", field_width=Fixed.THREE),
            Field.textarea("words", rows=3),
            "words_may_be_shown",
        )


class LimitForm(LimitChangeForm):
    """The reason as well."""

    reason = forms.ChoiceField(
        label=_("What keeps you from taking more people?"),
        help_text=_("Choose the main one. You can add another afterwards."),
        choices=CapacityLimit.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what keeps you from it, or skip this.")},
    )

    def layout(self) -> Layout:
        return Layout("reason", *super().layout().fields)

    def answers(self) -> dict[str, Any]:
        """What `opportunities.services.limits.say` takes."""
        return dict(self.cleaned_data)
