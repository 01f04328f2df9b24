"""Every error as one shape, and the domain's errors as answers.

The shape is that of drf-standardized-errors: `type`, and a list of `errors` with `code`, `detail`
(a sentence for people) and `attr` (the field it is about, or null).
"""

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.utils.translation import gettext as _
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework import exceptions, serializers
from rest_framework.settings import api_settings

from api.parsers import TooLarge
from core.errors import DomainError, InvalidInput

Detail = exceptions.ErrorDetail


class Refusal(exceptions.APIException):
    """A request that the domain refuses, with the status and code that the domain gives it."""

    def __init__(self, error: DomainError) -> None:
        super().__init__(error.message, code=error.code)
        self.status_code = error.status
        if error.fields:
            self.detail = _by_field(error)  # type: ignore[assignment]  # a dict of lists, as in DRF


class ApiExceptionHandler(ExceptionHandler):
    """Turns whatever a view raises into the one shape."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, InvalidInput):
            return exceptions.ValidationError(_by_field(exc))
        if isinstance(exc, DomainError):
            return Refusal(exc)
        if isinstance(exc, RequestDataTooBig):
            return TooLarge()
        if isinstance(exc, SuspiciousOperation):
            return exceptions.ParseError()
        return super().convert_known_exceptions(exc)

    def convert_unhandled_exceptions(self, exc: Exception) -> exceptions.APIException:
        if isinstance(exc, exceptions.APIException):
            return exc
        return exceptions.APIException(
            _("Something went wrong on our side. Please try again later.")
        )


def _by_field(error: DomainError) -> dict[str, list[Detail]]:
    fields = error.fields or {"": [error.message]}
    return {
        field or api_settings.NON_FIELD_ERRORS_KEY: [
            Detail(sentence, error.code) for sentence in sentences
        ]
        for field, sentences in fields.items()
    }


class ErrorItem(serializers.Serializer[Any]):
    """One thing that is wrong."""

    code = serializers.CharField(help_text="For programs, such as `required` or `wrong_state`.")
    detail = serializers.CharField(help_text="For people: a sentence that says what is wrong.")
    attr = serializers.CharField(
        allow_null=True, help_text="The field or parameter it is about, or null."
    )


class ErrorOutput(serializers.Serializer[Any]):
    """What every error looks like."""

    type = serializers.ChoiceField(choices=["validation_error", "client_error", "server_error"])
    errors = ErrorItem(many=True)  # type: ignore[assignment]  # the name of the shape's own field
