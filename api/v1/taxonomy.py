"""The words that other addresses speak in codes of."""

from typing import Any

from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.models import Activity, Cause, Language, Skill
from core.motives import Motive
from core.week import SLOTS, day_name, part_name


class Named(serializers.Serializer[Any]):
    """A code and its words."""

    code = serializers.CharField()
    name = serializers.CharField()


class NamedCause(Named):
    """A cause; `parent` is the code of its heading, or null for a heading."""

    parent = serializers.CharField(source="parent.code", default=None, allow_null=True)  # type: ignore[assignment]  # the name of what it gives


class TaxonomyOutput(serializers.Serializer[Any]):
    """Every list, each in the order in which people are shown it."""

    causes = NamedCause(many=True)
    activities = Named(many=True)
    skills = Named(many=True)
    languages = Named(many=True)
    motives = Named(many=True)
    slots = Named(many=True)


@method_decorator(cache_control(public=True, max_age=3600), name="dispatch")
class Taxonomy(APIView):
    """Causes, activities, skills, languages, motives, and the slots of a week."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    @extend_schema(summary="Read the lists of words", responses=TaxonomyOutput, tags=["taxonomy"])
    def get(self, request: Request) -> Response:
        lists = {
            "causes": Cause.objects.select_related("parent"),
            "activities": Activity.objects.all(),
            "skills": Skill.objects.all(),
            "languages": Language.objects.all(),
            "motives": [{"code": motive.value, "name": motive.label} for motive in Motive],
            "slots": [
                {"code": slot.code, "name": f"{day_name(slot.day)} {part_name(slot.part).lower()}"}
                for slot in SLOTS
            ],
        }
        return Response(TaxonomyOutput(lists).data)
