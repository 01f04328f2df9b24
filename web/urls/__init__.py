"""Addresses of the pages, by who they are for."""

from django.urls import URLPattern

from web.urls import desk, group, insights, public, volunteer, volunteering

app_name = "web"

urlpatterns: list[URLPattern] = [
    *public.urlpatterns,
    *volunteer.urlpatterns,
    *volunteering.urlpatterns,
    *group.urlpatterns,
    *desk.urlpatterns,
    *insights.urlpatterns,
]
