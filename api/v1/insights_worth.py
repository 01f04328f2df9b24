"""What one more place is worth, by kind of work, time and ward."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import Listed
from api.v1 import insights_shown as as_shown
from api.v1.insights_access import OfStatistics
from api.v1.insights_filters import AREA_OR_HOME, area_of
from api.v1.insights_output import ShownOutput
from insights.models import RolePlan
from insights.selectors.worth_of_places import WorthOfAPlace, worth_of_places


class WorthOfAPlaceOutput(serializers.Serializer[Any]):
    """One more place of a kind of work, at a time, in a ward."""

    kind = serializers.CharField(help_text="The kind of work, in words.")
    activity = serializers.CharField(help_text="The same as a code of `taxonomy/`.")
    when = serializers.CharField()
    where = serializers.CharField()
    ward = serializers.CharField(help_text="The code of the ward; empty: from home.")
    people = ShownOutput(help_text="People without a place who named such work and could take it.")
    worth = serializers.FloatField(
        help_text=(
            "What they count for on average, in steps of a quarter: 1 is somebody who has just "
            "come, 2 somebody who has waited half a year, and more where little is offered."
        )
    )


class WorthOfPlaces(OfStatistics, Listed):
    """What one more place is worth."""

    queryset = RolePlan.objects.none()
    parameters = frozenset({"area"})

    @extend_schema(
        operation_id="insights_worth_of_a_place_list",
        summary="List what one more place is worth, by kind of work, time and ward",
        description=(
            "Made once a month with the plan of roles; worth most first. At most ten of "
            "each ward, none of fewer than 20 people. They overlap and do not add up."
        ),
        parameters=[AREA_OR_HOME],
        responses=WorthOfAPlaceOutput(many=True),
        tags=["insights"],
    )
    def get(self, request: Request) -> Response:
        found = worth_of_places(area_of(request, has_home=True))
        page = self.page_of(found.rows if found else [])
        return self.answer([_row(one) for one in page], WorthOfAPlaceOutput)


def _row(one: WorthOfAPlace) -> dict[str, Any]:
    names = ("kind", "activity", "when", "where", "ward", "worth")
    return {**{name: getattr(one, name) for name in names}, "people": as_shown.people(one.people)}
