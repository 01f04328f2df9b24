"""Checks for some roles, what you need yourself, and whether we may write to you."""

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.dbs import DbsLevel
from web.forms.fields import YesNoField
from web.forms.profile.base import QuestionForm, asked


class DbsCheckForm(QuestionForm):
    asks = "willing_dbs"

    willing_dbs = YesNoField(
        label=_("Would you have a DBS check if a role needs one?"),
        help_text=_("It is free for volunteers, and the group sees to it."),
        yes=_("Yes"),
        no=_("No, do not show me roles that need one"),
    )


class CertificateForm(QuestionForm):
    """The DBS certificate that somebody has already."""

    asks = "dbs_level"

    dbs_level = forms.ChoiceField(
        label=_("Do you have a DBS certificate now?"),
        help_text=_(
            "Choose the kind that is written on it. Do not send it to us: "
            "the group may ask to see it."
        ),
        choices=[(DbsLevel.NONE.value, _("No")), *DbsLevel.choices[1:]],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. If you do not know, choose no.")},
    )


class SupportForm(QuestionForm):
    """What somebody needs, and whether a group may know."""

    asks = "support_needs"

    support_needs = forms.CharField(
        label=_("What would help you to volunteer? (optional)"),
        help_text=_("For example step-free access, a quiet place, or written instructions."),
        required=False,
        max_length=1000,
        widget=forms.Textarea,
    )
    share_support_needs = forms.BooleanField(
        label=_("Show this to a group when I apply"), required=False
    )

    def layout(self) -> Layout:
        return Layout(
            asked(Field.textarea("support_needs", rows=4, max_characters=1000, threshold=75)),
            "share_support_needs",
        )


class CompanyForm(QuestionForm):
    asks = "wants_company"

    wants_company = YesNoField(
        label=_("Would you like somebody to come with you?"),
        help_text=_("For example a carer or a support worker."),
    )


class SuggestionsForm(QuestionForm):
    asks = "welcomes_invitations"

    welcomes_invitations = YesNoField(
        label=_("May we write to you about a role that may suit you?"),
        help_text=_(
            "At most once a week, more rarely if you do not answer, and never twice about the same "
            "role."
        ),
        yes=_("Yes"),
        no=_("No, I will look for myself"),
    )
