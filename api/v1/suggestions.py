"""Roles that the volunteer centre suggests to a person: yes, or no thanks."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import Input, Nothing
from api.lists import Listed
from api.people import person, volunteer
from api.v1.application_output import OWN_SIDE, ApplicationOutput, Reading, RoleName
from matching import selectors
from matching.models import Impression, Suggestion
from matching.services import suggestions


class SuggestionOutput(serializers.ModelSerializer[Suggestion]):
    """A role that the volunteer centre thinks may suit you. The group knows nothing of you before
    you say yes."""

    opportunity = RoleName(read_only=True)
    is_open = serializers.BooleanField(read_only=True, help_text="Whether you can answer it now.")
    reason = serializers.ChoiceField(
        choices=Impression.Reason.choices,
        allow_blank=True,
        read_only=True,
        help_text="Of your no; empty where you have not said it.",
    )
    application = serializers.IntegerField(
        source="application_id", read_only=True, allow_null=True, help_text="What came of your yes."
    )

    class Meta:
        model = Suggestion
        fields = (
            "id",
            "opportunity",
            "state",
            "sent_at",
            "answer_by",
            "answered_at",
            "is_open",
            "reason",
            "application",
        )
        read_only_fields = fields


class ReasonInput(Input):
    """Why it is not for you. The group is not told."""

    reason = serializers.ChoiceField(choices=Impression.Reason.choices)


class Suggestions(Listed):
    """What was suggested to you, the latest first."""

    queryset = Suggestion.objects.none()

    @extend_schema(summary="List what is suggested to you", responses=SuggestionOutput(many=True))
    def get(self, request: Request) -> Response:
        mine = selectors.suggestions_to(volunteer(request)).order_by("-sent_at", "-pk")
        return self.listed(mine, SuggestionOutput)


class OneSuggestion(APIView):
    """One suggestion to you. Nobody else finds it."""

    @extend_schema(summary="Read a suggestion", responses=SuggestionOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(SuggestionOutput(_mine(request, pk)).data)


class AcceptSuggestion(APIView):
    """Yes: the group gets your application and answers you."""

    @extend_schema(summary="Say yes to a suggestion", request=Nothing, responses=ApplicationOutput)
    def post(self, request: Request, pk: int) -> Response:
        suggestion = _mine(request, pk)
        Nothing(data=request.data).is_valid(raise_exception=True)
        application = suggestions.accept(
            suggestion=suggestion, surface=Impression.Surface.API, by=person(request)
        )
        return Response(ApplicationOutput(Reading(application, OWN_SIDE)).data)


class RefuseSuggestion(APIView):
    """No thanks: the role is off your lists, and better ones are looked for."""

    @extend_schema(
        summary="Say no to a suggestion", request=ReasonInput, responses=SuggestionOutput
    )
    def post(self, request: Request, pk: int) -> Response:
        suggestion = _mine(request, pk)
        sent = ReasonInput(data=request.data)
        sent.is_valid(raise_exception=True)
        suggestions.refuse(
            suggestion=suggestion,
            surface=Impression.Surface.API,
            by=person(request),
            **sent.validated_data,
        )
        return Response(SuggestionOutput(_mine(request, pk)).data)


def _mine(request: Request, number: int) -> Suggestion:
    return get_object_or_404(selectors.suggestions_to(volunteer(request)), pk=number)
