"""Pages of the volunteer centre."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
