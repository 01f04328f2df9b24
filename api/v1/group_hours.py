"""Hours of a group's people: confirm many at once, ask about one, write some down."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import HoursField, Input
from api.lists import Listed
from api.people import group_with_people, person
from api.v1.hours import HoursOutput, LogInput, QuestionInput
from core.input import LARGEST_ID
from placements import states
from placements.disclosure import seen_by_group
from placements.models import Application, HoursEntry
from placements.services import hours
from placements.services.hours import Confirmed, Tick

_tags = ["organisations"]


class GroupHoursOutput(HoursOutput):
    """Hours that somebody gave your group."""

    name = serializers.SerializerMethodField(help_text="Whose they are, as the group sees them.")

    class Meta(HoursOutput.Meta):
        fields = (*HoursOutput.Meta.fields, "name")
        read_only_fields = fields

    def get_name(self, entry: HoursEntry) -> str:
        return seen_by_group(entry.application).name


class GroupHours(Listed):
    """Hours that wait for your group's word, the oldest first."""

    queryset = HoursEntry.objects.none()

    @extend_schema(
        summary="List the hours to confirm", responses=GroupHoursOutput(many=True), tags=_tags
    )
    def get(self, request: Request, pk: int) -> Response:
        return self.listed(hours.open_for(group_with_people(request, pk)), GroupHoursOutput)

    @extend_schema(
        summary="Write down hours for somebody",
        description="They are confirmed at once. The person is told and can object.",
        request=LogInput,
        responses={201: GroupHoursOutput},
        tags=_tags,
    )
    def post(self, request: Request, pk: int) -> Response:
        group = group_with_people(request, pk)
        sent = LogInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        places = Application.objects.filter(
            opportunity__organisation=group, state__in=sorted(states.TAKEN_ON)
        ).select_related("volunteer__user", "opportunity__organisation")
        entry = hours.record(
            application=get_object_or_404(places, pk=said["application"]),
            day=said["day"],
            minutes=said["hours"],
            what=said["what"],
            by=person(request),
        )
        return Response(GroupHoursOutput(entry).data, status=status.HTTP_201_CREATED)


class TickInput(Input):
    """An entry, the hours that you saw there, and the hours that you confirm: the same, or
    others, of which the person is told."""

    id = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    seen = HoursField()
    hours = HoursField(required=False, help_text="Left out: as you saw them.")


class ConfirmInput(Input):
    """What you confirm."""

    entries = serializers.ListField(child=TickInput(), allow_empty=False, max_length=300)


class ConfirmedOutput(serializers.Serializer[Confirmed]):
    """What is confirmed now; what had changed since you saw it waits for you to look again."""

    confirmed = serializers.IntegerField(source="done")
    changed_meanwhile = serializers.IntegerField()


class ConfirmHours(APIView):
    """Confirm hours of your people, all at once."""

    @extend_schema(
        summary="Confirm hours",
        request=ConfirmInput,
        responses=ConfirmedOutput,
        tags=_tags,
        examples=[
            OpenApiExample(
                "One as it is, one less",
                {"entries": [{"id": 7, "seen": 2}, {"id": 8, "seen": 3, "hours": 2.5}]},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        group = group_with_people(request, pk)
        sent = ConfirmInput(data=request.data)
        sent.is_valid(raise_exception=True)
        confirmed = hours.confirm(
            organisation=group,
            ticks={one["id"]: _tick(one) for one in sent.validated_data["entries"]},
            by=person(request),
        )
        return Response(ConfirmedOutput(confirmed).data)


class AskAboutHours(APIView):
    """A question to the person about hours that are not confirmed."""

    @extend_schema(
        summary="Ask about hours", request=QuestionInput, responses=GroupHoursOutput, tags=_tags
    )
    def post(self, request: Request, pk: int, hours_id: int) -> Response:
        group = group_with_people(request, pk)
        found = get_object_or_404(hours.open_for(group), pk=hours_id)
        sent = QuestionInput(data=request.data)
        sent.is_valid(raise_exception=True)
        hours.question(entry=found, by=person(request), **sent.validated_data)
        return Response(GroupHoursOutput(found).data)


def _tick(said: dict[str, Any]) -> Tick:
    return Tick(said["seen"], said.get("hours", said["seen"]))
