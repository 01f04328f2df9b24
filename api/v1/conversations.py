"""What a person and a group write to each other, and what the person shares with the group."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.acting import act_for
from api.inputs import Input, Nothing
from api.lists import Listed
from api.people import person
from placements.disclosure import seen_by_group
from placements.models import Application, Message
from placements.models.message import MESSAGE_LENGTH
from placements.selectors import sent_by, visible_to
from placements.services import conversations, sharing
from placements.states import Mover

_tags = ["applications"]


class MessageOutput(serializers.ModelSerializer[Message]):
    """One message. `name` is who wrote it, as the other side reads it; empty where nobody is said
    but the group."""

    name = serializers.SerializerMethodField()

    class Meta:
        model = Message
        fields = ("id", "side", "name", "words", "sent_at", "read_at")
        read_only_fields = fields

    def get_name(self, message: Message) -> str:
        if message.side == Mover.VOLUNTEER:
            return seen_by_group(message.application).name
        return conversations.name_of_group_author(message)


class MessageInput(Input):
    """What you write. No email address: messages keep them private."""

    words = serializers.CharField(max_length=MESSAGE_LENGTH)


class Conversation(Listed):
    """The messages about an application, the latest first. Once it is over for two weeks nobody
    writes, and the group does not read them any more."""

    queryset = Message.objects.none()

    @extend_schema(summary="List messages", responses=MessageOutput(many=True), tags=_tags)
    def get(self, request: Request, pk: int) -> Response:
        application, side = _conversation(request, pk)
        written = application.messages.select_related("author").order_by("-pk")
        if not conversations.can_read(application, side):
            written = written.none()
        page = self.page_of(written)
        for message in page:
            message.application = application
        return self.answer(page, MessageOutput)

    @extend_schema(
        summary="Write a message",
        request=MessageInput,
        responses={201: MessageOutput},
        tags=_tags,
    )
    def post(self, request: Request, pk: int) -> Response:
        application, side = _conversation(request, pk)
        sent = MessageInput(data=request.data)
        sent.is_valid(raise_exception=True)
        message = conversations.write(
            application=application, side=side, by=person(request), **sent.validated_data
        )
        message.application = application
        return Response(MessageOutput(message).data, status=status.HTTP_201_CREATED)


class MarkRead(APIView):
    """What the other side wrote is read."""

    @extend_schema(
        summary="Mark messages as read", request=Nothing, responses={204: None}, tags=_tags
    )
    def post(self, request: Request, pk: int) -> Response:
        application, side = _conversation(request, pk)
        Nothing(data=request.data).is_valid(raise_exception=True)
        if conversations.can_read(application, side):
            conversations.mark_read(application=application, side=side)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SharedOutput(serializers.ModelSerializer[Application]):
    """What the group of this role sees of how to reach you. Of people under 16 it sees neither,
    whatever they chose."""

    email = serializers.BooleanField(source="share_email")
    phone = serializers.BooleanField(source="share_phone")

    class Meta:
        model = Application
        fields = ("email", "phone")


class SharedInput(Input):
    """Whether the group of this role sees your email address, and your phone number."""

    email = serializers.BooleanField()
    phone = serializers.BooleanField()


class Sharing(APIView):
    """Of your own application only."""

    @extend_schema(summary="Read what you share", responses=SharedOutput, tags=_tags)
    def get(self, request: Request, pk: int) -> Response:
        return Response(SharedOutput(_own(request, pk)).data)

    @extend_schema(
        summary="Choose what you share", request=SharedInput, responses=SharedOutput, tags=_tags
    )
    def put(self, request: Request, pk: int) -> Response:
        application = _own(request, pk)
        sent = SharedInput(data=request.data)
        sent.is_valid(raise_exception=True)
        shared: dict[str, Any] = sent.validated_data
        sharing.choose(application=application, by=person(request), **shared)
        return Response(SharedOutput(application).data)


def _own(request: Request, number: int) -> Application:
    return get_object_or_404(sent_by(person(request)), pk=number)


def _conversation(request: Request, number: int) -> tuple[Application, Mover]:
    """Give the application, and the side on which the person reads and writes: their own, or else
    the group's."""
    user = person(request)
    application = get_object_or_404(visible_to(user), pk=number)
    is_own = application.volunteer.user_id == user.pk
    if not is_own:
        act_for(request, application.opportunity.organisation)
    return application, Mover.VOLUNTEER if is_own else Mover.GROUP
