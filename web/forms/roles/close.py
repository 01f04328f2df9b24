"""Why a role is closed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opportunities.models import Opportunity
from web.forms.base import PageForm

_CODES = [code for code in Opportunity.ClosedBecause.choices if code[0]]


class CloseForm(PageForm):
    because = forms.ChoiceField(
        label=_("Why do you close it? (optional)"),
        help_text=_("The volunteer centre reads it. People who asked for the role do not."),
        choices=_CODES,
        required=False,
        widget=forms.RadioSelect,
    )
