"""A search that a person keeps."""

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from opportunities.models import SavedSearch
from web.forms.base import PageForm


class AlertsForm(PageForm):
    """How often its person is told of new roles."""

    alerts = forms.ChoiceField(
        label=_("When shall we tell you about new roles?"),
        help_text=_("By email and on your messages page. You can change or stop it in each email."),
        choices=SavedSearch.Alerts.choices,
        widget=forms.RadioSelect,
    )

    def layout(self) -> Layout:
        return Layout(Field.radios("alerts"))


class SavedSearchForm(AlertsForm):
    name = forms.CharField(
        label=_("Name of the search"),
        help_text=_("For you alone, for example “Gardening near me”"),
        max_length=80,
        error_messages={"required": _("Give the search a name.")},
    )

    def layout(self) -> Layout:
        return Layout(Field.text("name"), Field.radios("alerts"))
