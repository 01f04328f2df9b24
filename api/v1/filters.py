"""Narrow a list by what stands behind the `?`."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend, TypedChoiceFilter
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

_YES_OR_NO = (("true", "true"), ("false", "false"))


class KnownFilters(DjangoFilterBackend):
    """django-filter for lists that answers a parameter it does not know with an error."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> Any:
        if view.detail:  # type: ignore[attr-defined]  # every view that uses it is a view set
            return queryset
        known = {"page", "page_size", *view.filterset_class.base_filters}  # type: ignore[attr-defined]  # every view that uses it has one
        if unknown := set(request.query_params) - known:
            sentence = _("There is no such parameter here.")
            raise serializers.ValidationError(
                {name: [sentence] for name in sorted(unknown)}, code="unknown_parameter"
            )
        return super().filter_queryset(request, queryset, view)


def yes_or_no(*, if_not_said: bool | None, **kwargs: Any) -> TypedChoiceFilter:
    """Give a filter that takes `true` or `false` and, unlike BooleanFilter, nothing else."""
    chosen = TypedChoiceFilter(
        choices=_YES_OR_NO,
        coerce=lambda written: written == "true",
        empty_value=if_not_said,
        **kwargs,
    )
    return extend_schema_field({"type": "boolean"})(chosen)
