"""A search that a person keeps."""

from typing import Any, cast

from crispy_forms_gds.layout import Field, Fluid, Layout
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

    def __init__(self, *args: Any, has_account: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_account:
            self.fields["alerts"].help_text = _("You can change or stop it in each email.")

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


class FollowForm(AlertsForm):
    """Where to write to somebody without an account, and how often."""

    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("We send one email with a link. Nothing else comes before you press it."),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}
        ),
        error_messages={
            "required": _("Enter your email address."),
            "invalid": _("Enter an email address in the right form, like name@example.com."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, has_account=False, **kwargs)
        alerts = cast(forms.ChoiceField, self.fields["alerts"])
        alerts.choices = [one for one in SavedSearch.Alerts.choices if one[0] != "never"]

    def layout(self) -> Layout:
        return Layout(Field.text("email", field_width=Fluid.TWO_THIRDS), Field.radios("alerts"))
