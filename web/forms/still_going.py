"""Why somebody has stopped."""

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from placements.services.still_going import WORDS_LENGTH
from web.forms.applications import EndForm


class StoppedForm(EndForm):
    """The reason, words that stay with us unless the person shares them, and what they want now."""

    words = forms.CharField(
        label=_("Would you like to say more? (optional)"),
        help_text=_("The volunteer centre reads it. The group reads it only if you tick the box."),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea,
    )
    share_words = forms.BooleanField(label=_("The group may read this too"), required=False)

    def layout(self) -> Layout:
        return Layout(
            "reason",
            Field.textarea("words", rows=4, max_characters=WORDS_LENGTH, threshold=75),
            "share_words",
            "looks_again",
        )
