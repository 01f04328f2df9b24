"""What figures should be: who said so, and when."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import Listed
from api.v1.insights_access import OfStatistics
from insights.models import Target
from insights.selectors import targets


class TargetOutput(serializers.ModelSerializer[Target]):
    """What a figure should be. `begins`, `ends`: first days of the first and of the last month;
    `ended_at`: when it was taken back."""

    set_by = serializers.SerializerMethodField(help_text="Who set it; null: somebody who has left.")
    ended_by = serializers.SerializerMethodField(help_text="Who took it back; null likewise.")

    class Meta:
        model = Target
        fields = (
            "id",
            "measure",
            "value",
            "begins",
            "ends",
            "note",
            "set_at",
            "set_by",
            "ended_at",
            "ended_by",
        )
        read_only_fields = fields

    def get_set_by(self, target: Target) -> str | None:
        return str(target.set_by) if target.set_by else None

    def get_ended_by(self, target: Target) -> str | None:
        return str(target.ended_by) if target.ended_by else None


class TargetHistory(OfStatistics, Listed):
    """Every target that was set."""

    queryset = Target.objects.none()

    @extend_schema(
        summary="List the targets, and those that were taken back",
        description="The last first. Of several for a month, the last that was set counts.",
        responses=TargetOutput(many=True),
        tags=["insights"],
    )
    def get(self, request: Request) -> Response:
        return self.listed(targets.history(), TargetOutput)
