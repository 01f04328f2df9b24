"""A volunteer's own profile. Nobody reads another person's here."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import CodesField, Input, Nothing, WeekField
from api.people import person, volunteer
from core.motives import Motive
from volunteers.models import Volunteer
from volunteers.services import profiles

#: What a person says about themselves, in the order in which it is shown.
_SAID = (
    "date_of_birth",
    "postcode",
    "travel_miles",
    "travel_mode",
    "helps_in_person",
    "helps_from_home",
    "open_to_one_off",
    "open_to_regular",
    "wants_company",
    "hours_a_week",
    "availability",
    "about",
    "experience",
    "languages",
    "causes",
    "activities",
    "skills",
    "motives",
    "dbs_level",
    "willing_dbs",
    "support_needs",
    "share_support_needs",
    "welcomes_invitations",
    "can_start_from",
)


class ProfileInput(Input, serializers.ModelSerializer[Volunteer]):
    """What a person says about themselves. `travel_miles` null is any distance."""

    availability = WeekField(required=False, help_text="Empty: not said.")
    languages = CodesField()
    causes = CodesField()
    activities = CodesField()
    skills = CodesField()
    motives = serializers.ListField(
        child=serializers.ChoiceField(choices=Motive.choices),
        required=False,
        max_length=20,
        help_text="What you would like to get out of it. Groups do not see it.",
    )

    class Meta:
        model = Volunteer
        fields = _SAID
        extra_kwargs = {
            "travel_miles": {"min_value": 1, "max_value": 50},
            "hours_a_week": {"min_value": 1, "max_value": 40},
        }


class ProfileOutput(serializers.ModelSerializer[Volunteer]):
    """A person's own profile."""

    first_name = serializers.CharField(source="user.first_name", read_only=True)
    last_name = serializers.CharField(source="user.last_name", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)
    phone = serializers.CharField(source="user.phone", read_only=True)
    availability = WeekField(read_only=True)
    languages = CodesField(read_only=True)
    causes = CodesField(read_only=True)
    activities = CodesField(read_only=True)
    skills = CodesField(read_only=True)
    motives = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Volunteer
        fields = (
            "id",
            "first_name",
            "last_name",
            "email",
            "phone",
            *_SAID,
            "ward_code",
            "location_precision",
            "parent_confirmed_at",
            "waiting_since",
            "paused_at",
        )
        read_only_fields = fields


def _unsaid() -> dict[str, Any]:
    """What a profile says where a person said nothing."""
    fields = Volunteer._meta
    return {
        name: [] if name in profiles.LISTS else fields.get_field(name).get_default()  # type: ignore[union-attr]  # lists are the only relations
        for name in _SAID
    }


class MyProfile(APIView):
    """Your own profile."""

    @extend_schema(summary="Read your profile", responses=ProfileOutput)
    def get(self, request: Request) -> Response:
        return Response(ProfileOutput(volunteer(request)).data)

    @extend_schema(
        summary="Register as a volunteer",
        request=ProfileInput,
        responses={201: ProfileOutput},
    )
    def post(self, request: Request) -> Response:
        said = _validated(request)
        user = person(request)
        made = profiles.register(user=user, by=user, **said)
        return Response(ProfileOutput(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Replace your profile",
        description="What you leave out goes back to what it was before you said anything.",
        request=ProfileInput,
        responses=ProfileOutput,
    )
    def put(self, request: Request) -> Response:
        return self._update(request, _unsaid())

    @extend_schema(
        summary="Change your profile",
        request=ProfileInput(partial=True),
        responses=ProfileOutput,
    )
    def patch(self, request: Request) -> Response:
        return self._update(request, {})

    def _update(self, request: Request, unsaid: dict[str, Any]) -> Response:
        own = volunteer(request)
        said = unsaid | _validated(request)
        return Response(
            ProfileOutput(profiles.update(volunteer=own, by=person(request), **said)).data
        )


class Pause(APIView):
    """Stop showing you roles."""

    @extend_schema(summary="Pause", request=Nothing, responses=ProfileOutput)
    def post(self, request: Request) -> Response:
        Nothing(data=request.data).is_valid(raise_exception=True)
        profiles.pause(volunteer=volunteer(request), by=person(request))
        return Response(ProfileOutput(volunteer(request)).data)


class Resume(APIView):
    """Show you roles again."""

    @extend_schema(summary="Resume", request=Nothing, responses=ProfileOutput)
    def post(self, request: Request) -> Response:
        Nothing(data=request.data).is_valid(raise_exception=True)
        profiles.resume(volunteer=volunteer(request), by=person(request))
        return Response(ProfileOutput(volunteer(request)).data)


def _validated(request: Request) -> dict[str, Any]:
    sent = ProfileInput(data=request.data, partial=True)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)
