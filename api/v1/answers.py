"""A group's answers to several people at once, and answers taken back within ten minutes."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.acting import act_for
from api.inputs import Input, Nothing
from api.people import person, role_with_people
from api.v1.application_output import ApplicationOutput, reading_of
from api.v1.applications import NO_REASONS
from core.input import LARGEST_ID
from placements.models import Application
from placements.selectors import received_for, visible_to
from placements.services import held, several
from placements.services.moves import MESSAGE_LENGTH
from placements.services.several import MOST_AT_ONCE, Outcome
from placements.sides import check_can_make, sides_of
from placements.states import Move

_MOVES = (Move.INVITE, Move.OFFER, Move.ACCEPT, Move.DECLINE)


class SeenApplication(Input):
    """An application, and the state in which you saw it: who was answered since, is left alone."""

    id = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    state = serializers.ChoiceField(choices=Application.State.choices)


class AnswersInput(Input):
    """One answer for several people: an invitation and a no can be taken back for ten minutes."""

    applications = serializers.ListField(
        child=SeenApplication(), allow_empty=False, max_length=MOST_AT_ONCE
    )
    answer = serializers.ChoiceField(choices=[move.value for move in _MOVES])
    reason = serializers.ChoiceField(
        choices=NO_REASONS,
        allow_blank=True,
        default="",
        help_text="Of a no.",
    )
    words = serializers.CharField(max_length=MESSAGE_LENGTH, allow_blank=True, default="")


class TakeBackInput(Input):
    """Whose answers are taken back."""

    applications = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID),
        allow_empty=False,
        max_length=MOST_AT_ONCE,
    )


class NotDone(serializers.Serializer[tuple[Application, str]]):
    """An application of which nothing was changed, and why."""

    application = serializers.SerializerMethodField()
    sentence = serializers.SerializerMethodField()

    def get_application(self, refused: tuple[Application, str]) -> int:
        return refused[0].pk

    def get_sentence(self, refused: tuple[Application, str]) -> str:
        return refused[1]


class OutcomeOutput(serializers.Serializer[Outcome]):
    """Each by itself: the ids of the applications where it was done, and those where it was not."""

    done = serializers.SerializerMethodField()
    refused = NotDone(many=True)

    def get_done(self, outcome: Outcome) -> list[int]:
        return [application.pk for application in outcome.done]


class Answers(APIView):
    """Answer several people who asked for your role, those who asked first first."""

    @extend_schema(
        summary="Answer several people",
        request=AnswersInput,
        responses=OutcomeOutput,
        tags=["opportunities"],
        examples=[
            OpenApiExample(
                "No place left",
                {
                    "applications": [
                        {"id": 81, "state": "submitted"},
                        {"id": 82, "state": "acknowledged"},
                    ],
                    "answer": "decline",
                    "reason": "no_place",
                    "words": "Thank you for asking.",
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        role = role_with_people(request, pk)
        sent = AnswersInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        states = {one["id"]: one["state"] for one in said["applications"]}
        people = list(received_for(role).filter(pk__in=states))
        for application in people:
            application.state = states[application.pk]
        outcome = several.answer(
            people=people,
            move=Move(said["answer"]),
            reason=said["reason"],
            words=said["words"],
            by=person(request),
        )
        return Response(OutcomeOutput(outcome).data)


class TakeBackAnswers(APIView):
    """Answers that have not been sent are as if they had not been given."""

    @extend_schema(
        summary="Take back answers to several people",
        request=TakeBackInput,
        responses=OutcomeOutput,
        tags=["opportunities"],
    )
    def post(self, request: Request, pk: int) -> Response:
        role = role_with_people(request, pk)
        sent = TakeBackInput(data=request.data)
        sent.is_valid(raise_exception=True)
        people = received_for(role).filter(pk__in=sent.validated_data["applications"])
        return Response(OutcomeOutput(several.take_back(people=people, by=person(request))).data)


class TakeBackAnswer(APIView):
    """The answer to one person, as long as it has not been sent."""

    @extend_schema(
        summary="Take back an answer",
        request=Nothing,
        responses=ApplicationOutput,
        tags=["applications"],
    )
    def post(self, request: Request, pk: int) -> Response:
        application = get_object_or_404(visible_to(request.user), pk=pk)
        # Who may say no may take it back.
        check_can_make(request.user, application, Move.DECLINE)
        act_for(request, application.opportunity.organisation)
        Nothing(data=request.data).is_valid(raise_exception=True)
        held.take_back(application=application, by=person(request))
        reading = reading_of(application, sides_of(request.user, application))
        return Response(ApplicationOutput(reading).data)
