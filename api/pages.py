"""The schema, the page that explains it, and the answer where there is nothing."""

from typing import Any, Never

from django.utils.translation import gettext as _
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView


class ApiSchema(SpectacularAPIView):
    """The schema in OpenAPI 3.1."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]


class ApiDocs(SpectacularSwaggerSplitView):
    """The schema to read and try."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    url_name = "api:schema"
    template_name = "api/docs.html"


class NoSuchAddress(APIView):
    """Every address that is none, in the shape of every other error."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> Never:
        raise NotFound(_("There is nothing at this address. Addresses end with a slash."))
