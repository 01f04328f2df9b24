"""The annual report: the years there are, one as data, and its files.

The report of a year that is closed is the one that was made and kept then; until then it is made
from the same figures as everything else, when it is read. What was kept stays readable as it was.
"""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.documents import JsonUnlessFound
from api.lists import Listed, check_parameters
from api.v1 import insights_shown as as_shown
from api.v1.insights_access import OfStatistics
from api.v1.insights_output import PeriodOutput
from core.errors import NotFound
from insights.models import KeptReport, Target
from insights.periods import Period
from insights.report.files import FILES, file_name
from insights.report.kept import file_key, report_as_kept, report_of
from insights.report.parts import Report, Section, Table
from insights.selectors.published import known_periods

_tags = ["insights"]


class ReportYearOutput(PeriodOutput):
    """A year that has a report, and where its files are."""

    pdf = serializers.CharField(help_text="Where the report is as PDF.")
    xlsx = serializers.CharField(help_text="Where the data behind it are, as a workbook.")


class KeptReportOutput(serializers.ModelSerializer[KeptReport]):
    """A report that was kept, and where it is as data and as files."""

    kept_by = serializers.SerializerMethodField(
        help_text="Who kept it; null: the service itself, or somebody who has left."
    )
    json = serializers.SerializerMethodField(help_text="Where all that it says is, as JSON.")
    pdf = serializers.SerializerMethodField(help_text="Where it is as PDF.")
    xlsx = serializers.SerializerMethodField(help_text="Where the data behind it are.")

    class Meta:
        model = KeptReport
        fields = ("id", "year", "is_final", "name", "kept_at", "kept_by", "json", "pdf", "xlsx")
        read_only_fields = fields
        extra_kwargs = {
            "is_final": {"help_text": "Made when its year was closed; the others are copies."}
        }

    def get_kept_by(self, row: KeptReport) -> str | None:
        return str(row.kept_by) if row.kept_by else None

    def get_json(self, row: KeptReport) -> str:
        return settings.SITE_URL + reverse("api:insights-kept-report", args=[row.pk])

    def get_pdf(self, row: KeptReport) -> str:
        return _kept_file(row, "pdf")

    def get_xlsx(self, row: KeptReport) -> str:
        return _kept_file(row, "xlsx")


class ReportCellOutput(serializers.Serializer[Any]):
    """A number as people read it; `value` is null where it is not shown, or is no number."""

    words = serializers.CharField(allow_blank=True)
    value = serializers.FloatField(allow_null=True)


class ReportLineOutput(serializers.Serializer[Any]):
    """A row of a table."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field called so
    cells = ReportCellOutput(many=True)


class ReportTableOutput(serializers.Serializer[Any]):
    """Numbers of a section. `title` is the finding."""

    key = serializers.CharField()
    title = serializers.CharField()
    about = serializers.CharField()
    heads = serializers.ListField(
        child=serializers.CharField(), help_text="Of all columns, the first of the labels."
    )
    lines = ReportLineOutput(many=True)
    notes = serializers.ListField(child=serializers.CharField())


class ReportSectionOutput(serializers.Serializer[Any]):
    """One section: sentences, then tables."""

    code = serializers.CharField()
    title = serializers.CharField()
    sentences = serializers.ListField(child=serializers.CharField())
    tables = ReportTableOutput(many=True)


class ReportOutput(ReportYearOutput):
    """The report of a year, method and limits inside."""

    title = serializers.CharField()
    worked_out_at = serializers.DateTimeField()
    state = serializers.CharField(help_text="Whether its figures are final, in a sentence.")
    summary = serializers.ListField(
        child=serializers.CharField(), help_text="What a councillor would take from it."
    )
    meaning = serializers.CharField(help_text="What a word in the summary means; or empty.")
    sections = ReportSectionOutput(many=True)


class OneKeptReportOutput(KeptReportOutput):
    """A report that was kept, with all that it says."""

    report = serializers.SerializerMethodField()

    class Meta(KeptReportOutput.Meta):
        fields = (*KeptReportOutput.Meta.fields, "report")  # type: ignore[assignment]
        read_only_fields = fields  # type: ignore[assignment]

    @extend_schema_field(ReportOutput)
    def get_report(self, row: KeptReport) -> dict[str, Any]:
        return _said(report_as_kept(row))


class Reports(OfStatistics, Listed):
    """The years that have a report."""

    queryset = Target.objects.none()

    @extend_schema(
        summary="List the annual reports",
        description=(
            "The latest first. The report of a year that is closed is kept as it was made then; "
            "before, it is made when it is read, from the same figures."
        ),
        responses=ReportYearOutput(many=True),
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        years = [one for one in known_periods() if one.period.is_year]
        return self.answer(
            [_year(one.period, closed=one.closed) for one in self.page_of(years)], ReportYearOutput
        )


class OneReport(OfStatistics):
    """One report, as data."""

    @extend_schema(
        operation_id="insights_report_retrieve",
        summary="Read the annual report of a year",
        description="All that its PDF and its workbook say.",
        responses=ReportOutput,
        tags=_tags,
    )
    def get(self, request: Request, year: str) -> Response:
        check_parameters(request, frozenset())
        return Response(_said(_report(year)))


class ReportFile(OfStatistics):
    """The report as a file."""

    content_negotiation_class = JsonUnlessFound

    @extend_schema(
        operation_id="insights_report_file_retrieve",
        summary="Read the annual report as PDF, or the data behind it as a workbook",
        parameters=[OpenApiParameter("kind", OpenApiTypes.STR, "path", enum=list(FILES))],
        responses={(200, content_type): OpenApiTypes.BINARY for __, content_type in FILES.values()},
        tags=_tags,
    )
    def get(self, request: Request, year: str, kind: str) -> HttpResponse:
        check_parameters(request, frozenset())
        return _file(_report(year), kind)


class KeptReports(OfStatistics, Listed):
    """The reports that were kept."""

    queryset = KeptReport.objects.none()

    @extend_schema(
        summary="List the annual reports that were kept",
        description=(
            "The latest year first; of a year the final report, then the copies that the delivery "
            "group kept, the newest first."
        ),
        responses=KeptReportOutput(many=True),
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        return self.listed(_kept(), KeptReportOutput)


class OneKeptReport(OfStatistics):
    """One of them, with all that it says."""

    @extend_schema(
        operation_id="insights_kept_report_retrieve",
        summary="Read an annual report as it was kept",
        responses=OneKeptReportOutput,
        tags=_tags,
    )
    def get(self, request: Request, kept: int) -> Response:
        check_parameters(request, frozenset())
        return Response(OneKeptReportOutput(_one_kept(kept)).data)


class KeptReportFile(OfStatistics):
    """One of them as a file."""

    content_negotiation_class = JsonUnlessFound

    @extend_schema(
        operation_id="insights_kept_report_file_retrieve",
        summary="Read a kept report as PDF, or the data behind it as a workbook",
        parameters=[OpenApiParameter("kind", OpenApiTypes.STR, "path", enum=list(FILES))],
        responses={(200, content_type): OpenApiTypes.BINARY for __, content_type in FILES.values()},
        tags=_tags,
    )
    def get(self, request: Request, kept: int, kind: str) -> HttpResponse:
        check_parameters(request, frozenset())
        row = _one_kept(kept)
        return _file(report_as_kept(row), kind, key=file_key(row))


def _kept() -> QuerySet[KeptReport]:
    return KeptReport.objects.without_contents().select_related("kept_by")


def _one_kept(pk: int) -> KeptReport:
    """Raises NotFound where there is none."""
    row = KeptReport.objects.select_related("kept_by").filter(pk=pk).first()
    if row is None:
        raise NotFound("There is no such report.")
    return row


def _kept_file(row: KeptReport, kind: str) -> str:
    return settings.SITE_URL + reverse("api:insights-kept-report-file", args=[row.pk, kind])


def _file(found: Report, kind: str, *, key: str = "") -> HttpResponse:
    """Raises NotFound for a kind that there is none of."""
    if kind not in FILES:
        raise NotFound("There is no such file.")
    write, content_type = FILES[kind]
    name = file_name(found, kind, key=key)
    return HttpResponse(
        write(found),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _said(found: Report) -> dict[str, Any]:
    output = ReportOutput(
        {
            **_year(found.year, closed=found.closed),
            "title": found.title,
            "worked_out_at": found.worked_out_at,
            "state": found.state,
            "summary": found.summary,
            "meaning": found.meaning,
            "sections": [_section(one) for one in found.sections],
        }
    )
    return dict(output.data)


def _report(code: str) -> Report:
    """The report of the year of this code. Raises NotFound where there is none."""
    try:
        year = Period.of_code(code)
        if not year.is_year:
            raise NotFound("There is no such report.")
        return report_of(year)
    except ValueError as error:
        raise NotFound("There is no such report.") from error


def _year(year: Period, *, closed: bool) -> dict[str, Any]:
    files = {
        kind: settings.SITE_URL + reverse("api:insights-report-file", args=[year.code, kind])
        for kind in FILES
    }
    return {**as_shown.period(year, closed=closed), **files}


def _section(one: Section) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "sentences": one.sentences,
        "tables": [_table(table) for table in one.tables],
    }


def _table(one: Table) -> dict[str, Any]:
    names = ("key", "title", "about", "heads", "notes")
    return {
        **{name: getattr(one, name) for name in names},
        "lines": [
            {
                "label": line.label,
                "cells": [{"words": cell.words, "value": cell.value} for cell in line.cells],
            }
            for line in one.lines
        ],
    }
