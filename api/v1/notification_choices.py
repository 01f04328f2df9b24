"""How a person wants to be told: topic by topic, and when not at all."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import ClockField, Input
from api.lists import Listed
from api.people import person, volunteer_if_any
from core.errors import NotFound
from notifications.choices import Choice, choice_of, choices_of, hours_of, topics_of
from notifications.models import ByMail, Preference
from notifications.quiet import Hours
from notifications.services import preferences
from notifications.topics import TOPICS


class ChoiceOutput(serializers.Serializer[Choice]):
    """How you are told of one topic, and what you can choose of it."""

    topic = serializers.CharField(source="topic.code")
    name = serializers.CharField(source="topic.name")
    by_mail = serializers.ChoiceField(choices=ByMail.choices)
    by_text = serializers.BooleanField()
    can_stop = serializers.BooleanField(source="topic.can_stop")
    can_wait = serializers.BooleanField(source="topic.can_wait")
    can_text = serializers.BooleanField(source="topic.can_text")


class ChoiceInput(Input):
    """When the mail of a topic is sent, and whether a text message comes as well."""

    by_mail = serializers.ChoiceField(choices=ByMail.choices)
    by_text = serializers.BooleanField(default=False)


class QuietHoursOutput(serializers.Serializer[Hours]):
    """From when to when, on a London clock, nobody writes to you what can wait."""

    starts = ClockField()
    ends = ClockField(help_text="The same as `starts`: never quiet.")


class QuietHoursInput(Input):
    """From when to when; the same time twice for never."""

    starts = ClockField()
    ends = ClockField()


class NotificationChoices(Listed):
    """How you are told of each thing that concerns you. In the service you are always told."""

    queryset = Preference.objects.none()

    @extend_schema(summary="List how you are told", responses=ChoiceOutput(many=True))
    def get(self, request: Request) -> Response:
        user = person(request)
        topics = topics_of(user, is_volunteer=volunteer_if_any(request) is not None)
        return self.listed(choices_of(user, topics), ChoiceOutput)


class NotificationChoice(APIView):
    """One topic, by its code."""

    @extend_schema(
        summary="Choose how you are told of a topic",
        request=ChoiceInput,
        responses=ChoiceOutput,
        examples=[OpenApiExample("Once a day", {"by_mail": "daily"}, request_only=True)],
    )
    def put(self, request: Request, topic: str) -> Response:
        if topic not in TOPICS:
            raise NotFound(_("There is no such topic."))
        user = person(request)
        sent = ChoiceInput(data=request.data)
        sent.is_valid(raise_exception=True)
        preferences.choose(user=user, topic=TOPICS[topic], by=user, **sent.validated_data)
        return Response(ChoiceOutput(choice_of(user, TOPICS[topic])).data)


class QuietHours(APIView):
    """When you are left in peace. What waited comes when the hours are over."""

    @extend_schema(summary="Read your quiet hours", responses=QuietHoursOutput)
    def get(self, request: Request) -> Response:
        return Response(QuietHoursOutput(hours_of(person(request))).data)

    @extend_schema(
        summary="Choose your quiet hours",
        request=QuietHoursInput,
        responses=QuietHoursOutput,
        examples=[
            OpenApiExample("At night", {"starts": "21:00", "ends": "08:00"}, request_only=True)
        ],
    )
    def put(self, request: Request) -> Response:
        user = person(request)
        sent = QuietHoursInput(data=request.data)
        sent.is_valid(raise_exception=True)
        preferences.keep_quiet(user=user, by=user, **sent.validated_data)
        return Response(QuietHoursOutput(hours_of(user)).data)
