"""Asking for a role, and withdrawing."""

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from placements.models import VOLUNTEER_REASONS
from placements.services.applications import MESSAGE_LENGTH
from web.forms.base import PageForm


class ApplyForm(PageForm):
    message = forms.CharField(
        label=_("A few words to the group (optional)"),
        help_text=_(
            "For example why you would like to do this, and when you could start. "
            "Two sentences are plenty."
        ),
        required=False,
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea,
    )

    def layout(self) -> Layout:
        return Layout(
            Field.textarea("message", rows=5, max_characters=MESSAGE_LENGTH, threshold=75)
        )


class WithdrawForm(PageForm):
    reason = forms.ChoiceField(
        label=_("Why? (optional)"),
        help_text=_("The group sees this. It helps them and us."),
        choices=[(reason.value, reason.label) for reason in VOLUNTEER_REASONS],
        widget=forms.RadioSelect,
        required=False,
    )
