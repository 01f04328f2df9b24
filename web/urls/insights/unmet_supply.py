"""Who waits, for what, and which roles would place them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
