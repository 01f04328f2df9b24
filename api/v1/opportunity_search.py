"""The public search for roles, as parameters of a list."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters

from api.v1.filters import codes_of, one_of, shown, some_of, whole_number, yes_or_no
from core.models import Activity, Cause, Skill
from core.places import postcodes
from core.week import SLOTS_BY_CODE, mask_of
from opportunities.models import Opportunity
from opportunities.search.criteria import ORDERS, SearchCriteria
from opportunities.search.finding import search_roles


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


class RoleSearch(filters.FilterSet):
    """Parameters of the search; `opportunities.selectors` does the searching."""

    text = shown(
        filters.CharFilter(
            max_length=200,
            help_text="Words that all have to be found, in any order and form; other words for the "
            "same thing count, and typing errors are forgiven.",
        ),
        maxLength=200,
    )
    cause = codes_of(Cause, "Causes; one is enough, and a heading stands for all under it.")
    activity = codes_of(Activity, "Activities; one is enough.")
    skill = codes_of(Skill, "Skills that the role needs, can use or teaches; one is enough.")
    from_home = yes_or_no("true: only from home. false: only in person.", if_not_said=None)
    commitment = one_of(Opportunity.Commitment.values, "Once, or regularly.")
    slot = some_of(SLOTS_BY_CODE, "Times of the week; one is enough. Flexible roles suit all.")
    near = shown(
        filters.CharFilter(max_length=10, help_text="A postcode to measure the distance from."),
        maxLength=10,
    )
    within_miles = shown(
        filters.NumberFilter(
            min_value=0.1, max_value=500, help_text="From `near`; keeps roles from home."
        ),
        type="number",
        minimum=0.1,
        maximum=500,
    )
    age = whole_number("Only roles for somebody of this age.", least=0, most=120)
    access = some_of(Opportunity.Access.values, "What the place has to have; all of them.")
    exact = yes_or_no("true: `text` as it is written, no error forgiven.", if_not_said=False)
    with_full = yes_or_no("true: also roles that have no place left.", if_not_said=False)
    with_closed = yes_or_no("true: also roles that were public and are closed.", if_not_said=False)
    order = one_of(ORDERS, "With `text` the closest to it, else `newest`; `nearest` needs `near`.")

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
            exact=bool(given["exact"]),
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
            with_closed=bool(given["with_closed"]),
            order=given["order"] or "",
        )
