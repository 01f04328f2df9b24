"""Tokens in the Authorization header, and the session of the pages.

People who work here need a second factor with both: a token that was made with a code, a session in
which one was given.
"""

from typing import Any

from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from accounts import second_factor


class TokenInHeader(TokenAuthentication):
    """`Authorization: Token …`. A token that no token can look like is refused as a wrong one."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        if not token.isalnum():
            raise AuthenticationFailed(_("Invalid token."))
        user, row = super().authenticate_credentials(token)
        if second_factor.is_asked_of(user):
            app = second_factor.authenticator_of(user)
            # From when there was an app, no token was given out without a code.
            if app is None or row.created < app.created_at:
                raise AuthenticationFailed(_("Invalid token."))
        return user, row


class SessionOfPages(SessionAuthentication):
    """The session of the pages, with their demand for a code."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        found = super().authenticate(request)
        if found is not None and second_factor.is_missing(found[0], request._request.session):
            raise PermissionDenied(
                _("Give the code for your second step on the pages first."),
                code="second_factor_missing",
            )
        return found
