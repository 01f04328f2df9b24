"""Roles that many more people ask for than there are places, and what their groups could do."""

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
from insights.disclosure import Shown
from insights.measures import MEASURES
from insights.selectors.over_asked import OverAsked, Proposal, most_over_asked
from opportunities.models import MoreRoom, Opportunity


class CouldDoOutput(serializers.Serializer[Any]):
    """One thing that the group could do."""

    kind = serializers.ChoiceField(choices=MoreRoom.Kind.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # a field called so
    room = ShownOutput(
        allow_null=True,
        help_text=(
            "For how many more it makes room at most; null where that is not said: of `shifts` and "
            "`second_group`."
        ),
    )


class OverAskedOutput(serializers.Serializer[Any]):
    """A role that many more people ask for than it has places."""

    opportunity = serializers.IntegerField(help_text="Its number in `opportunities/`.")
    title = serializers.CharField()
    organisation = serializers.IntegerField()
    organisation_name = serializers.CharField()
    places = serializers.IntegerField()
    places_left = serializers.IntegerField()
    waiting_for_an_answer = serializers.IntegerField(
        help_text="Only they count: whether a role is listed does not depend on its waiting list."
    )
    could_do = CouldDoOutput(many=True)


class OverAskedRoles(OfStatistics, Listed):
    """The roles that most people go without."""

    queryset = Opportunity.objects.none()
    parameters = frozenset({"area"})

    @extend_schema(
        operation_id="insights_over_asked_list",
        summary="List roles that many more people ask for than there are places",
        description="At most 30, of the borough or of a ward: those that most people go without.",
        parameters=[AREA_OR_HOME],
        responses=OverAskedOutput(many=True),
        tags=["insights"],
    )
    def get(self, request: Request) -> Response:
        page = self.page_of(most_over_asked(area_of(request, has_home=True)))
        return self.answer([_role(row) for row in page], OverAskedOutput)


def _role(row: OverAsked) -> dict[str, Any]:
    role = row.role
    return {
        "opportunity": role.pk,
        "title": role.title,
        "organisation": role.organisation_id,
        "organisation_name": role.organisation.name,
        "places": role.places,
        "places_left": role.places_left,
        "waiting_for_an_answer": role.applications_pending,
        "could_do": [_could_do(proposal) for proposal in row.proposals],
    }


def _could_do(proposal: Proposal) -> dict[str, Any]:
    told = None
    if proposal.room:
        # It follows from places and from who waits for an answer, which are public.
        told = as_shown.shown(MEASURES["places_open"], Shown(float(proposal.room)))
    return {"kind": proposal.kind, "label": str(proposal.kind.label), "room": told}
