"""Waiting lists that a person is on: where they stand, join, leave."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import Input, Nothing
from api.lists import Listed
from api.people import person, volunteer
from api.v1.application_output import RoleName
from core import input as received
from core.models import Activity, Cause
from opportunities.selectors import visible_roles
from placements import queues
from placements.models import PassedOver, WaitingListEntry
from placements.queues import Standing
from placements.services import waiting_lists


class PassedOutput(serializers.ModelSerializer[PassedOver]):
    """A role of this kind that went to somebody behind you, and the rule for which it did."""

    opportunity = RoleName(read_only=True)

    class Meta:
        model = PassedOver
        fields = ("opportunity", "rule", "at")
        read_only_fields = fields


class WaitingListOutput(serializers.Serializer[Standing]):
    """One list that you are on: of a role, or of a kind of role."""

    id = serializers.IntegerField(source="entry.pk")
    opportunity = RoleName(
        source="entry.opportunity", allow_null=True, help_text="Null where it is of a kind."
    )
    activity = serializers.CharField(
        source="entry.activity.code", default=None, allow_null=True, help_text="The kind of role."
    )
    cause = serializers.CharField(
        source="entry.cause.code", default=None, allow_null=True, help_text="Null: any cause."
    )
    state = serializers.ChoiceField(choices=WaitingListEntry.State.choices, source="entry.state")
    position = serializers.IntegerField(help_text="Your place, from 1.")
    length = serializers.IntegerField(help_text="How many people are on it.")
    joined_at = serializers.DateTimeField(source="entry.joined_at")
    offer = serializers.IntegerField(
        source="offer.pk",
        default=None,
        allow_null=True,
        help_text="The id of the place that is kept for you now; null where none is.",
    )
    passed = PassedOutput(many=True)


class JoinInput(Input):
    """Either a role, or a kind of role by `activity`, of one `cause` if you name it."""

    opportunity = serializers.IntegerField(min_value=1, required=False)
    activity = serializers.SlugField(max_length=50, required=False)
    cause = serializers.SlugField(max_length=50, required=False)

    default_error_messages = {"either": _("Send a role, or an activity.")}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        of_kind = attrs.keys() - {"opportunity"}
        if ("opportunity" in attrs) == bool(of_kind) or of_kind == {"cause"}:
            self.fail("either")
        return attrs


class WaitingLists(Listed):
    """The lists that you are on. You can be on five."""

    queryset = WaitingListEntry.objects.none()

    @extend_schema(summary="List your waiting lists", responses=WaitingListOutput(many=True))
    def get(self, request: Request) -> Response:
        return self.listed(queues.standings_of(volunteer(request)), WaitingListOutput)

    @extend_schema(
        summary="Join a waiting list",
        request=JoinInput,
        responses={201: WaitingListOutput},
        examples=[
            OpenApiExample("Of a role", {"opportunity": 12}, request_only=True),
            OpenApiExample("Of a kind of role", {"activity": "gardening"}, request_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        own = volunteer(request)
        sent = JoinInput(data=request.data)
        sent.is_valid(raise_exception=True)
        asked = sent.validated_data
        if "opportunity" in asked:
            roles = visible_roles(request.user).select_related("organisation")
            role = get_object_or_404(roles, pk=asked["opportunity"])
            entry = waiting_lists.join_role(volunteer=own, opportunity=role, by=person(request))
        else:
            (activity,) = received.items(Activity, [asked["activity"]], field="activity")
            causes = [asked["cause"]] if "cause" in asked else []
            cause = next(iter(received.items(Cause, causes, field="cause")), None)
            entry = waiting_lists.join_kind(
                volunteer=own, activity=activity, cause=cause, by=person(request)
            )
        standing = next(one for one in queues.standings_of(own) if one.entry.pk == entry.pk)
        return Response(WaitingListOutput(standing).data, status=status.HTTP_201_CREATED)


class LeaveWaitingList(APIView):
    """Off a list. Who joins again starts at its end."""

    @extend_schema(summary="Leave a waiting list", request=Nothing, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        mine = WaitingListEntry.objects.filter(volunteer=volunteer(request))
        entry = get_object_or_404(mine, pk=pk)
        Nothing(data=request.data).is_valid(raise_exception=True)
        waiting_lists.leave(entry=entry, by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
