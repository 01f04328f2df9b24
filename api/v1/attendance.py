"""Who is with a group in a role: the times, who means to come, who was there, the code."""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import HoursField, Input
from api.lists import Listed
from api.people import person, role_with_people
from api.v1.application_output import PersonOutput
from api.v1.placements import OccasionOutput, TimeOutput
from core.input import LARGEST_ID
from opportunities.models import Opportunity
from placements import check_in, occasions, states
from placements.disclosure import SeenPerson, seen_by_group
from placements.models import Application, Attendance
from placements.occasions import Occasion
from placements.selectors import received_for
from placements.services import attendance
from placements.volunteering import Place, placed_in

#: So many times of a role are listed, to come and past.
MOST_TIMES = 6
_tags = ["opportunities"]


class TimesOutput(serializers.Serializer[Any]):
    """The times of a role: to come, soonest first, and those that have begun, latest first."""

    ahead = OccasionOutput(many=True)
    lately = OccasionOutput(many=True)


class RoleTimes(APIView):
    """When your role is done."""

    @extend_schema(
        summary="List the times of your role",
        operation_id="opportunities_times_list",
        responses=TimesOutput,
        tags=_tags,
    )
    def get(self, request: Request, pk: int) -> Response:
        role = role_with_people(request, pk)
        prefetch_related_objects([role], "sessions")
        times = {
            "ahead": occasions.ahead(role, most=MOST_TIMES),
            "lately": attendance.lately(role, most=MOST_TIMES),
        }
        return Response(TimesOutput(times).data)


@dataclass(frozen=True, slots=True)
class Expected:
    """One person who is expected at a time, and what is known of them there."""

    application: Application
    row: Attendance | None

    @property
    def person(self) -> SeenPerson:
        return seen_by_group(self.application)


class AtTimeOutput(serializers.Serializer[Expected]):
    """One person at one time. `state` is empty as long as nobody has said anything."""

    application = serializers.IntegerField(source="application.pk")
    name = serializers.CharField(source="person.name")
    state = serializers.ChoiceField(
        choices=Attendance.State.choices, source="row.state", default="", allow_blank=True
    )
    how = serializers.ChoiceField(
        choices=Attendance.How.choices, source="row.how", default="", allow_blank=True
    )


class RoleTimeOutput(serializers.Serializer[Any]):
    """One time of a role, and who is expected."""

    occasion = OccasionOutput()
    has_begun = serializers.BooleanField(
        source="occasion.has_begun", help_text="Whether it can be said who was there."
    )
    people = AtTimeOutput(many=True)


class RecordedPerson(Input):
    """Whether somebody was there, by the id of their application."""

    application = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    state = serializers.ChoiceField(choices=Attendance.RECORDED)


class RecordInput(Input):
    """Who was there. `hours` says how long it was on a day without a set hour."""

    people = serializers.ListField(child=RecordedPerson(), allow_empty=False, max_length=300)
    hours = HoursField(required=False)


class RoleTime(APIView):
    """One time of your role, by its code."""

    @extend_schema(summary="Read who comes to one time", responses=RoleTimeOutput, tags=_tags)
    def get(self, request: Request, pk: int, when: str) -> Response:
        role = role_with_people(request, pk)
        return self._told(occasions.named(role, when))

    @extend_schema(
        summary="Say who was there",
        description=(
            "The hours of those who were there are confirmed with it, of those too who had checked "
            "in by the code: those of the session, or `hours` on a day without a set hour. Without "
            "`hours` nothing is confirmed on such a day. Hours that people wrote down themselves "
            "wait until you confirm them."
        ),
        request=RecordInput,
        responses=RoleTimeOutput,
        tags=_tags,
        examples=[
            OpenApiExample(
                "Two people",
                {
                    "people": [
                        {"application": 81, "state": "attended"},
                        {"application": 82, "state": "no_show"},
                    ]
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, pk: int, when: str) -> Response:
        role = role_with_people(request, pk)
        occasion = occasions.named(role, when)
        sent = RecordInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        attendance.record(
            occasion=occasion,
            people={one["application"]: one["state"] for one in said["people"]},
            minutes=said.get("hours") if occasion.minutes is None else None,
            by=person(request),
        )
        return self._told(occasion)

    def _told(self, occasion: Occasion) -> Response:
        known = attendance.at(occasion)
        people = [Expected(one, known.get(one.pk)) for one in attendance.expected(occasion)]
        return Response(RoleTimeOutput({"occasion": occasion, "people": people}).data)


class CheckInCodeOutput(serializers.Serializer[Any]):
    """The code to show at the door, and between when it is good."""

    code = serializers.CharField()
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()


class RoleCheckInCode(APIView):
    """With this code people write down on their phones that they are there."""

    @extend_schema(summary="Read the code for checking in", responses=CheckInCodeOutput, tags=_tags)
    def get(self, request: Request, pk: int, when: str) -> Response:
        occasion = occasions.named(role_with_people(request, pk), when)
        shown = {
            "code": check_in.code_of(occasion),
            "opens_at": occasion.opens_at,
            "closes_at": occasion.closes_at,
        }
        return Response(CheckInCodeOutput(shown).data)


@dataclass(frozen=True, slots=True)
class PlacedPerson:
    """Somebody with a place, as their group sees them."""

    place: Place

    @property
    def person(self) -> SeenPerson:
        return seen_by_group(self.place.application)


class PlacedPersonOutput(serializers.Serializer[PlacedPerson]):
    """Somebody who has a place in your role: since when, what they gave, when next."""

    application = serializers.IntegerField(source="place.application.pk")
    person = PersonOutput()
    since = serializers.DateTimeField(source="place.since")
    hours_confirmed = HoursField(source="place.minutes.confirmed")
    hours_open = HoursField(source="place.minutes.open")
    next_time = TimeOutput(source="place.next_time", allow_null=True)


class RoleVolunteers(Listed):
    """Everybody who has a place in your role, the longest first."""

    queryset = Opportunity.objects.none()

    @extend_schema(
        summary="List who has a place in your role",
        responses=PlacedPersonOutput(many=True),
        tags=_tags,
    )
    def get(self, request: Request, pk: int) -> Response:
        role = role_with_people(request, pk)
        placed = received_for(role).filter(state__in=sorted(states.PLACED)).order_by("pk")
        page: Any = self.page_of(placed)
        places = placed_in(role, page, times=MOST_TIMES)
        return self.answer([PlacedPerson(place) for place in places], PlacedPersonOutput)
