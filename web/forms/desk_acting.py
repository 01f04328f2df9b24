"""What a person says by phone, written down for them: as they would be asked, said of them."""

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from placements.models.message import MESSAGE_LENGTH
from placements.services.still_going import WORDS_LENGTH
from web.forms.applications import EndForm, WithdrawForm
from web.forms.conversations import MessageForm, SharingForm
from web.forms.desk_people import KnownByForm
from web.forms.fields import YesNoField
from web.forms.parent import AskParentForm
from web.forms.still_going import StoppedForm


class WordsOfCallerForm(MessageForm):
    words = forms.CharField(
        label=_("What they say"),
        help_text=_("In their words. The group gets it as their message, without their address."),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea,
        error_messages={"required": _("Write something first.")},
    )


class SharingForThemForm(SharingForm):
    ticks = {
        "phone": _("Their phone number: %(what)s"),
        "email": _("Their email address: %(what)s"),
    }


#: Reasons that a person gives of themselves, said of them.
_REASONS_OF_THEM = {
    "found_other": _("They found something else"),
    "no_time": _("They no longer have the time"),
    "not_for_me": _("It is not for them after all"),
    "no_answer": _("They did not hear back"),
    "moved_on": _("They have moved on to something else"),
}


class _TheirReason(forms.Form):
    """Asks why in the third person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (code, _REASONS_OF_THEM.get(code, words))
            for code, words in reason.choices  # type: ignore[attr-defined]
        ]


class WithdrawForThemForm(_TheirReason, WithdrawForm):
    """Why a person no longer asks for a role."""


class EndForThemForm(_TheirReason, EndForm):
    """Why a person stops, and whether they look for something else."""

    looks_again = YesNoField(label=_("Do they want us to look for another role for them?"))


class AskTheirParentForm(AskParentForm):
    name = forms.CharField(
        label=_("Their parent’s or guardian’s name"),
        max_length=120,
        error_messages={"required": _("Enter their parent’s or guardian’s name.")},
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("The parent’s or guardian’s email address"),
        help_text=_("We write to them about this only. Groups never see it."),
        error_messages={
            "required": _("Enter their parent’s or guardian’s email address."),
            "invalid": _("Enter an email address in the right form, like name@example.com."),
        },
        widget=forms.EmailInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )


class GiveDataForm(KnownByForm):
    """Who asks for their data, and how they want it."""

    way = forms.ChoiceField(
        label=_("How do they want it?"),
        choices=(
            Choice("paper", _("On paper"), hint=_("A PDF to print and hand over or post.")),
            Choice("file", _("As a file"), hint=_("JSON, which other programs can read.")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they want it.")},
    )


class EraseForm(KnownByForm):
    """Who wants their data deleted, and that they know what that means."""

    said_yes = forms.BooleanField(
        label=_("I told them what goes and what stays, and they said yes"),
        error_messages={"required": _("Tell them first, then tick the box.")},
    )

    def layout(self) -> Layout:
        return Layout("known_by", Field.checkbox("said_yes"))


class StoppedForThemForm(_TheirReason, StoppedForm):
    """Why somebody who was asked whether they are still there has stopped, in their words."""

    words = forms.CharField(
        label=_("Do they want to say more? (optional)"),
        help_text=_("The volunteer centre reads it. The group reads it only if you tick the box."),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea,
    )
    looks_again = YesNoField(label=_("Do they want us to look for another role for them?"))
