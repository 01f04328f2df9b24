"""How a group answers the people who ask it, and who waits for its word."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.people import group_with_people
from matching.wording import how_it_answers
from opportunities.models import Opportunity
from placements.answering import roles_with_waiting, unanswered_too_long


class WaitedForRole(serializers.ModelSerializer[Opportunity]):
    """A role, how many wait for the group's next word about it, and since when the first."""

    waiting = serializers.IntegerField(read_only=True)
    waiting_since = serializers.DateTimeField(read_only=True, allow_null=True)

    class Meta:
        model = Opportunity
        fields = ("id", "title", "status", "catching_up_since", "waiting", "waiting_since")
        read_only_fields = fields


class AnsweringOutput(serializers.Serializer[Any]):
    """What people read of how the group answers, its own figures, and what it can do about them.
    The share and the days are null as long as too few have asked."""

    in_words = serializers.CharField(help_text="What people read beside its roles.")
    answered_share = serializers.FloatField(
        allow_null=True, help_text="Answered within 10 days, 0 to 1."
    )
    median_answer_days = serializers.FloatField(allow_null=True)
    unanswered_too_long = serializers.IntegerField(help_text="People who wait longer than that.")
    roles = WaitedForRole(many=True, help_text="Those that people wait for first.")


class AnsweringRecord(APIView):
    """How your group answers."""

    @extend_schema(
        summary="Read how your group answers", responses=AnsweringOutput, tags=["organisations"]
    )
    def get(self, request: Request, pk: int) -> Response:
        group = group_with_people(request, pk)
        record = {
            "in_words": how_it_answers(group),
            "answered_share": group.answered_share,
            "median_answer_days": group.median_answer_days,
            "unanswered_too_long": unanswered_too_long(group),
            "roles": roles_with_waiting(group),
        }
        return Response(AnsweringOutput(record).data)
