"""The algorithmic transparency record, for machines."""

from typing import Any

from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matching.transparency import Field, Section, as_json, record_in_force


class FieldOutput(serializers.Serializer[Field]):
    """One field of the standard."""

    code = serializers.CharField()
    name = serializers.CharField()
    sentences = serializers.ListField(child=serializers.CharField())
    items = serializers.ListField(child=serializers.CharField())


class SectionOutput(serializers.Serializer[Section]):
    """One section of the standard."""

    code = serializers.CharField()
    tier = serializers.IntegerField()
    title = serializers.CharField()
    fields = FieldOutput(many=True)  # type: ignore[assignment]  # the name of what it gives


class TransparencyOutput(serializers.Serializer[Any]):
    """What the ranking is, who answers for it, and how well it did."""

    standard = serializers.CharField()
    status = serializers.CharField(help_text="What the record is, and what it is not.")
    sections = SectionOutput(many=True)
    facts = serializers.DictField(help_text="What the code that ranks says of itself.")
    fingerprint = serializers.CharField(help_text="SHA-256 of the facts.")
    deployed = serializers.DictField(allow_null=True, help_text="The model in force.")
    evaluation = serializers.DictField(allow_null=True, help_text="What was measured last.")


@method_decorator(cache_control(public=True, max_age=3600), name="dispatch")
class Transparency(APIView):
    """How roles and people are put in order: this service's own record, in English."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Read how the ranking works", responses=TransparencyOutput, tags=["transparency"]
    )
    def get(self, request: Request) -> Response:
        return Response(as_json(record_in_force()))
