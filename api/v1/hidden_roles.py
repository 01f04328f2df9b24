"""Roles that are not for a person, because …, until they take it back."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.lists import Listed
from api.people import person, volunteer
from api.v1.application_output import RoleName
from api.v1.suggestions import ReasonInput
from matching.models import HiddenRole, Impression
from matching.selectors import hidden_role, hidden_roles
from matching.services import hiding
from opportunities.selectors import visible_roles

_API = Impression.Surface.API


class HiddenRoleOutput(serializers.ModelSerializer[HiddenRole]):
    """A role that is kept off your lists, and why."""

    opportunity = RoleName(read_only=True)

    class Meta:
        model = HiddenRole
        fields = ("opportunity", "reason", "at")
        read_only_fields = fields


class HideInput(ReasonInput):
    """Which role, and why it is not for you. The group is not told."""

    opportunity = serializers.IntegerField(min_value=1)


class HiddenRoles(Listed):
    """What you hid, the latest first."""

    queryset = HiddenRole.objects.none()

    @extend_schema(summary="List the roles you hid", responses=HiddenRoleOutput(many=True))
    def get(self, request: Request) -> Response:
        return self.listed(hidden_roles(volunteer(request)), HiddenRoleOutput)

    @extend_schema(
        summary="Say that a role is not for you",
        description="Said again, the last reason counts.",
        request=HideInput,
        responses={201: HiddenRoleOutput},
    )
    def post(self, request: Request) -> Response:
        own = volunteer(request)
        sent = HideInput(data=request.data)
        sent.is_valid(raise_exception=True)
        role = get_object_or_404(visible_roles(request.user), pk=sent.validated_data["opportunity"])
        hiding.hide(
            volunteer=own,
            opportunity=role,
            reason=sent.validated_data["reason"],
            surface=_API,
            by=person(request),
        )
        hidden = hidden_role(own, role.pk)
        return Response(HiddenRoleOutput(hidden).data, status=status.HTTP_201_CREATED)


class OneHiddenRole(APIView):
    """A role that you hid, by the id of the role."""

    @extend_schema(summary="Have a hidden role back", responses={204: None})
    def delete(self, request: Request, opportunity: int) -> Response:
        own = volunteer(request)
        hidden = hidden_role(own, opportunity)
        hiding.restore(
            volunteer=own, opportunity=hidden.opportunity, surface=_API, by=person(request)
        )
        return Response(status=status.HTTP_204_NO_CONTENT)
