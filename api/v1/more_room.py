"""A role that many more ask for than there are places: what its group could do, and doing it."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from api.inputs import SLOT_CODES, Input, Nothing
from api.people import own_role, person
from core.disclosure import rounded
from core.week import SLOTS_BY_CODE
from insights.selectors.over_asked import Proposal, proposals_for
from opportunities.models import MoreRoom, Opportunity, Organisation
from opportunities.services import more_room

Kind = MoreRoom.Kind
_tags = ["opportunities"]


class NearGroupOutput(serializers.Serializer[Any]):
    """A group of the same cause nearby, with places that nobody asks for."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()


class ProposalOutput(serializers.Serializer[Any]):
    """One thing that the group could do."""

    kind = serializers.ChoiceField(choices=Kind.choices)
    room = serializers.SerializerMethodField(
        help_text="For how many more it makes room; of people, rounded, null for 1 to 7."
    )
    slots = serializers.ListField(
        child=serializers.ChoiceField(choices=SLOT_CODES), source="slot_codes"
    )
    turns = serializers.IntegerField(help_text="People who take turns in a place; 0: no turns.")
    groups = NearGroupOutput(many=True)

    def get_room(self, proposal: Proposal) -> int | None:
        return rounded(proposal.room) if proposal.is_of_people else proposal.room


class StepOutput(serializers.ModelSerializer[MoreRoom]):
    """What the group did, and did not undo. `drafts`: the roles that it began."""

    other_group = serializers.IntegerField(source="other_group_id", read_only=True, allow_null=True)
    drafts: serializers.PrimaryKeyRelatedField[Opportunity] = serializers.PrimaryKeyRelatedField(
        many=True, read_only=True
    )

    class Meta:
        model = MoreRoom
        fields = ("id", "kind", "at", "other_group", "drafts", "undone_at")
        read_only_fields = fields


class MoreRoomOutput(serializers.Serializer[Any]):
    """What is proposed, nothing where there are places enough, and what was done."""

    proposals = ProposalOutput(many=True)
    done = StepOutput(many=True)


class MakeRoomInput(Input):
    """What to do; `slots` (shifts), `extra` (sharing: in so many places), `turns` with `words` for
    the role's page, or the other `group`.
    """

    kind = serializers.ChoiceField(choices=Kind.choices)
    slots = serializers.ListField(
        child=serializers.ChoiceField(choices=SLOT_CODES), max_length=21, default=list
    )
    extra = serializers.IntegerField(min_value=1, max_value=500, default=1)
    turns = serializers.IntegerField(min_value=2, max_value=more_room.MOST_TURNS, default=2)
    words = serializers.CharField(max_length=300, allow_blank=True, default="")
    group = serializers.IntegerField(min_value=1, required=False)


class RoleMoreRoom(APIView):
    """Room for more of those who ask for your role."""

    @extend_schema(
        summary="Read how your role could take more of those who ask",
        responses=MoreRoomOutput,
        tags=_tags,
    )
    def get(self, request: Request, pk: int) -> Response:
        role = own_role(request, pk)
        proposed = proposals_for(role)
        found = {
            "proposals": proposed.proposals if proposed else [],
            "done": role.more_room.standing().prefetch_related("drafts"),
        }
        return Response(MoreRoomOutput(found).data)

    @extend_schema(
        summary="Make room for more of those who ask",
        description="Each step can be undone. Shifts are drafts until you send them.",
        request=MakeRoomInput,
        responses={201: StepOutput},
        tags=_tags,
        examples=[OpenApiExample("Sharing", {"kind": "job_share", "extra": 2}, request_only=True)],
    )
    def post(self, request: Request, pk: int) -> Response:
        role = own_role(request, pk)
        sent = MakeRoomInput(data=request.data)
        sent.is_valid(raise_exception=True)
        step = _make(role, person(request), sent.validated_data)
        return Response(StepOutput(step).data, status=status.HTTP_201_CREATED)


class UndoRoom(APIView):
    """One step back. A second time is a conflict."""

    @extend_schema(
        summary="Undo a step that made room", request=Nothing, responses=StepOutput, tags=_tags
    )
    def post(self, request: Request, pk: int, step_id: int) -> Response:
        step = get_object_or_404(own_role(request, pk).more_room.all(), pk=step_id)
        Nothing(data=request.data).is_valid(raise_exception=True)
        more_room.undo(done=step, by=person(request))
        step.refresh_from_db()
        return Response(StepOutput(step).data)


def _make(role: Opportunity, by: User, said: dict[str, Any]) -> MoreRoom:
    if said["kind"] == Kind.SHIFTS:
        slots = [SLOTS_BY_CODE[code] for code in dict.fromkeys(said["slots"])]
        return more_room.add_shifts(opportunity=role, slots=slots, by=by)
    if said["kind"] == Kind.JOB_SHARE:
        return more_room.share_places(opportunity=role, extra=said["extra"], by=by)
    if said["kind"] == Kind.TURNS:
        return more_room.take_turns(
            opportunity=role, turns=said["turns"], words=said["words"], by=by
        )
    group = get_object_or_404(Organisation.objects.verified(), pk=said.get("group", 0))
    return more_room.ask_for_second_group(opportunity=role, group=group, by=by)
