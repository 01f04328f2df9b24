"""The annual report: the years there are and what was kept of them, one as a page, its files."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import View

from core.clock import today
from core.dates import full_day
from insights.models import KeptReport
from insights.periods import Period
from insights.policies import can_steer
from insights.report.contents import NoFigures
from insights.report.files import FILES, file_name
from insights.report.kept import day_of, file_key, report_as_kept, report_of
from insights.report.parts import READERS, Report
from insights.selectors.kept_reports import years_of_reports
from web.forms.insights.reports import CopyForm
from web.insights_access import ReaderRequired
from web.report_page import context_of
from web.views.insights.page import StatisticsPage

log = structlog.get_logger(__name__)


def year_of_code(code: str) -> Period:
    """The year that an address names. Raises Http404 where it is none."""
    try:
        year = Period.of_code(code)
    except ValueError as error:
        raise Http404("There is no such year.") from error
    if not year.is_year:
        raise Http404("That is no year.")
    return year


def addresses_of_year(year: Period) -> dict[str, str]:
    """Where the report of a year is: as a page, and by kind of file."""
    files = {kind: reverse("web:annual-report-file", args=[year.code, kind]) for kind in FILES}
    return {"page": reverse("web:annual-report", args=[year.code]), **files}


def addresses_of_kept(row: KeptReport) -> dict[str, str]:
    """Where a report that was kept is, likewise."""
    files = {kind: reverse("web:kept-report-file", args=[row.pk, kind]) for kind in FILES}
    return {"page": reverse("web:kept-report", args=[row.pk]), **files}


class Reports(StatisticsPage):
    """The years that have figures, the latest first, each with the reports that were kept."""

    template_name = "web/insights/report/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        running = Period.year_of(today())
        years = [
            {
                "period": one.period,
                "is_running": one.period == running,
                "made_on": day_of(one.final) if one.final else "",
                "copies": [
                    {"row": copy, "on": day_of(copy), "addresses": addresses_of_kept(copy)}
                    for copy in one.copies
                ],
                "addresses": addresses_of_year(one.period),
                "last_day": full_day(one.period.last),
            }
            for one in years_of_reports()
        ]
        may_keep = can_steer(self.request.user)
        return super().get_context_data(
            years=years,
            readers=READERS,
            may_keep=may_keep,
            form=CopyForm(initial=CopyForm.of_today()) if may_keep else None,
            **kwargs,
        )


class OneReport(ReaderRequired):
    """A report, and where it is as a page and as files."""

    kwargs: dict[str, Any]

    @cached_property
    def report(self) -> Report:
        """What it says. Raises Http404 where there is none."""
        raise NotImplementedError

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Of its page, and of its files by kind."""
        raise NotImplementedError

    @property
    def file_key(self) -> str:
        """What tells its files from those of other reports of the year."""
        return ""

    @property
    def is_to_come(self) -> bool:
        """Whether there will be one, but nothing has been worked out for it yet."""
        return False


class OfAYear(OneReport):
    """The report of the year that the address names: the final one, else as it is now."""

    @cached_property
    def report(self) -> Report:
        if self._found is None:
            raise Http404("There is no such report.")
        return self._found

    @cached_property
    def _found(self) -> Report | None:
        try:
            return report_of(self.year)
        except NoFigures:
            return None

    @property
    def is_to_come(self) -> bool:
        """Of the year that runs: the service may have started some minutes ago."""
        return self.year == Period.year_of(today()) and self._found is None

    @cached_property
    def year(self) -> Period:
        """The year."""
        return year_of_code(self.kwargs["year"])

    @cached_property
    def addresses(self) -> dict[str, str]:
        return addresses_of_year(self.year)


class AsKept(OneReport):
    """The report that was kept and that the address names."""

    @cached_property
    def row(self) -> KeptReport:
        """Its row."""
        return get_object_or_404(KeptReport, pk=self.kwargs["kept"])

    @cached_property
    def report(self) -> Report:
        return report_as_kept(self.row)

    @property
    def is_to_come(self) -> bool:
        """What was kept is there."""
        return False

    @cached_property
    def addresses(self) -> dict[str, str]:
        return addresses_of_kept(self.row)

    @property
    def file_key(self) -> str:
        return file_key(self.row)


class ReportPage(OfAYear, StatisticsPage):
    """The report as a page."""

    template_name = "web/insights/report/report.html"

    def get_template_names(self) -> list[str]:
        return ["web/insights/report/to_come.html"] if self.is_to_come else [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.is_to_come:
            return super().get_context_data(**kwargs | {"year": self.year})
        context = context_of(self.report)
        return super().get_context_data(addresses=self.addresses, **context, **kwargs)


class KeptReportPage(AsKept, ReportPage):
    """A report as it was kept, as a page."""


class ReportFile(OfAYear, View):
    """The report as PDF, or the data behind it as XLSX."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = self.kwargs["kind"]
        if kind not in FILES:
            raise Http404("There is no such file.")
        if self.is_to_come:
            return redirect(self.addresses["page"])
        write, content_type = FILES[kind]
        contents = self.report
        try:
            written = write(contents)
        except ValueError:
            log.exception("report.not_made", year=contents.year.code, kind=kind)
            return self._not_made(request, kind)
        response = HttpResponse(written, content_type=content_type)
        name = file_name(contents, kind, key=self.file_key)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response

    def _not_made(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Say so, with the ways on: once more, the other file, the page."""
        context = {
            "addresses": self.addresses,
            "again": self.addresses[kind],
            "is_pdf": kind == "pdf",
        }
        template = "web/insights/report/not_made.html"
        return render(request, template, context, status=HTTPStatus.INTERNAL_SERVER_ERROR)


class KeptReportFile(AsKept, ReportFile):
    """A report as it was kept, as a file."""
