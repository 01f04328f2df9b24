"""What the volunteer centre decides."""

from typing import Any

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms.base import PageForm


class SuspendForm(PageForm):
    """Why a group is stopped; the code is kept in the audit trail."""

    reason = forms.ChoiceField(
        label=_("Why do you stop the group?"),
        choices=(
            ("safeguarding", _("Somebody may come to harm")),
            ("not_what_it_says", _("It is not what it says it is")),
            ("does_not_answer", _("It does not answer people")),
            ("gone", _("It no longer exists")),
            ("other", _("Another reason")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why you stop the group.")},
    )


class SendBackForm(PageForm):
    """What a group should change about a role."""

    words = forms.CharField(
        label=_("What should the group change?"),
        help_text=_("They get your words as you write them. Say what is good too."),
        max_length=1500,
        widget=forms.Textarea,
        error_messages={"required": _("Say what the group should change.")},
    )

    def layout(self) -> Layout:
        return Layout(Field.textarea("words", rows=7, max_characters=1500, threshold=75))


class HideRoleForm(PageForm):
    """Why a role is hidden."""

    words = forms.CharField(
        label=_("Why do you hide it?"),
        help_text=_("The group gets your words as you write them. Say what it can do."),
        max_length=1500,
        widget=forms.Textarea,
        error_messages={"required": _("Say why you hide the role.")},
    )

    def layout(self) -> Layout:
        return Layout(Field.textarea("words", rows=7, max_characters=1500, threshold=75))


class HideForConcernForm(PageForm):
    """Whether a group hears now that its role is hidden, and why."""

    NOW, NOT_NOW = "now", "not_now"

    tell = forms.ChoiceField(
        label=_("Do you tell the group now?"),
        help_text=_(
            "If not, its pages show that the role is being checked. You can send it back with your "
            "words later."
        ),
        choices=((NOW, _("Yes, with a reason")), (NOT_NOW, _("No, not now"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether to tell the group now.")},
    )
    words = forms.CharField(
        label=_("Why do you hide it? (if you tell the group now)"),
        help_text=_("The group gets your words as you write them. Name nobody who told you."),
        max_length=1500,
        widget=forms.Textarea,
        required=False,
    )

    def layout(self) -> Layout:
        words = Field.textarea("words", rows=7, max_characters=1500, threshold=75)
        return Layout(Field.radios("tell"), words)


class NarrowForm(forms.Form):
    """Which rows of one of the desk's lists are shown. Its answers stand in the address."""

    q = forms.CharField(
        label=_("Name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
    )
    show = forms.ChoiceField(
        label=_("Show"),
        choices=[
            ("", _("All that wait")),
            ("late", _("Only those that wait too long")),
            ("aside", _("Put aside until later, or done")),
        ],
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )


class NoteForm(PageForm):
    """What the desk notes about something that waits, and when it looks again.

    `by_phone`: whether somebody is called about it; `has_list`: whether it stands on a list;
    `can_end`: whether it stays there until somebody says that it is done.
    """

    #: For `days`: it need not be on the list again.
    DONE = "done"

    outcome = forms.ChoiceField(
        label=_("Did you call?"),
        choices=[
            ("reached", _("Yes, I spoke with somebody")),
            ("no_reply", _("Yes, nobody answered")),
            ("wrong_number", _("Yes, the number is wrong")),
            ("", _("No")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What should be known? (optional)"),
        help_text=_("For example what you heard, or when it suits them to be called."),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )
    days = forms.ChoiceField(
        label=_("When should it be on the list again?"),
        choices=[
            ("0", _("Leave it on the list")),
            ("1", _("Tomorrow")),
            ("3", _("In 3 days")),
            ("7", _("In a week")),
            ("30", _("In a month")),
            (DONE, _("Never: it is done")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose when it should be on the list again.")},
    )

    def __init__(
        self,
        *args: Any,
        by_phone: bool,
        has_list: bool = True,
        can_end: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not can_end:
            self.fields["days"].choices = self.fields["days"].choices[:-1]  # type: ignore[attr-defined]
        if not by_phone:
            del self.fields["outcome"]
        if not has_list:
            del self.fields["days"]

    def layout(self) -> Layout:
        fields = {
            "outcome": Field.radios("outcome"),
            "words": Field.textarea("words", rows=4, max_characters=1000, threshold=75),
            "days": Field.radios("days"),
        }
        return Layout(*(field for name, field in fields.items() if name in self.fields))


class FindRoleForm(forms.Form):
    """Looks for a role by its name or its group's."""

    q = forms.CharField(
        label=_("Name of a role or group"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
    )
    show = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("Roles that need people")), ("all", _("All roles"))],
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )


class FindGroupForm(forms.Form):
    """Looks for a group by what a caller says of it."""

    q = forms.CharField(
        label=_("Name, number, phone, email address or a person of the group"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-20"}),
    )
