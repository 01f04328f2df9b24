"""What would happen if."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
