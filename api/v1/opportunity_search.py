"""The public search for roles, as parameters of a list."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from api.v1.filters import yes_or_no
from core.models import Activity, Cause, Skill
from core.places import postcodes
from core.week import SLOTS_BY_CODE, mask_of
from opportunities.models import Opportunity
from opportunities.selectors import ORDERS, SearchCriteria, search_roles

_CODES = {"type": "array", "items": {"type": "string"}}


class SearchForm(forms.Form):
    """What one parameter means for another."""

    def clean_near(self) -> postcodes.Location | None:
        written = self.cleaned_data["near"]
        if not written:
            return None
        place = postcodes.locate(written)
        if place is None:
            raise forms.ValidationError(
                _("We cannot find this postcode. Check it, for example HA1 2XY."),
                code="unknown_postcode",
            )
        return place

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "near" in given and given["near"] is None:
            sentence = _("Say from where: give `near`, a postcode.")
            if given.get("within_miles") is not None:
                self.add_error("within_miles", forms.ValidationError(sentence, code="needs_near"))
            if given.get("order") == "nearest":
                self.add_error("order", forms.ValidationError(sentence, code="needs_near"))
        return given


def _of_taxonomy(kind: type[Any], words: str) -> filters.ModelMultipleChoiceFilter:
    chosen = filters.ModelMultipleChoiceFilter(
        queryset=kind.objects.all(), to_field_name="code", help_text=words
    )
    return extend_schema_field(_CODES)(chosen)


class RoleSearch(filters.FilterSet):
    """Parameters of the search; `opportunities.selectors` does the searching."""

    text = filters.CharFilter(
        max_length=200, help_text="Words that all have to be found, in any order."
    )
    cause = _of_taxonomy(
        Cause, "Codes of causes; one is enough, a heading stands for all under it."
    )
    activity = _of_taxonomy(Activity, "Codes of activities; one is enough.")
    skill = _of_taxonomy(Skill, "Codes of skills that the role needs, can use or teaches.")
    from_home = yes_or_no(
        if_not_said=None,
        help_text="`true`: only from home. `false`: only in person.",
    )
    commitment = filters.ChoiceFilter(choices=Opportunity.Commitment)
    slot = filters.MultipleChoiceFilter(
        choices=[(code, code) for code in SLOTS_BY_CODE],
        help_text="Times of the week; one is enough, and flexible roles suit all.",
    )
    near = filters.CharFilter(max_length=10, help_text="A postcode to measure the distance from.")
    within_miles = extend_schema_field({"type": "number", "minimum": 0.1, "maximum": 500})(
        filters.NumberFilter(
            min_value=0.1, max_value=500, help_text="From `near`; keeps roles from home."
        )
    )
    age = extend_schema_field({"type": "integer", "minimum": 0, "maximum": 120})(
        filters.NumberFilter(
            field_class=forms.IntegerField,
            min_value=0,
            max_value=120,
            help_text="Only roles for somebody of this age.",
        )
    )
    access = filters.MultipleChoiceFilter(
        choices=Opportunity.Access, help_text="What the place has to have; all of them."
    )
    with_full = yes_or_no(
        if_not_said=False,
        help_text="`true`: also roles that have no place left.",
    )
    order = filters.ChoiceFilter(
        choices=[(order, order) for order in ORDERS],
        help_text="`newest` unless said otherwise; `nearest` needs `near`.",
    )

    class Meta:
        model = Opportunity
        form = SearchForm
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
        return search_roles(self._criteria(self.form.cleaned_data))

    def _criteria(self, given: dict[str, Any]) -> SearchCriteria:
        miles = given["within_miles"]
        return SearchCriteria(
            text=given["text"],
            causes=tuple(item.code for item in given["cause"]),
            activities=tuple(item.code for item in given["activity"]),
            skills=tuple(item.code for item in given["skill"]),
            from_home=given["from_home"],
            commitment=given["commitment"],
            slots=mask_of(SLOTS_BY_CODE[code] for code in given["slot"]),
            near=given["near"],
            within_miles=None if miles is None else float(miles),
            age=given["age"],
            access=tuple(given["access"]),
            places_left=not given["with_full"],
            order=given["order"] or ORDERS[0],
        )
