"""A person's own places: what they gave, the times to come, whether they come."""

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import HoursField, Input
from api.lists import Listed
from api.people import person, volunteer
from api.v1.application_output import RoleName
from core.week import Slot
from placements import check_in, occasions, volunteering
from placements.models import Application, Attendance
from placements.occasions import Occasion
from placements.services import attendance
from placements.volunteering import Place, Time


class OccasionOutput(serializers.Serializer[Occasion]):
    """One time of a role: a dated session, or a day of its week without a set hour."""

    code = serializers.CharField(help_text="What stands for it in addresses and when you answer.")
    day = serializers.DateField()
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    parts = serializers.SerializerMethodField(help_text="On a day: the parts of it, as slots.")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_parts(self, occasion: Occasion) -> list[str]:
        slots: list[Slot] = occasion.parts
        return [slot.code for slot in slots]


class TimeOutput(serializers.Serializer[Time]):
    """A time to come, and what you said of it: empty for nothing yet."""

    occasion = OccasionOutput()
    said = serializers.ChoiceField(choices=Attendance.State.choices, allow_blank=True)


class PlacementOutput(serializers.Serializer[Place]):
    """A place that you have or had in a role."""

    application = serializers.IntegerField(source="application.pk")
    opportunity = RoleName(source="application.opportunity")
    state = serializers.ChoiceField(choices=Application.State.choices, source="application.state")
    hours_confirmed = HoursField(source="minutes.confirmed")
    hours_open = HoursField(source="minutes.open", help_text="Not confirmed by the group yet.")
    times = TimeOutput(many=True, help_text="The next four; none once it is over.")


class Placements(Listed):
    """The places that you have, and after them those that you had, the latest first."""

    queryset = Application.objects.none()

    @extend_schema(summary="List your places", responses=PlacementOutput(many=True))
    def get(self, request: Request) -> Response:
        now_placed, over = volunteering.places_of(volunteer(request))
        return self.listed([*now_placed, *over], PlacementOutput)


class ComingInput(Input):
    """Whether you come, and when: the `code` of a time."""

    when = serializers.SlugField(max_length=20)
    coming = serializers.BooleanField()


class AttendanceOutput(serializers.ModelSerializer[Attendance]):
    """What is written down about you at one time."""

    application = serializers.IntegerField(source="application_id", read_only=True)

    class Meta:
        model = Attendance
        fields = ("application", "day", "starts_at", "ends_at", "state", "how")
        read_only_fields = fields


class SayComing(APIView):
    """Your place, by the id of the application. The group sees what you say."""

    @extend_schema(
        summary="Say whether you come to one time",
        request=ComingInput,
        responses=AttendanceOutput,
        examples=[
            OpenApiExample("A session", {"when": "418", "coming": True}, request_only=True),
            OpenApiExample("A day", {"when": "2027-01-30", "coming": False}, request_only=True),
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        place = get_object_or_404(volunteering.taken_on(volunteer(request)), pk=pk)
        sent = ComingInput(data=request.data)
        sent.is_valid(raise_exception=True)
        row = attendance.say(
            application=place,
            occasion=occasions.named(place.opportunity, sent.validated_data["when"]),
            coming=sent.validated_data["coming"],
            by=person(request),
        )
        return Response(AttendanceOutput(row).data)


class CodeInput(Input):
    """The code that the group shows where you volunteer."""

    code = serializers.CharField(max_length=20)


class CheckIn(APIView):
    """You are there: it is written down, with your hours. A second time changes nothing."""

    @extend_schema(
        summary="Say that you are there",
        request=CodeInput,
        responses=AttendanceOutput,
        tags=["placements"],
    )
    def post(self, request: Request) -> Response:
        own = volunteer(request)
        sent = CodeInput(data=request.data)
        sent.is_valid(raise_exception=True)
        application, occasion = check_in.find(own, sent.validated_data["code"])
        row = attendance.check_in(application=application, occasion=occasion, by=person(request))
        return Response(AttendanceOutput(row).data)
