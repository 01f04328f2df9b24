"""The study of the sector: which groups there are, and what they do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from core.csv_files import Cell
from core.places.wards import ward_name
from insights.chart_findings import split_finding
from insights.measures import MEASURES
from insights.selectors.sector import Breakdown, Sector, sector
from insights.wording import explained, period_in_words
from web.charts import Bars, Chart, Point, WardTiles
from web.csv_response import csv_response
from web.insights_access import ReaderRequired
from web.statistics_charts import figure_address, point
from web.views.insights.filters import chosen_area
from web.views.insights.page import StatisticsPage


class SectorPage(StatisticsPage):
    """The study as of now, of the borough or of the ward that the address names."""

    template_name = "web/insights/sector.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = chosen_area(self.request)
        study = sector(filters.area)
        charts = [breakdown_chart(one, filters.query) for one in study.breakdowns if one.largest]
        hours = _hours_chart(study)
        return super().get_context_data(
            study=study,
            filters=filters,
            charts=[*charts, *([hours] if hours else [])],
            **kwargs,
        )


class SectorFile(ReaderRequired, View):
    """The study as CSV."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        study = sector(chosen_area(request).area)
        where = ward_name(study.area) or "Harrow"
        rows: list[list[Cell]] = [
            [one.title, part.label, part.groups, where]
            for one in study.breakdowns
            for part in one.parts
        ]
        name = f"sector-{study.at:%Y-%m-%d}"
        return csv_response(name, ["By", "Category", "Groups", "Where"], rows)


def breakdown_chart(breakdown: Breakdown, query: str = "") -> Chart:
    """The groups by one thing: a tile map of wards, bars of anything else. query: the end of the
    address of the file.
    """
    points = tuple(
        Point(part.label, part.groups, groups_in_words(part.groups), f"{part.groups:,}")
        for part in breakdown.parts
    )
    given: dict[str, Any] = {
        "key": f"sector-{breakdown.code}",
        "title": breakdown.finding,
        "about": breakdown.about,
        "points": points,
        "heads": (breakdown.title, _("Groups")),
        "csv": reverse("web:sector-csv") + query,
        "level": 2,
        "notes": (_("A group can be in several of these, or in none."),)
        if breakdown.several
        else (),
    }
    return WardTiles(**given) if breakdown.code == "ward" else Bars(**given)


def groups_in_words(groups: int) -> str:
    """Such as "1 group", "12 groups"."""
    return ngettext("%(count)s group", "%(count)s groups", groups) % {"count": f"{groups:,}"}


def _hours_chart(study: Sector) -> Chart | None:
    if not study.hours_by_kind or study.hours_of is None:
        return None
    measure = MEASURES["hours_confirmed"]
    whys = {row.shown.why for row in study.hours_by_kind}
    return Bars(
        key="sector-hours",
        title=split_finding(measure, "group-kind", study.hours_by_kind),
        about=_("Hours that groups confirmed in %(month)s, by kind of group")
        % {"month": period_in_words(study.hours_of)},
        points=tuple(point(measure, row.label, row.shown) for row in study.hours_by_kind),
        heads=(_("Kind of group"), _("Hours")),
        csv=figure_address(measure, csv=True, period=study.hours_of.code, by="group-kind"),
        level=2,
        notes=tuple(explained(measure, whys)),
    )
