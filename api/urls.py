"""Addresses of the API."""

from django.urls import include, path, re_path

from api.pages import ApiDocs, ApiSchema, NoSuchAddress

app_name = "api"

urlpatterns = [
    path("v1/", include("api.v1.urls")),
    path("schema/", ApiSchema.as_view(), name="schema"),
    path("docs/", ApiDocs.as_view(), name="docs"),
    re_path(r"", NoSuchAddress.as_view(), name="no-such-address"),
]
