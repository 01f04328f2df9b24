"""What would change in a simulation."""

from typing import Any

from crispy_forms_gds.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Activity
from core.places.wards import WARDS
from insights.proposed_roles import TIME_LABELS, ProposedRole
from insights.services.simulations import MOST_PLACES
from web.forms.base import PageForm
from web.forms.fields import WholeNumberField

PLAN, OWN, NOTHING = "plan", "own", "none"


class SimulationForm(PageForm):
    """Places that would be added, and whether groups would answer soon."""

    change = forms.ChoiceField(
        label=_("Which places would be added?"),
        choices=[
            (PLAN, _("The roles of this month's plan")),
            (OWN, _("Places that I choose below")),
            (NOTHING, _("None")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which places would be added.")},
    )
    activity = forms.ChoiceField(label=_("Kind of work"), required=False)
    time = forms.ChoiceField(
        label=_("When"),
        choices=lambda: [("", _("Choose a time")), *TIME_LABELS.items()],
        required=False,
    )
    ward = forms.ChoiceField(
        label=_("Where"),
        choices=lambda: [("", _("From home")), *((ward.code, ward.name) for ward in WARDS)],
        required=False,
    )
    places = WholeNumberField(
        label=_("How many places?"), required=False, min_value=1, max_value=MOST_PLACES
    )
    answer_soon = forms.BooleanField(
        label=_("Every group answers within five days"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = Activity.objects.order_by("name").values_list("code", "name")
        self.fields["activity"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", _("Choose a kind of work")),
            *kinds,
        ]

    def layout(self) -> Layout:
        return Layout(*self.fields)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("change") == OWN:
            for name, sentence in (
                ("activity", _("Choose a kind of work.")),
                ("time", _("Choose a time.")),
                ("places", _("Enter how many places.")),
            ):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        elif given.get("change") == NOTHING and not given.get("answer_soon"):
            self.add_error(
                "change", _("Choose places, or that every group answers within five days.")
            )
        return given

    def own_role(self) -> tuple[ProposedRole, int]:
        """The role that was chosen, and its places."""
        given = self.cleaned_data
        return ProposedRole(given["activity"], given["time"], given["ward"]), given["places"]
