"""What more places would do, by kind of work, time and ward."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import Listed
from api.v1.insights_access import OfStatistics
from api.v1.insights_filters import AREA_OR_HOME, area_of
from insights.models import RolePlan
from insights.selectors.more_places import MorePlaces, more_places


class MorePlacesOutput(serializers.Serializer[Any]):
    """More places of a kind of work, at a time, in a ward."""

    kind = serializers.CharField(help_text="The kind of work, in words.")
    activity = serializers.CharField(help_text="The same as a code of `taxonomy/`.")
    when = serializers.CharField()
    where = serializers.CharField()
    ward = serializers.CharField(help_text="The code of the ward; empty: from home.")
    places = serializers.IntegerField(help_text="How many more places.")
    placed = serializers.IntegerField(
        help_text="How many more people these would place: the mean over draws of who would ask."
    )
    placed_by_one = serializers.FloatField(
        help_text="How many one such place would, in steps of a quarter of a person."
    )


class WhatMorePlacesDo(OfStatistics, Listed):
    """What ten more places of each kind, at each time, in each ward, would do."""

    queryset = RolePlan.objects.none()
    parameters = frozenset({"area"})

    @extend_schema(
        operation_id="insights_more_places_list",
        summary="List what more places would do, by kind of work, time and ward",
        description=(
            "Made once a month with the plan of roles, those that would place most people first. "
            "Who would ask is drawn by lot, several times; each time everybody is placed anew with "
            "the added places. Each line by itself: they do not add up. None that fewer than 20 "
            "people who named such work could take, and none that would place nobody."
        ),
        parameters=[AREA_OR_HOME],
        responses=MorePlacesOutput(many=True),
        tags=["insights"],
    )
    def get(self, request: Request) -> Response:
        found = more_places(area_of(request, has_home=True))
        page = self.page_of(found.rows if found else [])
        return self.answer([as_row(one) for one in page], MorePlacesOutput)


def as_row(one: MorePlaces) -> dict[str, Any]:
    """A line as `MorePlacesOutput` gives it."""
    names = ("kind", "activity", "when", "where", "ward", "places", "placed")
    return {**{name: getattr(one, name) for name in names}, "placed_by_one": one.by_one}
