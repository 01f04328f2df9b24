"""A person's own hours: written down, changed, taken out, doubted."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import HoursField, Input
from api.lists import Listed
from api.people import person, volunteer
from api.v1.application_output import RoleName
from placements import volunteering
from placements.models import HoursEntry
from placements.services import hours
from placements.services.hours import QUESTION_LENGTH, WHAT_LENGTH
from placements.volunteering import Month


class HoursOutput(serializers.ModelSerializer[HoursEntry]):
    """Hours of one day in one role, and what became of them."""

    application = serializers.IntegerField(source="application_id", read_only=True)
    opportunity = RoleName(source="application.opportunity", read_only=True)
    hours = HoursField(source="minutes", read_only=True)

    class Meta:
        model = HoursEntry
        fields: tuple[str, ...] = (
            "id",
            "application",
            "opportunity",
            "day",
            "hours",
            "what",
            "state",
            "question",
            "questioned_by",
            "confirmed_at",
        )
        read_only_fields = fields


class DayInput(Input):
    """Hours of one day, in quarters."""

    day = serializers.DateField()
    hours = HoursField()
    what = serializers.CharField(max_length=WHAT_LENGTH, allow_blank=True, default="")


class LogInput(DayInput):
    """In which of your places, by the id of the application; which day; how long."""

    application = serializers.IntegerField(min_value=1)


class QuestionInput(Input):
    """What you want to ask. The other side reads it in a message from the service."""

    words = serializers.CharField(max_length=QUESTION_LENGTH)


class MonthOutput(serializers.Serializer[Month]):
    """What you gave in one month."""

    month = serializers.DateField(source="first", help_text="Its first day.")
    confirmed = HoursField(source="minutes.confirmed")
    open = HoursField(source="minutes.open", help_text="Not confirmed by the group yet.")


class Hours(Listed):
    """All your hours, the latest first."""

    queryset = HoursEntry.objects.none()

    @extend_schema(summary="List your hours", responses=HoursOutput(many=True))
    def get(self, request: Request) -> Response:
        return self.listed(_mine(request), HoursOutput)

    @extend_schema(
        summary="Write down hours",
        description="The group confirms them.",
        request=LogInput,
        responses={201: HoursOutput},
        examples=[
            OpenApiExample(
                "An afternoon",
                {"application": 81, "day": "2027-01-30", "hours": 2.5, "what": "Lunch club"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        own = volunteer(request)
        sent = LogInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        entry = hours.log(
            application=get_object_or_404(volunteering.taken_on(own), pk=said["application"]),
            day=said["day"],
            minutes=said["hours"],
            what=said["what"],
            by=person(request),
        )
        return Response(HoursOutput(entry).data, status=status.HTTP_201_CREATED)


class HoursByMonth(Listed):
    """What you gave month by month, the latest first."""

    queryset = HoursEntry.objects.none()

    @extend_schema(summary="Read your hours by month", responses=MonthOutput(many=True))
    def get(self, request: Request) -> Response:
        return self.listed(volunteering.months_of(volunteer(request)), MonthOutput)


class OneEntry(APIView):
    """One entry of your hours, as long as the group has not confirmed it."""

    @extend_schema(
        summary="Change hours",
        description="A question of the group is answered by it.",
        request=DayInput,
        responses=HoursOutput,
    )
    def put(self, request: Request, pk: int) -> Response:
        entry = get_object_or_404(_mine(request), pk=pk)
        sent = DayInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        hours.change(
            entry=entry,
            day=said["day"],
            minutes=said["hours"],
            what=said["what"],
            by=person(request),
        )
        return Response(HoursOutput(entry).data)

    @extend_schema(summary="Take out hours", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        hours.remove(entry=get_object_or_404(_mine(request), pk=pk), by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ObjectToHours(APIView):
    """Hours that the group has confirmed are wrong: it looks at them again."""

    @extend_schema(
        summary="Object to confirmed hours", request=QuestionInput, responses=HoursOutput
    )
    def post(self, request: Request, pk: int) -> Response:
        entry = get_object_or_404(_mine(request), pk=pk)
        sent = QuestionInput(data=request.data)
        sent.is_valid(raise_exception=True)
        hours.object_to(entry=entry, by=person(request), **sent.validated_data)
        return Response(HoursOutput(entry).data)


def _mine(request: Request) -> QuerySet[HoursEntry]:
    return HoursEntry.objects.filter(application__volunteer=volunteer(request)).select_related(
        "application__opportunity__organisation", "application__volunteer__user"
    )
