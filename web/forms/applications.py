"""Asking for a role, and withdrawing."""

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from placements.models import VOLUNTEER_REASONS
from placements.services.moves import MESSAGE_LENGTH
from web.forms.base import PageForm
from web.forms.fields import YesNoField


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


class EndForm(PageForm):
    """Why a person stops, and whether they look for something else."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        help_text=_("The group sees this. It helps them and us."),
        choices=[
            ("finished", _("It finished as planned")),
            ("moved_on", _("I have moved on to something else")),
            ("no_time", _("I no longer have the time")),
            ("not_for_me", _("It is not for me after all")),
            ("role_ended", _("The role has ended")),
            ("other", _("Another reason")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    looks_again = YesNoField(label=_("Would you like us to look for another role for you?"))


class WithdrawForm(PageForm):
    reason = forms.ChoiceField(
        label=_("Why? (optional)"),
        help_text=_("The group sees this. It helps them and us."),
        choices=[(reason.value, reason.label) for reason in VOLUNTEER_REASONS],
        widget=forms.RadioSelect,
        required=False,
    )
