"""What you care about, what you like doing, and what you would like to get out of it."""

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Activity
from core.motives import Motive
from web.forms.fields import CausesField, CodesField
from web.forms.profile.base import QuestionForm


class CausesForm(QuestionForm):
    causes = CausesField(
        label=_("Tick all that matter to you"),
    )

    def layout(self) -> Layout:
        return Layout(Field("causes", template="components/fields/causes.html"))


class ActivitiesForm(QuestionForm):
    activities = CodesField(
        Activity,
        label=_("Tick all that you would enjoy"),
        help_text=_("You need not be good at it yet."),
    )

    def layout(self) -> Layout:
        return Layout(Field("activities", context={"columns": True, "checkboxes_small": True}))


class MotivesForm(QuestionForm):
    motives = forms.MultipleChoiceField(
        label=_("Tick what you would like to get out of it"),
        help_text=_("You can tick several, or none: wanting to help is enough."),
        choices=Motive.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
