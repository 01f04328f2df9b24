"""What keeps a group from taking more people, as it says itself."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import Input, Nothing
from api.lists import Listed
from api.people import own_group, person
from opportunities.models import CapacityLimit
from opportunities.services import limits

_tags = ["organisations"]


class LimitOutput(serializers.ModelSerializer[CapacityLimit]):
    """One thing that keeps the group, or one role of it, from taking more people."""

    opportunity = serializers.IntegerField(
        source="opportunity_id", read_only=True, allow_null=True, help_text="Null: of the group."
    )

    class Meta:
        model = CapacityLimit
        fields = (
            *("id", "opportunity", "reason", "cost_pounds", "more_people", "words"),
            *("words_may_be_shown", "at", "ended_at"),
        )
        read_only_fields = fields


class LimitChangeInput(Input):
    """What it would cost to lift, a year, how many more people the group could take then, and in
    words. The volunteer centre reads it.
    """

    cost_pounds = serializers.IntegerField(
        min_value=0, max_value=1_000_000, allow_null=True, default=None
    )
    more_people = serializers.IntegerField(
        min_value=1, max_value=500, allow_null=True, default=None
    )
    words = serializers.CharField(max_length=500, allow_blank=True, default="")
    words_may_be_shown = serializers.BooleanField(
        default=False,
        help_text="Whether those who decide on money read the words too, without the group's name.",
    )


class LimitInput(LimitChangeInput):
    """What it is, and of which role; of the whole group where none is named."""

    reason = serializers.ChoiceField(choices=CapacityLimit.Reason.choices)
    opportunity = serializers.IntegerField(min_value=1, required=False)


class Limits(Listed):
    """What your group has said and is still so, the latest first."""

    queryset = CapacityLimit.objects.none()

    @extend_schema(
        summary="List what keeps your group from taking more people",
        responses=LimitOutput(many=True),
        tags=_tags,
    )
    def get(self, request: Request, pk: int) -> Response:
        return self.listed(own_group(request, pk).capacity_limits.standing(), LimitOutput)

    @extend_schema(
        summary="Say what keeps your group from taking more people",
        description="Said again, it is brought up to date.",
        request=LimitInput,
        responses={201: LimitOutput},
        tags=_tags,
        examples=[
            OpenApiExample(
                "No room",
                {"reason": "premises", "cost_pounds": 1200, "more_people": 6},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        group = own_group(request, pk)
        sent = LimitInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        number = said.pop("opportunity", None)
        role = None if number is None else get_object_or_404(group.opportunities.all(), pk=number)
        limit = limits.say(organisation=group, opportunity=role, by=person(request), **said)
        return Response(LimitOutput(limit).data, status=status.HTTP_201_CREATED)


class ChangeLimit(APIView):
    """What it would cost, and the words."""

    @extend_schema(
        summary="Change what you said of a limit",
        request=LimitChangeInput,
        responses=LimitOutput,
        tags=_tags,
    )
    def put(self, request: Request, pk: int, limit_id: int) -> Response:
        found = _limit(request, pk, limit_id)
        sent = LimitChangeInput(data=request.data)
        sent.is_valid(raise_exception=True)
        limits.change(limit=found, by=person(request), **sent.validated_data)
        return Response(LimitOutput(_limit(request, pk, limit_id)).data)


class EndLimit(APIView):
    """It is no longer so. Once is enough."""

    @extend_schema(
        summary="Say that a limit is no longer so",
        request=Nothing,
        responses=LimitOutput,
        tags=_tags,
    )
    def post(self, request: Request, pk: int, limit_id: int) -> Response:
        found = _limit(request, pk, limit_id)
        Nothing(data=request.data).is_valid(raise_exception=True)
        limits.end(limit=found, by=person(request))
        return Response(LimitOutput(_limit(request, pk, limit_id)).data)


def _limit(request: Request, group: int, number: int) -> CapacityLimit:
    return get_object_or_404(own_group(request, group).capacity_limits.all(), pk=number)
