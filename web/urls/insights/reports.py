"""The annual report and the study of the sector."""

from django.urls import URLPattern, path

from web.views.insights import sector

urlpatterns: list[URLPattern] = [
    path("insights/sector/", sector.SectorPage.as_view(), name="sector"),
    path("insights/sector/csv/", sector.SectorFile.as_view(), name="sector-csv"),
]
