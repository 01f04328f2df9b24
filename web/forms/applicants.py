"""A group's answers to people who asked for a role."""

from typing import Any

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from placements.models import GROUP_REASONS, Application
from placements.services.applications import MESSAGE_LENGTH
from web.forms.base import PageForm


class SeenStateForm(forms.Form):
    """The state that the group saw when it pressed the button: if it is another by now, somebody
    else has answered, and nothing is changed."""

    seen_state = forms.ChoiceField(choices=Application.State.choices, widget=forms.HiddenInput)


class AnswerForm(SeenStateForm, PageForm):
    """Words to send with an answer; the field holds a draft of them."""

    words = forms.CharField(
        label=_("What do you want to write?"),
        help_text=_("Change it as you like. Please do not write email addresses."),
        max_length=MESSAGE_LENGTH,
        required=False,
        widget=forms.Textarea,
    )

    def layout(self) -> Layout:
        return Layout(
            "seen_state",
            Field.textarea("words", rows=7, max_characters=MESSAGE_LENGTH, threshold=75),
        )


class DeclineForm(AnswerForm):
    """A coded reason, and the words."""

    reason = forms.ChoiceField(
        choices=[(reason.value, reason.label) for reason in GROUP_REASONS],
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose a reason.")},
    )

    def layout(self) -> Layout:
        return Layout("reason", *super().layout().fields)


class DeclineReasonForm(PageForm):
    """Why not: asked before the words, since they follow from it."""

    reason = forms.ChoiceField(
        label=_("Why can you not give them a place?"),
        help_text=_("The person reads it, and it helps us to find what is missing in Harrow."),
        choices=[(reason.value, reason.label) for reason in GROUP_REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )


def is_reason(code: Any) -> bool:
    """Whether `code` is one of the reasons that a group can give."""
    return code in {reason.value for reason in GROUP_REASONS}
