"""What you can do, and the languages you speak."""

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Language, Skill
from web.forms.fields import CodesField
from web.forms.profile.base import QuestionForm, asked


class SkillsForm(QuestionForm):
    skills = CodesField(
        Skill,
        label=_("Tick what you would be happy to use"),
        help_text=_("Most roles need none of these."),
    )

    def layout(self) -> Layout:
        return Layout(Field("skills", context={"columns": True, "checkboxes_small": True}))


class ExperienceForm(QuestionForm):
    asks = "experience"

    experience = forms.CharField(
        label=_("Anything else about your experience? (optional)"),
        help_text=_(
            "Work, home, school, hobbies: all of it counts. "
            "A group that you apply to sees only words that its role has too."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
    )

    def layout(self) -> Layout:
        return Layout(
            asked(Field.textarea("experience", rows=5, max_characters=4000, threshold=75))
        )


class LanguagesForm(QuestionForm):
    languages = CodesField(
        Language,
        label=_("Tick those that you could talk with somebody in"),
    )

    def layout(self) -> Layout:
        return Layout(Field("languages", context={"columns": True, "checkboxes_small": True}))
