"""Groups that a person blocked, and people that a group blocked."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.acting import act_for
from api.inputs import Input, Nothing
from api.lists import Listed
from api.people import person, volunteer
from core.errors import NotFound
from placements.models import Application, Block
from placements.selectors import groups_blocked_by, groups_known_to, visible_to
from placements.services import blocks
from placements.sides import sides_of
from placements.states import Mover


class BlockedGroupOutput(serializers.ModelSerializer[Block]):
    """A group that you blocked. It is not told."""

    organisation = serializers.IntegerField(source="organisation_id", read_only=True)
    name = serializers.CharField(source="organisation.name", read_only=True)

    class Meta:
        model = Block
        fields = ("organisation", "name", "created_at")
        read_only_fields = fields


class BlockInput(Input):
    """Which group."""

    organisation = serializers.IntegerField(min_value=1)


class BlockedGroups(Listed):
    """What you blocked, the latest first."""

    queryset = Block.objects.none()

    @extend_schema(summary="List the groups you blocked", responses=BlockedGroupOutput(many=True))
    def get(self, request: Request) -> Response:
        return self.listed(groups_blocked_by(volunteer(request)), BlockedGroupOutput)

    @extend_schema(
        summary="Block a group",
        description=(
            "Its roles are not suggested to you, you cannot ask for them, and neither of you can "
            "write to the other. What you asked for before stays as it is."
        ),
        request=BlockInput,
        responses={201: BlockedGroupOutput},
    )
    def post(self, request: Request) -> Response:
        own = volunteer(request)
        sent = BlockInput(data=request.data)
        sent.is_valid(raise_exception=True)
        group = get_object_or_404(groups_known_to(own), pk=sent.validated_data["organisation"])
        blocks.block(volunteer=own, organisation=group, side=Mover.VOLUNTEER, by=person(request))
        made = groups_blocked_by(own).get(organisation=group)
        return Response(BlockedGroupOutput(made).data, status=status.HTTP_201_CREATED)


class OneBlockedGroup(APIView):
    """A group that you blocked, by its id."""

    @extend_schema(summary="Undo the block of a group", responses={204: None})
    def delete(self, request: Request, organisation: int) -> Response:
        own = volunteer(request)
        made = get_object_or_404(groups_blocked_by(own), organisation=organisation)
        blocks.unblock(
            volunteer=own,
            organisation=made.organisation,
            side=Mover.VOLUNTEER,
            by=person(request),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class BlockApplicant(APIView):
    """Who asked for a role of your group, blocked by it. They are not told."""

    @extend_schema(
        summary="Block a person",
        description="Once is enough. Please still answer what they asked for.",
        request=Nothing,
        responses={204: None},
        tags=["applications"],
    )
    def post(self, request: Request, pk: int) -> Response:
        pair = _pair(request, pk)
        Nothing(data=request.data).is_valid(raise_exception=True)
        blocks.block(**pair, side=Mover.GROUP, by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="Undo the block of a person", responses={204: None}, tags=["applications"]
    )
    def delete(self, request: Request, pk: int) -> Response:
        blocks.unblock(**_pair(request, pk), side=Mover.GROUP, by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _pair(request: Request, number: int) -> dict[str, Any]:
    """Give the person and the group of an application. Raises NotFound for who does not stand on
    the group's side of it."""
    application: Application = get_object_or_404(visible_to(request.user), pk=number)
    if Mover.GROUP not in sides_of(person(request), application):
        raise NotFound("there is no such application")
    group = application.opportunity.organisation
    act_for(request, group)
    return {"volunteer": application.volunteer, "organisation": group}
