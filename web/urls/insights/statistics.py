"""The figures, their tables and targets."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
