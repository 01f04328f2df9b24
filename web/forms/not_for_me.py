"""Why a role is not for somebody."""

from crispy_forms_gds.layout import Field, Layout, Size
from django import forms
from django.utils.translation import gettext_lazy as _

from matching.models import Impression
from web.forms.base import PageForm


class NotForMeForm(PageForm):
    has_heading = True

    reason = forms.ChoiceField(
        label=_("Why is it not for you?"),
        help_text=_("We keep this to ourselves, and look for better ones. The group is not told."),
        choices=Impression.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )

    def layout(self) -> Layout:
        return Layout(Field.radios("reason", legend_size=Size.LARGE, legend_tag="h1"))


class NearerForm(PageForm):
    """How far to look from now on, from a button."""

    miles = forms.IntegerField(min_value=1, max_value=50)
