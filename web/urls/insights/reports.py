"""The annual report and the study of the sector."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
