"""What in the words of a role puts people off, or may discriminate."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.v1.opportunities import OpportunityChange
from opportunities.wording_marks import Mark, Weight, marks_of_role


class MarkOutput(serializers.Serializer[Mark]):
    """One mark. `start` and `end` count characters of the field; both 0 for what is missing, or is
    about the whole. `quote` is what the text says there."""

    code = serializers.CharField()
    field = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField()
    sentence = serializers.CharField(help_text="What it does.")
    suggestion = serializers.CharField(help_text="What to do instead.")
    weight = serializers.ChoiceField(choices=[weight.value for weight in Weight])


class MarksOutput(serializers.Serializer[dict[str, list[Mark]]]):
    """Marks in the order of the fields; none is an error, and a role can be sent with all."""

    marks = MarkOutput(many=True)


class WordingMarks(APIView):
    """What a group reads beside its words while it writes a role. Nothing is saved."""

    @extend_schema(
        summary="Mark the words of a role",
        description="Send as much of a role as there is; of what is left out nothing is missing.",
        request=OpportunityChange(partial=True),
        responses=MarksOutput,
        tags=["wording-marks"],
        examples=[
            OpenApiExample(
                "A driver",
                {"title": "Driver", "description": "You must have your own car."},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        sent = OpportunityChange(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        marks = marks_of_role(dict(sent.validated_data))
        return Response(MarksOutput({"marks": marks}).data)
