"""Joining a waiting list for a kind of role, and answering an offer."""

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Activity, Cause
from volunteers.models import Volunteer
from web.forms.base import PageForm
from web.forms.fields import YesNoField

ANOTHER, LEAVE = "another", "leave"


class JoinKindForm(PageForm):
    activity = forms.ModelChoiceField(
        label=_("What would you like to do?"),
        queryset=Activity.objects.none(),
        to_field_name="code",
        empty_label=_("Choose one"),
        error_messages={
            "required": _("Choose what you would like to do."),
            "invalid_choice": _("Choose something from the list."),
        },
    )
    cause = forms.ModelChoiceField(
        label=_("For one cause only? (optional)"),
        help_text=_("With any cause you are likely to be offered a place sooner."),
        queryset=Cause.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Any cause"),
        error_messages={"invalid_choice": _("Choose a cause from the list.")},
    )

    def __init__(self, *args: Any, volunteer: Volunteer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = Activity.objects.all()  # type: ignore[attr-defined]
        self.fields["cause"].queryset = Cause.objects.all()  # type: ignore[attr-defined]
        liked = {one.code: one.label for one in volunteer.activities.all()}
        others = [(one.code, one.label) for one in Activity.objects.all() if one.code not in liked]
        if liked:
            self.fields["activity"].choices = [  # type: ignore[attr-defined]
                ("", _("Choose one")),
                (_("What you told us you like"), list(liked.items())),
                (_("Everything else"), others),
            ]

    def layout(self) -> Layout:
        return Layout(Field.select("activity"), Field.select("cause"))


class RefuseForm(PageForm):
    """No to an offer. `keep` is asked in a list for a kind of role only."""

    keep = forms.ChoiceField(
        label=_("What would you like instead?"),
        choices=[
            Choice(ANOTHER, _("Not this one, keep my place for another")),
            Choice(LEAVE, _("Take me off this waiting list")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you want to keep your place.")},
    )

    def __init__(self, *args: Any, pooled: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not pooled:
            del self.fields["keep"]

    @property
    def keeps_place(self) -> bool:
        """Whether they go on waiting where they stand."""
        return self.cleaned_data.get("keep") == ANOTHER


class TakesFromListForm(PageForm):
    takes_from_waiting_list = YesNoField(
        label=_("Who decides when a place comes free?"),
        yes=_("Whoever is first in line has the place as soon as they say yes"),
        no=_("We want to say yes first: whoever is first in line asks us like anybody else"),
    )
