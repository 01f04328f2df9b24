"""Messages between a person and a group, and what the person shares."""

from typing import cast

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from placements.models.message import MESSAGE_LENGTH
from web.forms.base import PageForm


class MessageForm(PageForm):
    words = forms.CharField(
        label=_("Write a message"),
        help_text=_("They get it by mail too, without your address, and answer here."),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea,
        error_messages={"required": _("Write something first.")},
    )

    def layout(self) -> Layout:
        return Layout(Field.textarea("words", rows=5, max_characters=MESSAGE_LENGTH, threshold=75))


class SharingForm(PageForm):
    """What the group of one role sees; nothing unless it is ticked."""

    #: What each tick says; `what` is the number or the address itself.
    ticks = {"phone": _("My phone number: %(what)s"), "email": _("My email address: %(what)s")}
    shared = forms.MultipleChoiceField(
        label=_("What may this group see?"),
        help_text=_("Only this group, and only for this role. Untick it to hide it again."),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: object, email: str, phone: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        reached = {"phone": phone, "email": email}
        cast(forms.MultipleChoiceField, self.fields["shared"]).choices = [
            (code, label % {"what": reached[code]})
            for code, label in self.ticks.items()
            if reached[code]
        ]
