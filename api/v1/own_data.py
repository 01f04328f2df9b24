"""A person's own data: to take away, and to delete. Each asks for the password again."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.services import erasure
from api.inputs import Input
from api.people import person
from api.sign_in import refused, who_signs_in
from api.throttling import PersonRate, SignInRate
from core import personal_data
from core.clock import now

_tags = ["account"]


class ProofInput(Input):
    """Your password, and with a second step its code."""

    password = serializers.CharField(
        max_length=1000, trim_whitespace=False, style={"input_type": "password"}
    )
    code = serializers.CharField(max_length=20, required=False, allow_blank=True)


class OwnDataOutput(serializers.Serializer[dict[str, Any]]):
    """Everything that is kept about you: rows by table."""

    made_at = serializers.DateTimeField()
    data = serializers.DictField(  # type: ignore[assignment]  # as the file of the pages calls it
        child=serializers.ListField(child=serializers.DictField(child=serializers.JSONField()))
    )


class OwnData(APIView):
    """All there is about you, as on the pages."""

    throttle_classes = [PersonRate, SignInRate]

    @extend_schema(
        summary="Download your data",
        description="Sent, since a password does not belong in an address. Nothing is changed.",
        request=ProofInput,
        responses=OwnDataOutput,
        tags=_tags,
    )
    def post(self, request: Request) -> Response:
        user = _proved(request)
        content = {"made_at": now(), "data": personal_data.export(user)}
        return Response(OwnDataOutput(content).data)


class DeleteAccount(APIView):
    """Everything in it goes at once, and cannot be brought back."""

    throttle_classes = [PersonRate, SignInRate]

    @extend_schema(
        summary="Delete your account",
        description="409, with what to do first, where something stands in the way.",
        request=ProofInput,
        responses={204: None},
        tags=_tags,
    )
    def post(self, request: Request) -> Response:
        user = _proved(request)
        erasure.erase(user=user, by=user)
        request._request.session.flush()
        return Response(status=status.HTTP_204_NO_CONTENT)


def _proved(request: Request) -> User:
    """Give who asks, once they have shown it. Raises as `who_signs_in`."""
    user = person(request)
    sent = ProofInput(data=request.data)
    sent.is_valid(raise_exception=True)
    if who_signs_in(request, email=user.email or "", **sent.validated_data) != user:
        raise refused()
    return user
