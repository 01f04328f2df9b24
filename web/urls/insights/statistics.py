"""The figures, their tables and targets."""

from django.urls import URLPattern, path

from web.views.insights import minute

urlpatterns: list[URLPattern] = [
    path("insights/", minute.Minute.as_view(), name="statistics"),
]
