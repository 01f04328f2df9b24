"""Roles that many more people ask for than there are places, and what their groups could do."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import Listed
from api.v1 import insights_shown as as_shown
from api.v1.insights_access import OfStatistics
from api.v1.insights_output import ShownOutput
from insights.measures import MEASURES
from insights.selectors.over_asked import OverAsked, Proposal
from insights.selectors.over_asked_shown import most_over_asked, proposals_shown, room_shown
from opportunities.models import MoreRoom, Opportunity


class CouldDoOutput(serializers.Serializer[Any]):
    """One thing that the group could do."""

    kind = serializers.ChoiceField(choices=MoreRoom.Kind.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # a field called so
    room = ShownOutput(
        allow_null=True,
        help_text=(
            "For how many more it makes room, of `job_share` at most; null where that is not known."
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
        help_text="People on its waiting list count too, but are not shown."
    )
    could_do = CouldDoOutput(many=True)


class OverAskedRoles(OfStatistics, Listed):
    """The roles that most people go without."""

    queryset = Opportunity.objects.none()

    @extend_schema(
        operation_id="insights_over_asked_list",
        summary="List roles that many more people ask for than there are places",
        description="At most 30: those that most people go without.",
        responses=OverAskedOutput(many=True),
        tags=["insights"],
    )
    def get(self, request: Request) -> Response:
        page = self.page_of(most_over_asked())
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
        "could_do": [_could_do(proposal, row) for proposal in proposals_shown(row)],
    }


def _could_do(proposal: Proposal, row: OverAsked) -> dict[str, Any]:
    room = room_shown(proposal, row)
    told = None
    if room is not None:
        # Places are public, and said as they are.
        measure = MEASURES["people_waiting" if proposal.is_of_people else "places_open"]
        told = as_shown.shown(measure, room)
    return {"kind": proposal.kind, "label": str(proposal.kind.label), "room": told}
