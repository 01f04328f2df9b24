"""Pages of a group."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
