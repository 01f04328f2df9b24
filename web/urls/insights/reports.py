"""The annual report and the study of the sector."""

from django.urls import URLPattern, path

from web.views.insights import kept_reports, reports, sector

_REPORTS = "insights/reports"
_KEPT = f"{_REPORTS}/kept/<int:kept>"

urlpatterns: list[URLPattern] = [
    path("insights/sector/", sector.SectorPage.as_view(), name="sector"),
    path("insights/sector/csv/", sector.SectorFile.as_view(), name="sector-csv"),
    path(f"{_REPORTS}/", reports.Reports.as_view(), name="annual-reports"),
    path(f"{_KEPT}/", reports.KeptReportPage.as_view(), name="kept-report"),
    path(f"{_KEPT}/remove/", kept_reports.ReportRemove.as_view(), name="report-remove"),
    path(f"{_KEPT}/<slug:kind>/", reports.KeptReportFile.as_view(), name="kept-report-file"),
    path(f"{_REPORTS}/<slug:year>/", reports.ReportPage.as_view(), name="annual-report"),
    path(f"{_REPORTS}/<slug:year>/keep/", kept_reports.ReportKeep.as_view(), name="report-keep"),
    path(
        f"{_REPORTS}/<slug:year>/<slug:kind>/",
        reports.ReportFile.as_view(),
        name="annual-report-file",
    ),
]
