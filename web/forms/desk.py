"""What the volunteer centre decides."""

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


class FindGroupForm(forms.Form):
    """Looks for a group by a part of its name."""

    q = forms.CharField(
        label=_("Find a group"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-20"}),
    )
