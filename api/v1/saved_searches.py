"""Searches that a person keeps, and is told of new roles for."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import Input
from api.lists import Listed
from api.people import person
from core import input as received
from core.models import Activity, Cause
from core.places import postcodes
from core.week import DAY_CODES, PART_CODES
from opportunities.models import Opportunity, SavedSearch
from opportunities.search.addresses import MILES, PageSearch
from opportunities.services import saved_searches

_EXAMPLE = {
    "name": "Gardening near me at weekends",
    "alerts": "weekly",
    "search": {
        "activity": "gardening",
        "days": ["sat", "sun"],
        "near": "HA1 1AA",
        "within_miles": 3,
    },
}


class SavedSearchOutput(serializers.ModelSerializer[SavedSearch]):
    """A search that you keep. `address` is the page that shows what it finds."""

    address = serializers.SerializerMethodField()

    class Meta:
        model = SavedSearch
        fields = ("id", "name", "alerts", "address", "since", "told_at")
        read_only_fields = fields

    def get_address(self, search: SavedSearch) -> str:
        return f"/roles/?{search.address}" if search.address else "/roles/"


class WantedInput(Input):
    """What to look for, as the page of roles takes it; what is left out does not narrow it."""

    text = serializers.CharField(max_length=200, required=False)
    exact = serializers.BooleanField(required=False)
    cause = serializers.SlugField(max_length=50, required=False)
    activity = serializers.SlugField(max_length=50, required=False)
    from_home = serializers.BooleanField(allow_null=True, required=False)
    commitment = serializers.ChoiceField(choices=Opportunity.Commitment.choices, required=False)
    days = serializers.ListField(
        child=serializers.ChoiceField(choices=DAY_CODES), max_length=7, required=False
    )
    parts = serializers.ListField(
        child=serializers.ChoiceField(choices=PART_CODES),
        max_length=3,
        required=False,
        help_text="Parts of the day.",
    )
    near = serializers.CharField(max_length=10, required=False, help_text="A postcode.")
    within_miles = serializers.ChoiceField(
        choices=MILES, required=False, help_text="From `near`; keeps roles from home."
    )
    age = serializers.IntegerField(min_value=0, max_value=120, required=False)
    access = serializers.ListField(
        child=serializers.ChoiceField(choices=Opportunity.Access.choices),
        max_length=20,
        required=False,
    )
    with_full = serializers.BooleanField(required=False)
    with_closed = serializers.BooleanField(required=False)

    def validate_near(self, written: str) -> postcodes.Location:
        place = postcodes.locate(written)
        if place is None:
            raise serializers.ValidationError(
                _("We cannot find this postcode. Check it, for example HA1 2XY."),
                code="unknown_postcode",
            )
        return place

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "within_miles" in attrs and "near" not in attrs:
            raise serializers.ValidationError(
                {"within_miles": [_("Say from where: give `near`, a postcode.")]},
                code="needs_near",
            )
        return attrs


class SavedSearchChange(Input):
    """What it is called, and how often you are told of new roles that fit."""

    name = serializers.CharField(max_length=80)
    alerts = serializers.ChoiceField(choices=SavedSearch.Alerts.choices)


class SavedSearchInput(SavedSearchChange):
    """The same, and what to look for."""

    search = WantedInput()


class SavedSearches(Listed):
    """Your searches, the latest first; at most 30."""

    queryset = SavedSearch.objects.none()

    @extend_schema(summary="List your saved searches", responses=SavedSearchOutput(many=True))
    def get(self, request: Request) -> Response:
        return self.listed(person(request).saved_searches.order_by("-pk"), SavedSearchOutput)

    @extend_schema(
        summary="Save a search",
        description="You are told of roles that are new from now on.",
        request=SavedSearchInput,
        responses={201: SavedSearchOutput},
        examples=[OpenApiExample("Weekends", _EXAMPLE, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        sent = SavedSearchInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        wanted = PageSearch(**said.pop("search"))
        for kind, code, field in (
            (Cause, wanted.cause, "cause"),
            (Activity, wanted.activity, "activity"),
        ):
            received.items(kind, [code] if code else [], field=f"search.{field}")
        user = person(request)
        search = saved_searches.save(
            user=user, criteria=wanted.criteria(), address=wanted.address(), by=user, **said
        )
        return Response(SavedSearchOutput(search).data, status=status.HTTP_201_CREATED)


class OneSavedSearch(APIView):
    """One of your searches."""

    @extend_schema(summary="Read a saved search", responses=SavedSearchOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(SavedSearchOutput(_own(request, pk)).data)

    @extend_schema(
        summary="Change a saved search", request=SavedSearchChange, responses=SavedSearchOutput
    )
    def put(self, request: Request, pk: int) -> Response:
        search = _own(request, pk)
        sent = SavedSearchChange(data=request.data)
        sent.is_valid(raise_exception=True)
        saved_searches.change(search=search, by=person(request), **sent.validated_data)
        return Response(SavedSearchOutput(search).data)

    @extend_schema(summary="Delete a saved search", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        saved_searches.delete(search=_own(request, pk), by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _own(request: Request, number: int) -> SavedSearch:
    return get_object_or_404(person(request).saved_searches.all(), pk=number)
