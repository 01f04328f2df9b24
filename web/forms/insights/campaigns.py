"""Which people groups are told of, which groups are meant, and how many are not written to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Cause
from core.places.wards import WARDS
from insights.campaign_wording import supply_line
from insights.selectors.supplies import supplies
from opportunities.models import Organisation
from web.forms.base import PageForm

#: Shares that can be held back, in per cent.
SHARES = (0, 10, 20, 30, 50)


class CampaignNameForm(PageForm):
    """What the delivery group calls it."""

    name = forms.CharField(
        label=_("What is this campaign called?"),
        help_text=_("Only the delivery group reads it. Such as: Evenings in the south, autumn."),
        max_length=80,
        error_messages={"required": _("Give the campaign a name.")},
    )
    has_heading = False


class CampaignPeopleForm(PageForm):
    """People who wait, from the plan of roles and from the segments."""

    supplies = forms.MultipleChoiceField(
        label=_("Of which people should groups read?"),
        help_text=_("Each group is told of those whom it would most likely take, once."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one group of people.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = supplies()
        self.fields["supplies"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (one.code, supply_line(one)) for one in self.known
        ]


class CampaignGroupsForm(PageForm):
    """Which groups are meant; nothing ticked of a side: all of them."""

    only_suggested = forms.TypedChoiceField(
        label=_("Which groups should read of them?"),
        choices=[
            (
                "yes",
                _("Only groups that work for the same causes, or that the plan of roles names"),
            ),
            ("no", _("Any group near the people")),
        ],
        widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
        error_messages={"required": _("Choose which groups are meant.")},
    )
    causes = forms.MultipleChoiceField(
        label=_("Only groups of these causes (optional)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Only groups of these kinds (optional)"),
        required=False,
        choices=Organisation.LegalForm.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    wards = forms.MultipleChoiceField(
        label=_("Only groups in these wards (optional)"),
        required=False,
        choices=[(ward.code, ward.name) for ward in sorted(WARDS, key=lambda ward: ward.name)],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["causes"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (cause.code, cause.label) for cause in Cause.objects.filter(parent=None)
        ]


class CampaignComparisonForm(PageForm):
    """How many groups are not written to."""

    share = forms.TypedChoiceField(
        label=_("How many of the groups may be left out, to compare?"),
        help_text=_(
            "They are drawn at random and not written to for three months. Without them nobody can "
            "say whether the campaign made a difference: groups begin roles by themselves too."
        ),
        choices=[(0, _("None: write to all of them")), *((n, f"{n}%") for n in SHARES if n)],
        widget=forms.RadioSelect,
        coerce=int,
        error_messages={"required": _("Choose how many may be left out.")},
    )
