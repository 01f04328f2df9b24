"""Lists that are narrowed by little or nothing."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

_PAGES = frozenset({"page", "page_size"})

Rows = QuerySet[Any] | Sequence[Any]


class Listed(GenericAPIView[Any]):
    """A list in pages. It has no other parameter than `parameters`, and says so to whoever sends
    one.
    """

    parameters: frozenset[str] = frozenset()

    def listed(self, rows: Rows, shape: type[serializers.BaseSerializer[Any]]) -> Response:
        """Answer with the page of `rows` that is asked for; errors as `page_of`."""
        return self.answer(self.page_of(rows), shape)

    def page_of(self, rows: Rows) -> Sequence[Any]:
        """Give the rows of the page that is asked for. Raises ValidationError for a parameter that
        is none, NotFound past the end."""
        check_parameters(self.request, _PAGES | self.parameters)
        return self.paginate_queryset(rows) or []

    def answer(self, page: Sequence[Any], shape: type[serializers.BaseSerializer[Any]]) -> Response:
        """Answer with what `page_of` gave, or with what was made of it."""
        return self.get_paginated_response(shape(page, many=True).data)


def check_parameters(request: Request, known: frozenset[str]) -> None:
    """Raise ValidationError where something stands behind the `?` that is not `known`."""
    if unknown := set(request.query_params) - known:
        sentence = _("There is no such parameter here.")
        raise serializers.ValidationError(
            {name: [sentence] for name in sorted(unknown)}, code="unknown_parameter"
        )
