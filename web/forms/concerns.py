"""Telling the volunteer centre of a concern, and what it does about it."""

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from placements.models import Concern, ConcernNote
from placements.models.concern import CONCERN_LENGTH
from web.forms.base import PageForm


class ReportForm(PageForm):
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Concern.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    words = forms.CharField(
        label=_("What happened?"),
        help_text=_("Who, what, when and where, as far as you know. You need not be sure."),
        max_length=CONCERN_LENGTH,
        widget=forms.Textarea,
        error_messages={"required": _("Say what happened.")},
    )
    contact = forms.CharField(
        label=_("How can we reach you? (optional)"),
        help_text=_("A phone number or email address. Only the volunteer centre sees it."),
        max_length=200,
        required=False,
    )

    def layout(self) -> Layout:
        return Layout(
            "kind",
            Field.textarea("words", rows=7, max_characters=CONCERN_LENGTH, threshold=75),
            "contact",
        )


class FindConcernForm(PageForm):
    """Looks for concerns by whom or what they are about. Its answers stand in the address."""

    q = forms.CharField(
        label=_("Name of a person, group or role"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
    )
    closed = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ConcernNoteForm(PageForm):
    told = forms.ChoiceField(
        label=_("Whom did you tell?"),
        choices=ConcernNote.Told.choices,
        required=False,
    )
    words = forms.CharField(
        label=_("What was done?"),
        help_text=_("Only the volunteer centre reads this."),
        max_length=CONCERN_LENGTH,
        widget=forms.Textarea,
        required=False,
    )

    def layout(self) -> Layout:
        return Layout("told", Field.textarea("words", rows=4))


class CloseConcernForm(PageForm):
    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=Concern.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )
