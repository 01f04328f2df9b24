"""All figures, and each by itself: its definition, over time, and split."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from core.csv_files import Cell
from core.disclosure import in_words as people_in_words
from insights.disclosure import NOTHING, Shown
from insights.findings import finding
from insights.measures import MEASURES, Measure
from insights.periods import Period
from insights.selectors.published import BY_WARD, Published, first_month, published
from insights.selectors.targets import target_in_words, target_of
from insights.wording import in_a_file, in_words, period_in_words
from web.csv_response import csv_response
from web.insights_access import ReaderRequired
from web.statistics_charts import figure_address, months_chart, split_chart
from web.views.insights.filters import Filters, OfAPeriod, chosen_of_measure, dimensions_of
from web.views.insights.page import StatisticsPage

#: Months of a line: as many as show the same month of the year before.
MONTHS = 13
#: Titles of groups of measures, by the file in which they are defined.
_GROUPS: dict[str, str | Promise] = {
    "people": _("People who wait"),
    "roles": _("Roles and places"),
    "applications": _("What comes of asking"),
    "fairness": _("Fairness"),
    "recommending": _("Recommendations"),
    "useful_wait": _("What people do while they wait"),
    "regular": _("Regular helpers"),
}


class AllFigures(OfAPeriod, StatisticsPage):
    """Every figure with its number, by what it is about; of a ward those that are split by ward."""

    template_name = "web/insights/figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = self.figures
        return super().get_context_data(
            filters=self.filters,
            figures=figures,
            of_what=figures.of_what if figures else "",
            groups=_groups(figures, self.filters) if figures else [],
            **kwargs,
        )


def _groups(
    figures: Published, filters: Filters
) -> list[tuple[str, list[tuple[Measure, str, str]]]]:
    def group_of(measure: Measure) -> str:
        return measure.pick.__module__.rpartition(".")[2]

    # A group without a title of its own comes last, under the name of its file.
    order = {name: place for place, name in enumerate(_GROUPS)}
    chosen = [one for one in MEASURES if not filters.area or BY_WARD in one.by]
    ordered = sorted(chosen, key=lambda measure: order.get(group_of(measure), len(order)))
    return [
        (
            str(_GROUPS.get(name, name)),
            [
                (
                    measure,
                    in_words(measure, figures.total(measure)),
                    figure_address(measure, filters.said),
                )
                for measure in measures
            ],
        )
        for name, measures in groupby(ordered, key=group_of)
    ]


class FigureRequired(ReaderRequired):
    """Something about one figure, which the address names."""

    kwargs: dict[str, Any]
    request: HttpRequest

    def prepare(self) -> None:
        if self.kwargs["measure"] not in MEASURES:
            raise Http404("There is no such figure.")

    @cached_property
    def measure(self) -> Measure:
        """The figure."""
        return MEASURES[self.kwargs["measure"]]

    @cached_property
    def filters(self) -> Filters:
        """What the address narrows it to."""
        return chosen_of_measure(self.request, self.measure)

    @cached_property
    def months(self) -> list[Period]:
        """The months of the line: up to that of the filter, or to the last of its year."""
        last = self.filters.period
        if last is None:
            return []
        months = [last.months_in()[-1]]
        while len(months) < MONTHS:
            months.append(months[-1].before())
        return months[::-1]

    @cached_property
    def figures(self) -> Mapping[Period, Published]:
        """The figures of the period and of the months of the line, of the whole borough."""
        if self.filters.period is None:
            return {}
        return published([self.filters.period, *self.months])

    def of_month(self, month: Period) -> Shown:
        """The figure of a month, of the ward that the filter names or of the borough."""
        return self.figures[month].in_area(self.filters.area).total(self.measure)

    @property
    def over_time(self) -> dict[Period, Shown]:
        """The figure of each month from the first that is known; of a ward those that are over."""
        known = [month for month in self.months if month in self.figures]
        if self.filters.area:
            known = [month for month in known if self.figures[month].closed]
        if not known:
            return {}
        span = [month for month in self.months if known[0] <= month <= known[-1]]
        return {month: self.of_month(month) if month in known else NOTHING for month in span}


class Figure(FigureRequired, StatisticsPage):
    """One figure."""

    template_name = "web/insights/figure.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters, period = self.filters, self.filters.period
        current = self.figures.get(period) if period else None
        if current is not None:
            kwargs |= self._shown(current, current.in_area(filters.area))
        kwargs["measure"] = self.measure
        return super().get_context_data(
            filters=filters,
            period_words=period_in_words(period) if period else "",
            current=current,
            dimensions=dimensions_of(self.measure),
            last_closed=self._last_closed(),
            **kwargs,
        )

    def _last_closed(self) -> tuple[Period, str] | None:
        """The last month that is over, with the address of its figure: a period that runs is not
        split.
        """
        closed = next((one.period for one in self.filters.known if one.closed), None)
        if closed is None or closed.is_year:
            return None
        said = self.filters.said | {"period": closed.code, "by": self.filters.by}
        return closed, figure_address(self.measure, said)

    def _shown(self, current: Published, narrowed: Published) -> dict[str, Any]:
        filters, over_time, shown = self.filters, self.over_time, narrowed.total(self.measure)
        # Targets are the borough's.
        target = None if filters.area else target_of(self.measure, current.period)
        months = months_chart(
            self.measure,
            list(over_time),
            over_time,
            of=filters.area_name,
            target=target.value if target else None,
            csv=figure_address(self.measure, filters.said, csv=True, table="months"),
            since=first_month(filters.known),
        )
        return {
            "target": target_in_words(self.measure, target, shown) if target else "",
            "finding": finding(self.measure, narrowed),
            "number": in_words(self.measure, shown),
            "months": months if over_time else None,
            "split": split_chart(self.measure, current, filters.by) if filters.by else None,
            "erased": people_in_words(current.erased_since) if current.erased_since else "",
        }


class FigureFile(FigureRequired, View):
    """The numbers of a figure's charts as CSV: its split, or with `table=months` its line."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        period = self.filters.period
        if period is None or period not in self.figures:
            raise Http404("There are no figures yet.")
        if request.GET.get("table") == "months":
            rows = self._months()
            name = f"{self.measure.code}-months-to-{period.code}"
        else:
            rows = self._split(period)
            name = f"{self.measure.code}-{period.code}-{self.filters.by or 'all'}"
        heads = ["Period", "Figure", "Split by", "Category", "Value", "Unit", "In words", "Out of"]
        return csv_response(name, heads, rows)

    def _months(self) -> list[list[Cell]]:
        split = BY_WARD if self.filters.area else ""
        return [
            self._row(month, split, self.filters.area_name, shown)
            for month, shown in self.over_time.items()
        ]

    def _split(self, period: Period) -> list[list[Cell]]:
        found = self.figures[period]
        rows = [self._row(period, "", "Harrow", found.total(self.measure))]
        if self.filters.area and self.filters.by != BY_WARD:
            rows.append(self._row(period, BY_WARD, self.filters.area_name, self.of_month(period)))
        rows += [
            self._row(period, self.filters.by, row.label, row.shown, row.base)
            for row in found.split(self.measure, self.filters.by)
        ]
        return rows

    def _row(
        self, period: Period, by: str, category: str, shown: Shown, base: int | None = None
    ) -> list[Cell]:
        value = in_a_file(self.measure, shown)
        return [
            period.code,
            str(self.measure.title),
            by,
            category or "Harrow",
            value,
            str(self.measure.unit),
            in_words(self.measure, shown),
            "" if base is None else base,
        ]
