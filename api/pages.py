"""The schema, the page that explains it, and the answer where there is nothing."""

from functools import cache
from typing import Any, Never

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView
from drf_spectacular.renderers import OpenApiJsonRenderer2
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from api import reference


@method_decorator(cache_control(public=True, max_age=3600), name="dispatch")
class ApiSchema(APIView):
    """The schema in OpenAPI 3.1."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    renderer_classes = [OpenApiJsonRenderer2]
    schema = None

    def get(self, request: Request) -> Response:
        return Response(reference.schema())


class ApiDocs(TemplateView):
    """The schema for people: one page without script, in the pattern of the others.

    Swagger UI and ReDoc need script and fail accessibility rules; this page needs neither excuse.
    """

    template_name = "api/reference.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(words=_reference_in(get_language()), **kwargs)


@cache
def _reference_in(_language: str | None) -> str:
    """Give what the page says, in the language that is on: it takes a third of a second, and stays
    as it is for as long as the process runs this code."""
    described = reference.schema()
    return render_to_string(
        "api/reference_words.html",
        {
            "title": settings.SPECTACULAR_SETTINGS["TITLE"],
            "nouns": reference.nouns(described),
            "shapes": reference.shapes(described),
            "schema_url": reverse("api:schema"),
        },
    )


class NoSuchAddress(APIView):
    """Every address that is none, in the shape of every other error."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> Never:
        raise NotFound(_("There is nothing at this address. Addresses end with a slash."))
