"""How the API describes itself in OpenAPI."""

from typing import Any

from drf_spectacular.authentication import SessionScheme
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from drf_standardized_errors.openapi import AutoSchema

from api.errors import ErrorOutput

_CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Schema(AutoSchema):
    """Each operation with the errors that it can give, all in the one shape."""

    def _get_error_response_serializer(self, status_code: str) -> type[ErrorOutput]:
        return ErrorOutput

    def _should_add_error_response(self, responses: dict[str, Any], status_code: str) -> bool:
        if status_code in responses:
            return False
        if status_code in ("409", "413"):
            return self.method in _CHANGES
        if status_code == "403":
            # By a policy of the domain, or for a missing CSRF token with a session.
            return self.method in _CHANGES
        return bool(super()._should_add_error_response(responses, status_code))

    def _should_add_validation_error_response(self) -> bool:
        return bool(self._get_paginator()) or super()._should_add_validation_error_response()

    def _get_error_response_examples(self) -> list[Any]:
        return []


class SessionOfPagesScheme(SessionScheme):
    """The cookie of the pages."""

    target_class = "api.authentication.SessionOfPages"


class TokenScheme(KnoxTokenScheme):
    """How a token is sent."""

    target_class = "api.authentication.TokenInHeader"
    name = "token"
