"""What a group sees of its role's waiting list: how many, no names; and who decides."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import Input
from api.people import own_role, person
from opportunities.models import Opportunity
from opportunities.services import roles
from placements import queues


class RoleWaitingListOutput(serializers.Serializer[Any]):
    """How many wait for a place, and until when places are kept for the first of them."""

    waiting = serializers.IntegerField()
    kept_until = serializers.ListField(child=serializers.DateTimeField())
    takes_from_waiting_list = serializers.BooleanField(
        help_text="Whoever is first has the place as soon as they say yes."
    )


class TakesFromListInput(Input):
    """Whether whoever is first in line has the place as soon as they say yes, or asks the group
    like anybody else."""

    takes_from_waiting_list = serializers.BooleanField()


class RoleWaitingList(APIView):
    """The waiting list of your role."""

    @extend_schema(
        summary="Read the waiting list of your role",
        responses=RoleWaitingListOutput,
        tags=["opportunities"],
    )
    def get(self, request: Request, pk: int) -> Response:
        return self._told(own_role(request, pk))

    @extend_schema(
        summary="Choose who decides about places of the waiting list",
        request=TakesFromListInput,
        responses=RoleWaitingListOutput,
        tags=["opportunities"],
    )
    def put(self, request: Request, pk: int) -> Response:
        role = own_role(request, pk)
        sent = TakesFromListInput(data=request.data)
        sent.is_valid(raise_exception=True)
        roles.update(opportunity=role, by=person(request), **sent.validated_data)
        return self._told(role)

    def _told(self, role: Opportunity) -> Response:
        found = {
            "waiting": queues.waiting_for(role),
            "kept_until": [offer.answer_by for offer in queues.kept_in(role)],
            "takes_from_waiting_list": role.takes_from_waiting_list,
        }
        return Response(RoleWaitingListOutput(found).data)
