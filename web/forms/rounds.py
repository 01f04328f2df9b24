"""A round of placements, and a person's answer to a suggestion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.places.wards import WARDS
from matching.models import Impression, Suggestion
from matching.services.rounds import MOST_PEOPLE
from opportunities.models import Opportunity
from web.forms.base import PageForm
from web.forms.fields import WholeNumberField


class RoundForm(PageForm):
    """For whom a round is drawn up."""

    area = forms.ChoiceField(
        label=_("Where people live"),
        choices=lambda: [("", _("Anywhere")), *((ward.code, ward.name) for ward in WARDS)],
        required=False,
    )
    people = WholeNumberField(
        label=_("How many people at most?"),
        help_text=_("You look at each of them. Those who have waited longest come first."),
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages={
            "required": _("Enter how many people."),
            "min_value": _("Enter a number from 1 to 50."),
            "max_value": _("Enter a number from 1 to 50."),
        },
    )


class SwapForm(PageForm):
    """Which other role a person is suggested."""

    role = forms.ModelChoiceField(
        label=_("Which role instead?"),
        queryset=Opportunity.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose a role."),
            "invalid_choice": _("Choose a role from the list."),
        },
    )

    def __init__(self, *args: Any, roles: list[Opportunity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        field.queryset = Opportunity.objects.filter(  # type: ignore[attr-defined]
            pk__in=[role.pk for role in roles]
        )
        field.choices = [  # type: ignore[attr-defined]
            (role.pk, f"{role.title}, {role.organisation.name}") for role in roles
        ]


class TakeBackForm(PageForm):
    """Why the volunteer centre takes a suggestion back."""

    because = forms.ChoiceField(
        label=_("Why do you take it back?"),
        help_text=_("The person does not see this."),
        choices=[one for one in Suggestion.RecalledBecause.choices if one[0]],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why you take it back.")},
    )


class NoThanksForm(PageForm):
    """Why a suggested role is not for somebody."""

    reason = forms.ChoiceField(
        label=_("Why is it not for you?"),
        help_text=_(
            "The volunteer centre sees this, and we look for better ones. The group does not."
        ),
        choices=Impression.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
