"""Narrow a list by what stands behind the `?`."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters.rest_framework import (
    ChoiceFilter,
    DjangoFilterBackend,
    Filter,
    ModelMultipleChoiceFilter,
    MultipleChoiceFilter,
    NumberFilter,
    TypedChoiceFilter,
)
from drf_spectacular.utils import extend_schema_field
from rest_framework.request import Request
from rest_framework.views import APIView

from api.lists import check_parameters
from core.models.taxonomy import TaxonomyItem

_YES_OR_NO = (("true", "true"), ("false", "false"))


class KnownFilters(DjangoFilterBackend):
    """django-filter for lists that answers a parameter it does not know with an error."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> Any:
        if view.detail:  # type: ignore[attr-defined]  # every view that uses it is a view set
            return queryset
        known = frozenset({"page", "page_size", *view.filterset_class.base_filters})  # type: ignore[attr-defined]  # every view that uses it has one
        check_parameters(request, known)
        return super().filter_queryset(request, queryset, view)


def shown(chosen: Filter, **schema: Any) -> Filter:
    """Give the filter with what the schema says of it; drf-spectacular would guess."""
    words = str(chosen.extra.get("help_text", ""))
    return extend_schema_field({"type": "string", "description": words, **schema})(chosen)


def yes_or_no(words: str, *, if_not_said: bool | None, method: str | None = None) -> Filter:
    """Give a filter that takes `true` or `false` and, unlike BooleanFilter, nothing else."""
    chosen = TypedChoiceFilter(
        choices=_YES_OR_NO,
        coerce=lambda written: written == "true",
        empty_value=if_not_said,
        method=method,
        help_text=words,
    )
    return shown(chosen, type="boolean")


class WholeNumberFilter(NumberFilter):
    """A filter that takes whole numbers alone."""

    field_class = forms.IntegerField


def whole_number(
    words: str, *, least: int, most: int | None = None, method: str | None = None
) -> Filter:
    """Give a filter that takes a whole number from `least` to `most`."""
    chosen = WholeNumberFilter(min_value=least, max_value=most, method=method, help_text=words)
    limits = {"minimum": least} | ({} if most is None else {"maximum": most})
    return shown(chosen, type="integer", **limits)


def one_of(choices: Iterable[str], words: str) -> Filter:
    """Give a filter that takes one of `choices`."""
    codes = list(choices)
    chosen = ChoiceFilter(choices=[(code, code) for code in codes], help_text=words)
    return shown(chosen, enum=codes)


def some_of(choices: Iterable[str], words: str) -> Filter:
    """Give a filter that can be there several times, each time with one of `choices`."""
    codes = list(choices)
    chosen = MultipleChoiceFilter(choices=[(code, code) for code in codes], help_text=words)
    return shown(chosen, enum=codes)


def codes_of(kind: type[TaxonomyItem], words: str) -> Filter:
    """Give a filter that can be there several times, each time with a code of the taxonomy."""
    return shown(
        ModelMultipleChoiceFilter(
            queryset=kind._default_manager.all(), to_field_name="code", help_text=words
        )
    )
