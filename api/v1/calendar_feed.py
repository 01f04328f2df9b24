"""The address of a person's calendar feed: made, made anew, stopped."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import Nothing
from api.people import person, volunteer
from placements import calendar
from placements.models import CalendarFeed


class CalendarFeedOutput(serializers.ModelSerializer[CalendarFeed]):
    """Where your calendar is. Whoever has the address can read it."""

    address = serializers.SerializerMethodField()

    class Meta:
        model = CalendarFeed
        fields = ("address", "made_at")
        read_only_fields = fields

    def get_address(self, feed: CalendarFeed) -> str:
        return calendar.address_of(feed)


class MyCalendarFeed(APIView):
    """Your times as a feed for the calendar on your phone."""

    @extend_schema(
        summary="Read the address of your calendar",
        description="404 where you have none.",
        responses=CalendarFeedOutput,
    )
    def get(self, request: Request) -> Response:
        return Response(CalendarFeedOutput(calendar.own_feed(volunteer(request))).data)

    @extend_schema(
        summary="Make an address for your calendar",
        description="The one that you had opens nothing any more.",
        request=Nothing,
        responses={201: CalendarFeedOutput},
    )
    def post(self, request: Request) -> Response:
        own = volunteer(request)
        Nothing(data=request.data).is_valid(raise_exception=True)
        feed = calendar.renew(volunteer=own, by=person(request))
        return Response(CalendarFeedOutput(feed).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Stop your calendar", responses={204: None})
    def delete(self, request: Request) -> Response:
        calendar.stop(volunteer=volunteer(request), by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
