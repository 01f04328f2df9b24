"""The annual report: the years there are, one as a page, and its files."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from core.clock import today
from core.dates import full_day
from insights.periods import Period
from insights.report.contents import NoFigures, report
from insights.report.files import FILES, file_name
from insights.report.parts import READERS, Report
from insights.selectors.published import known_periods
from web.insights_access import ReaderRequired
from web.report_page import context_of
from web.views.insights.page import StatisticsPage

log = structlog.get_logger(__name__)


class Reports(StatisticsPage):
    """The years that have figures, the latest first."""

    template_name = "web/insights/report/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = [one for one in known_periods() if one.period.is_year]
        running = Period.year_of(today())
        return super().get_context_data(
            this_year=next((one for one in years if one.period == running), None),
            earlier=[one for one in years if one.period != running],
            readers=READERS,
            last_day=full_day(running.last),
            **kwargs,
        )


class OfAYear(ReaderRequired):
    """The report of the year that the address names."""

    kwargs: dict[str, Any]

    @cached_property
    def report(self) -> Report:
        """What it says."""
        try:
            return report(self.year)
        except NoFigures as error:
            raise Http404("There is no such report.") from error

    @cached_property
    def year(self) -> Period:
        """The year."""
        try:
            year = Period.of_code(self.kwargs["year"])
        except ValueError as error:
            raise Http404("There is no such year.") from error
        if not year.is_year:
            raise Http404("That is no year.")
        return year


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
        if kind not in FILES:
            raise Http404("There is no such file.")
        write, content_type = FILES[kind]
        contents = self.report
        try:
            written = write(contents)
        except ValueError:
            log.exception("report.not_made", year=self.year.code, kind=kind)
            return self._not_made(request, kind)
        response = HttpResponse(written, content_type=content_type)
        name = file_name(contents, kind)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response

    def _not_made(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Say so, with the ways on: once more, the other file, the page."""
        context = {"report": self.report, "kind": kind, "is_pdf": kind == "pdf"}
        template = "web/insights/report/not_made.html"
        return render(request, template, context, status=HTTPStatus.INTERNAL_SERVER_ERROR)
