"""Tokens for programs: get one with email and password, and give it back."""

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from drf_spectacular.utils import OpenApiResponse, extend_schema
from knox.models import AuthToken
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from api.authentication import TokenInHeader
from api.inputs import Input, Nothing
from api.people import person
from api.sign_in import refused, who_signs_in
from api.throttling import AnonymousRate, SignInRate


class SignInInput(Input):
    """What you sign in with on the pages."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(
        max_length=1000, trim_whitespace=False, style={"input_type": "password"}
    )
    code = serializers.CharField(
        max_length=20,
        required=False,
        allow_blank=True,
        help_text="From your app, or a recovery code: if you have set up a second step.",
    )


class TokenOutput(serializers.Serializer[Any]):
    """The token, which is shown this once."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField(source="expiry")


_GIVEN_BACK = OpenApiResponse(description="It is no longer good for anything.")


class TokenView(APIView):
    """Sign in."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes = [AnonymousRate, SignInRate]

    @extend_schema(
        summary="Get a token",
        description=(
            "Good for 30 days. You can have ten: the eleventh takes the place of the oldest. "
            "At most ten tries a minute. With a second step set up, send its code too; people who "
            "work here have to have one."
        ),
        request=SignInInput,
        responses={201: TokenOutput},
        tags=["auth"],
    )
    def post(self, request: Request) -> Response:
        sent = SignInInput(data=request.data)
        sent.is_valid(raise_exception=True)
        user = who_signs_in(request, **sent.validated_data)
        token, row = _new_token(user)
        user_logged_in.send(sender=User, request=request._request, user=user)
        answer = TokenOutput({"token": token, "expiry": row.expiry}).data
        return Response(answer, status=status.HTTP_201_CREATED)


class RevokeToken(APIView):
    """Give one token back."""

    authentication_classes = [TokenInHeader]

    @extend_schema(
        summary="Give back the token you send",
        request=Nothing,
        responses={204: _GIVEN_BACK},
        tags=["auth"],
    )
    def post(self, request: Request) -> Response:
        Nothing(data=request.data).is_valid(raise_exception=True)
        request.auth.delete()
        user_logged_out.send(sender=User, request=request._request, user=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class RevokeAllTokens(APIView):
    """Give all tokens back."""

    @extend_schema(
        summary="Give back all your tokens",
        request=Nothing,
        responses={204: _GIVEN_BACK},
        tags=["auth"],
    )
    def post(self, request: Request) -> Response:
        Nothing(data=request.data).is_valid(raise_exception=True)
        AuthToken.objects.filter(user=person(request)).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


@transaction.atomic
def _new_token(user: User) -> tuple[str, AuthToken]:
    """Give a new token and its row; the oldest ones over the limit go.

    Raises InvalidInput where what the person signs in with was changed or ended in this moment.
    """
    now = User.objects.select_for_update().get(pk=user.pk)
    if not now.is_active or now.get_session_auth_hash() != user.get_session_auth_hash():
        raise refused()
    row, token = AuthToken.objects.create(user=user)
    limit = settings.REST_KNOX["TOKEN_LIMIT_PER_USER"]
    newest = AuthToken.objects.filter(user=user).order_by("-created", "digest")[:limit]
    kept = {row.pk, *newest.values_list("pk", flat=True)}
    AuthToken.objects.filter(user=user).exclude(pk__in=kept).delete()
    return token, row
