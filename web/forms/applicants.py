"""A group's answers to people who asked for a role."""

from typing import Any, NamedTuple

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core import input as received
from placements.models import GROUP_REASONS, Application
from placements.services.moves import MESSAGE_LENGTH
from placements.states import Move
from web.forms.base import PageForm

#: What can be answered to several people at once.
SEVERAL = (Move.INVITE, Move.OFFER, Move.ACCEPT, Move.DECLINE)


class SeenStateForm(PageForm):
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


class PersonSeen(NamedTuple):
    """An application, and the state in which the group saw it."""

    application_id: int
    state: str


class PeopleField(forms.MultipleChoiceField):
    """The people chosen, each as "81:submitted"; gives `PersonSeen`s, each once."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"required": _("Choose at least one person.")}

    def valid_value(self, value: Any) -> bool:
        number, _colon, state = str(value).partition(":")
        return received.is_id(number) and state in Application.State.values

    def clean(self, value: Any) -> list[PersonSeen]:
        pairs = (one.partition(":") for one in dict.fromkeys(super().clean(value)))
        return [PersonSeen(int(number), state) for number, _colon, state in pairs]


class ChoosePeopleForm(PageForm):
    """Whom the group chose on its list, and what to do with them."""

    person = PeopleField()
    answer = forms.ChoiceField(
        choices=[(move.value, move.value) for move in SEVERAL],
        error_messages={"required": _("Choose what you want to do.")},
    )


class SeveralAnswerForm(PageForm):
    """Words for several people at once."""

    person = PeopleField()
    words = forms.CharField(
        label=_("What do you want to write?"),
        help_text=_(
            "Everybody you chose gets these words. Change them as you like. "
            "Please do not write email addresses."
        ),
        max_length=MESSAGE_LENGTH,
        required=False,
        widget=forms.Textarea,
    )

    def layout(self) -> Layout:
        return Layout(
            "person",
            Field.textarea("words", rows=7, max_characters=MESSAGE_LENGTH, threshold=75),
        )


class SeveralDeclineForm(SeveralAnswerForm):
    """A coded reason, and the words, for several people."""

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


class SeveralReasonForm(DeclineReasonForm):
    """Why not, for several people: whom and what stays in the address."""

    person = PeopleField()
    answer = forms.CharField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Why can you not give them a place?"),
        help_text=_("Each person reads it, and it helps us to find what is missing in Harrow."),
        choices=[(reason.value, reason.label) for reason in GROUP_REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )


class EndPlaceForm(AnswerForm):
    """Why a group ends somebody's place, and kind words."""

    reason = forms.ChoiceField(
        label=_("Why does it end?"),
        help_text=_("The person reads it."),
        choices=[
            ("finished", _("It finished as planned")),
            ("moved_on", _("They have moved on to something else")),
            ("role_ended", _("The role has ended")),
            ("group_ended", _("We end it")),
            ("other", _("Another reason")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )

    def layout(self) -> Layout:
        return Layout("reason", *super().layout().fields)


def is_reason(code: Any) -> bool:
    """Whether `code` is one of the reasons that a group can give."""
    return code in {reason.value for reason in GROUP_REASONS}
