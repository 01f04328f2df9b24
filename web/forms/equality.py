"""Optional questions for equality monitoring."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from equality.models import EqualityAnswers
from equality.services.answers import QUESTIONS
from web.forms.base import PageForm


def _question(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)


class EqualityForm(PageForm):
    age_band = _question(_("How old are you?"), EqualityAnswers.AgeBand.choices)
    disability = _question(
        _("Do you have a health condition or disability that has lasted, or will last, a year?"),
        EqualityAnswers.Disability.choices,
    )
    ethnic_group = _question(_("What is your ethnic group?"), EqualityAnswers.EthnicGroup.choices)
    sex = _question(_("What is your sex?"), EqualityAnswers.Sex.choices)
    gender_same = _question(
        _("Is the gender you identify with the same as the sex you were registered with at birth?"),
        EqualityAnswers.GenderSame.choices,
    )
    religion = _question(_("What is your religion?"), EqualityAnswers.Religion.choices)
    orientation = _question(
        _("Which of these describes how you think of yourself?"),
        EqualityAnswers.Orientation.choices,
    )

    @staticmethod
    def answers_of(row: EqualityAnswers | None) -> dict[str, str]:
        """Give what was answered before, by question."""
        return {question: getattr(row, question) for question in QUESTIONS} if row else {}
