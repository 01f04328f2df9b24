"""About you: how old, and what you would like to do."""

from typing import Any

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms.base import PageForm
from web.forms.fields import DayField
from web.forms.profile.base import QuestionForm, asked

_DATE_HELP = _("For example, 27 3 1981. Groups do not see it.")


class AgeForm(PageForm):
    """Asks for the date of birth."""

    date_of_birth = DayField(label=_("Date of birth"), help_text=_DATE_HELP, birthday=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date_of_birth"].error_messages["required"] = _(
            "Enter your date of birth, for example 27 3 1981."
        )


class AboutForm(QuestionForm):
    asks = "about"

    about = forms.CharField(
        label=_("What would you like to do? (optional)"),
        help_text=_(
            "In your own words, as you would tell a friend. "
            "A group that you apply to sees only words that its role has too."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
    )

    def layout(self) -> Layout:
        return Layout(asked(Field.textarea("about", rows=5, max_characters=4000, threshold=75)))


class BornForm(QuestionForm):
    """The date of birth of somebody who has a profile."""

    asks = "date_of_birth"

    # Not required here: somebody whom the volunteer centre registered may have none.
    date_of_birth = DayField(
        label=_("Date of birth"), help_text=_DATE_HELP, birthday=True, required=False
    )
