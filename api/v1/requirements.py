"""What a role's requirements cost it in people, for its group."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.people import person
from matching.requirements import Requirement, requirements_of
from opportunities import policies
from opportunities.selectors import visible_roles


class RequirementOutput(serializers.Serializer[Requirement]):
    """One requirement, and whom it alone leaves out of those who wait."""

    code = serializers.CharField()
    sentence = serializers.CharField()


class RequirementsOutput(serializers.Serializer[object]):
    """`counted_on` is null, and the rest empty, until a full ranking has counted."""

    counted_on = serializers.DateField(allow_null=True)
    who_could = serializers.CharField(help_text="How many people who wait could do the role.")
    costs = RequirementOutput(many=True, help_text="The costliest first.")


class Requirements(APIView):
    """How many people could do your role, and how many each requirement alone leaves out.

    Counts of people are rounded, and small ones not told apart.
    """

    @extend_schema(
        summary="Read what the requirements of your role cost",
        responses=RequirementsOutput,
        tags=["opportunities"],
    )
    def get(self, request: Request, pk: int) -> Response:
        roles = visible_roles(person(request)).select_related("organisation")
        role = get_object_or_404(roles, pk=pk)
        policies.check_can_act_for(request.user, role.organisation)
        nothing: dict[str, Any] = {"counted_on": None, "who_could": "", "costs": []}
        found = requirements_of(role) or nothing
        return Response(RequirementsOutput(found).data)
