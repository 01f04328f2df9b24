"""What a person says by phone, written down for them: as they would be asked, said of them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.models.message import MESSAGE_LENGTH
from web.forms.applications import EndForm
from web.forms.conversations import MessageForm, SharingForm
from web.forms.fields import YesNoField


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


class EndForThemForm(EndForm):
    looks_again = YesNoField(label=_("Do they want us to look for another role for them?"))
