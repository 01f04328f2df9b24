"""Lists in pages."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class Pages(PageNumberPagination):
    """Pages of 20 unless `page_size` says otherwise, at most 100. A page past the end is 404."""

    page_size = 20
    max_page_size = 100
    page_size_query_param = "page_size"
    page_query_description = "Which page, counted from 1."
    page_size_query_description = "How many on a page: 1 to 100, or else 20."
    last_page_strings: tuple[str, ...] = ()

    def get_page_size(self, request: Request) -> int:
        return _whole_number(request, "page_size", self.page_size, most=self.max_page_size)

    def get_page_number(self, request: Request, paginator: Any) -> int:
        return _whole_number(request, "page", 1)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        page, page_size = super().get_schema_operation_parameters(view)
        page["schema"] = {"type": "integer", "minimum": 1}
        page_size["schema"] = {"type": "integer", "minimum": 1, "maximum": self.max_page_size}
        return [page, page_size]


def _whole_number(request: Request, name: str, default: int, *, most: int | None = None) -> int:
    """Give a parameter as a number from 1 to `most`. Raises ValidationError for anything else."""
    written = request.query_params.get(name)
    if written is None:
        return default
    if written.isascii() and written.isdigit() and len(written) < 10:
        number = int(written)
        if number >= 1 and (most is None or number <= most):
            return number
    sentence = (
        _("Enter a whole number from 1.")
        if most is None
        else _("Enter a whole number from 1 to %(most)s.") % {"most": most}
    )
    raise serializers.ValidationError({name: [sentence]})
