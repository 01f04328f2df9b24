"""The annual report and the study of the sector."""

from django.urls import URLPattern, path

from web.views.insights import reports, sector

urlpatterns: list[URLPattern] = [
    path("insights/sector/", sector.SectorPage.as_view(), name="sector"),
    path("insights/sector/csv/", sector.SectorFile.as_view(), name="sector-csv"),
    path("insights/reports/", reports.Reports.as_view(), name="annual-reports"),
    path("insights/reports/<slug:year>/", reports.ReportPage.as_view(), name="annual-report"),
    path(
        "insights/reports/<slug:year>/<slug:kind>/",
        reports.ReportFile.as_view(),
        name="annual-report-file",
    ),
]
