"""The first question after registering."""

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Layout, Size
from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms.base import PageForm

VOLUNTEER, GROUP = "volunteer", "group"


class StartForm(PageForm):
    has_heading = True

    what = forms.ChoiceField(
        label=_("What would you like to do?"),
        choices=(
            Choice(
                VOLUNTEER,
                _("I want to volunteer"),
                hint=_("Tell us what you like and when you are free. We find roles that suit."),
            ),
            Choice(
                GROUP,
                _("I act for a group that needs people"),
                hint=_("A charity, faith group, club, school or any other group in Harrow."),
            ),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. You can do the other one later.")},
    )

    def layout(self) -> Layout:
        return Layout(Field.radios("what", legend_size=Size.LARGE, legend_tag="h1"))
