"""The annual report: the years there are, one as a page, and its files."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import View

from insights.periods import Period
from insights.report.contents import NoFigures, report
from insights.report.document import pdf_of
from insights.report.parts import Report
from insights.report.workbook import workbook_of
from insights.selectors.published import known_periods
from web.insights_access import ReaderRequired
from web.report_page import context_of
from web.views.insights.page import StatisticsPage

_FILES = {
    "pdf": (pdf_of, "application/pdf"),
    "xlsx": (
        workbook_of,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


class Reports(StatisticsPage):
    """The years that have figures."""

    template_name = "web/insights/report/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = [one for one in known_periods() if one.period.is_year]
        return super().get_context_data(years=years, **kwargs)


class OfAYear(ReaderRequired):
    """The report of the year that the address names."""

    kwargs: dict[str, Any]

    @cached_property
    def report(self) -> Report:
        """What it says."""
        try:
            year = Period.of_code(self.kwargs["year"])
            if not year.is_year:
                raise NoFigures(self.kwargs["year"])
            return report(year)
        except ValueError as error:
            raise Http404("There is no such report.") from error


class ReportPage(OfAYear, StatisticsPage):
    """The report as a page."""

    template_name = "web/insights/report/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**context_of(self.report), **kwargs)


class ReportFile(OfAYear, View):
    """The report as PDF, or the data behind it as XLSX."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = self.kwargs["kind"]
        if kind not in _FILES:
            raise Http404("There is no such file.")
        write, content_type = _FILES[kind]
        response = HttpResponse(write(self.report), content_type=content_type)
        name = f"volunteering-in-harrow-{self.report.year.code}.{kind}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response
