"""What the service has told a person."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import Nothing
from api.lists import Listed
from api.people import person
from notifications.models import Notification
from notifications.services import inbox


class NotificationOutput(serializers.ModelSerializer[Notification]):
    """One message of the service to you."""

    class Meta:
        model = Notification
        fields = ("id", "kind", "subject", "body", "link", "created_at", "read_at")
        read_only_fields = fields


class Notifications(Listed):
    """What you were told, the latest first. Reading the list does not mark it as read."""

    queryset = Notification.objects.none()

    @extend_schema(summary="List what you were told", responses=NotificationOutput(many=True))
    def get(self, request: Request) -> Response:
        mine = Notification.objects.filter(recipient=person(request))
        return self.listed(mine, NotificationOutput)


class MarkNotificationsRead(APIView):
    """Nothing is new any more."""

    @extend_schema(summary="Mark all as read", request=Nothing, responses={204: None})
    def post(self, request: Request) -> Response:
        Nothing(data=request.data).is_valid(raise_exception=True)
        inbox.mark_all_read(person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
