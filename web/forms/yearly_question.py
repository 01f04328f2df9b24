"""What a group says once a year."""

from crispy_forms_gds.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from opportunities.yearly_question import QUESTION, Answer
from web.forms.base import PageForm


class YearlyQuestionForm(PageForm):
    """The question, word for word, and its answers."""

    answer = forms.ChoiceField(
        label=QUESTION,
        help_text=_(
            "“Statutory bodies” are the council, the NHS, the police and other public bodies. "
            "Answer for your group."
        ),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )

    def layout(self) -> Layout:
        return Layout("answer")
