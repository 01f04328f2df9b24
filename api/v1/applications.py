"""Applications: a person's own, and those for the roles of a group."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from api.acting import act_for
from api.inputs import Input, Nothing
from api.people import person, volunteer
from api.v1.application_output import MOVE_NAMES, ApplicationOutput, reading_of
from api.v1.application_search import ApplicationSearch
from api.v1.filters import KnownFilters
from matching.models import Impression
from matching.services import asking, impressions
from opportunities.selectors import visible_roles
from placements.models import END_REASONS, GROUP_REASONS, VOLUNTEER_REASONS, Application
from placements.selectors import sent_by, visible_to
from placements.services import applications, held, moves
from placements.sides import check_can_make, sides_of
from placements.states import Move, Mover

_words = moves.MESSAGE_LENGTH
#: Why a group says no.
NO_REASONS = [(reason.value, reason.label) for reason in GROUP_REASONS]


class ApplyInput(Input):
    """Which role, and what you would like to say to the group."""

    opportunity = serializers.IntegerField(min_value=1)
    message = serializers.CharField(max_length=_words, allow_blank=True, default="")


class WordsInput(Input):
    """What the group writes to the person."""

    words = serializers.CharField(max_length=_words, allow_blank=True, default="")


class HeldInput(WordsInput):
    """What the group writes to the person. With `can_be_taken_back` it is sent in ten minutes, and
    until then nothing has happened to the person."""

    can_be_taken_back = serializers.BooleanField(default=False)


class DeclineInput(HeldInput):
    """Why not, in a code and in kind words."""

    reason = serializers.ChoiceField(choices=NO_REASONS)


class EndInput(Input):
    """Why a placement ends; from the person also whether they wait for another role from now on."""

    reason = serializers.ChoiceField(
        choices=[(reason.value, reason.label) for reason in END_REASONS]
    )
    looks_again = serializers.BooleanField(default=True)


class WithdrawInput(Input):
    """Why not any more, if you like to say."""

    reason = serializers.ChoiceField(
        choices=[(reason.value, reason.label) for reason in VOLUNTEER_REASONS],
        allow_blank=True,
        default="",
    )


#: The service of each move.
_SERVICES: dict[Move, Callable[..., Application]] = {
    Move.ACKNOWLEDGE: applications.acknowledge,
    Move.INVITE: applications.invite,
    Move.OFFER: applications.offer,
    Move.ACCEPT: applications.accept,
    Move.TAKE_UP: applications.take_up,
    Move.START: applications.start,
    Move.DECLINE: applications.decline,
    Move.WITHDRAW: applications.withdraw,
}


def _move(summary: str, body: type[Input]) -> Any:
    """How the schema describes one move."""
    return extend_schema(summary=summary, request=body, responses=ApplicationOutput)


@extend_schema_view(
    retrieve=extend_schema(summary="Read an application", responses=ApplicationOutput),
)
class ApplicationViews(viewsets.GenericViewSet[Application]):
    """A person applies and withdraws; a group answers. Strangers find nothing."""

    queryset = Application.objects.none()
    serializer_class: Any = ApplicationOutput
    filter_backends = [KnownFilters]
    filterset_class = ApplicationSearch
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Application]:
        return visible_to(self.request.user)

    @extend_schema(
        summary="List applications",
        description="Your own; with `opportunity`, those for a role of your group.",
        responses=ApplicationOutput(many=True),
    )
    def list(self, request: Request) -> Response:
        found: Any = self.filter_queryset(sent_by(person(request)))
        page: Any = self.paginate_queryset(found)
        return self.get_paginated_response(ApplicationOutput(page, many=True).data)

    def retrieve(self, request: Request, pk: int) -> Response:
        return self._told(self.get_object())

    @extend_schema(
        summary="Apply for a role", request=ApplyInput, responses={201: ApplicationOutput}
    )
    def create(self, request: Request) -> Response:
        sent = ApplyInput(data=request.data)
        sent.is_valid(raise_exception=True)
        own = volunteer(request)
        roles = visible_roles(request.user).select_related("organisation")
        role = get_object_or_404(roles, pk=sent.validated_data["opportunity"])
        made = asking.ask(
            volunteer=own,
            opportunity=role,
            message=sent.validated_data["message"],
            by=person(request),
        )
        impressions.applied(own, role, Impression.Surface.API)
        return self._told(made, status.HTTP_201_CREATED)

    @_move("Say that you have seen it", Nothing)
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, pk: int) -> Response:
        return self._make(Move.ACKNOWLEDGE, Nothing)

    @_move("Invite the person to talk", HeldInput)
    @action(detail=True, methods=["post"])
    def invite(self, request: Request, pk: int) -> Response:
        return self._make(Move.INVITE, HeldInput)

    @_move("Offer a place, which the person has to take up", WordsInput)
    @action(detail=True, methods=["post"])
    def offer(self, request: Request, pk: int) -> Response:
        return self._make(Move.OFFER, WordsInput)

    @_move("Give the person a place", WordsInput)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: int) -> Response:
        return self._make(Move.ACCEPT, WordsInput)

    @_move("Say no", DeclineInput)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: int) -> Response:
        return self._make(Move.DECLINE, DeclineInput)

    @_move("Take up the place you are offered", Nothing)
    @action(detail=True, methods=["post"], url_path=MOVE_NAMES[Move.TAKE_UP])
    def take_up(self, request: Request, pk: int) -> Response:
        return self._make(Move.TAKE_UP, Nothing)

    @_move("Say that the person has started", Nothing)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: int) -> Response:
        return self._make(Move.START, Nothing)

    @_move("End a placement", EndInput)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: int) -> Response:
        application = self.get_object()
        check_can_make(request.user, application, Move.END)
        act_for(request, application.opportunity.organisation)
        sent = EndInput(data=request.data)
        sent.is_valid(raise_exception=True)
        is_own = application.volunteer.user_id == person(request).pk
        ended = applications.end(
            application=application,
            reason=sent.validated_data["reason"],
            side=Mover.VOLUNTEER if is_own else Mover.GROUP,
            looks_again=sent.validated_data["looks_again"] or not is_own,
            by=person(request),
        )
        return self._told(ended)

    @_move("Withdraw", WithdrawInput)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: int) -> Response:
        return self._make(Move.WITHDRAW, WithdrawInput)

    def _make(self, move: Move, body: type[Input]) -> Response:
        application = self.get_object()
        check_can_make(self.request.user, application, move)
        act_for(self.request, application.opportunity.organisation)
        sent = body(data=self.request.data)
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        is_held = said.pop("can_be_taken_back", False)
        service = partial(held.hold, move=move) if is_held else _SERVICES[move]
        moved = service(application=application, by=person(self.request), **said)
        return self._told(moved)

    def _told(self, application: Application, code: int = status.HTTP_200_OK) -> Response:
        reading = reading_of(application, sides_of(self.request.user, application))
        return Response(ApplicationOutput(reading).data, status=code)
