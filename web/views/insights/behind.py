"""Behind the first page: the funnel, fairness, and the state of the ranking."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from insights.findings import finding
from insights.measures import MEASURES
from insights.selectors import fairness
from insights.selectors.funnel import Funnel, funnel, still_there_sentence
from insights.selectors.published import Published, latest_months
from insights.selectors.ranking_health import OF_LISTS, lists_finding, ranking_health
from insights.selectors.told import told_and_came
from insights.wording import in_a_file, in_words
from web.charts import Bars
from web.csv_response import csv_response
from web.statistics_charts import figure_address, months_chart, point, split_chart
from web.views.insights.filters import Filters, OfAPeriod
from web.views.insights.page import StatisticsPage
from web.views.insights.told_chart import told_chart


class FunnelPage(OfAPeriod, StatisticsPage):
    """From applied to still there after three months."""

    template_name = "web/insights/funnel.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.figures is not None:
            found = funnel(self.figures)
            kwargs |= {
                "chart": _funnel_chart(found, self.figures, self.filters),
                "finding": found.sentence,
                "still_there": still_there_sentence(self.figures),
            }
        return super().get_context_data(filters=self.filters, figures=self.figures, **kwargs)


def _funnel_chart(found: Funnel, figures: Published, filters: Filters) -> Bars:
    points = tuple(
        point(
            step.measure,
            str(step.measure.title),
            step.shown,
            figure_address(step.measure, filters.said),
        )
        for step in found.steps
    )
    return Bars(
        key="funnel",
        title=_("From asking to the first day, step by step"),
        about=_("Steps that were taken in %(period)s") % {"period": figures.of_what},
        points=points,
        heads=(_("Step"), _("How many")),
        csv=f"csv/?{urlencode(filters.said)}",
        level=2,
        notes=(
            _(
                "Each step counts in the period in which it was taken, so these are not the same "
                "people from the first to the last."
            ),
        ),
    )


class FunnelFile(OfAPeriod, View):
    """The funnel as CSV."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (figures := self.figures) is None:
            raise Http404("There are no figures yet.")
        code = figures.period.code
        found = funnel(figures)
        steps = [(step.measure, step.shown) for step in found.steps]
        steps.append((MEASURES["still_there_after_three_months"], found.still_there))
        rows = [
            [
                code,
                figures.area_name or "Harrow",
                str(measure.title),
                in_a_file(measure, shown),
                str(measure.unit),
                in_words(measure, shown),
            ]
            for measure, shown in steps
        ]
        heads = ["Period", "Where", "Step", "Value", "Unit", "In words"]
        return csv_response(f"funnel-{code}", heads, rows)


class FairnessPage(OfAPeriod, StatisticsPage):
    """Who has a real chance, and whom people find."""

    template_name = "web/insights/fairness.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("figure", "")
        measure = next(
            (one for one in fairness.OF_PEOPLE if one.code == asked), fairness.OF_PEOPLE[0]
        )
        if (figures := self.figures) is not None:
            splits = fairness.over_people(figures, measure)
            kwargs |= {
                "charts": [
                    split_chart(measure, figures, split.dimension, level=3)
                    for split in splits
                    if not split.is_hidden
                ],
                "hidden": [split.title for split in splits if split.is_hidden],
                "sentences": [*fairness.over_groups(figures), *fairness.evenness(figures)],
                "period_words": figures.of_what,
                "finding": finding(measure, figures),
            }
        return super().get_context_data(
            filters=self.filters,
            figures=self.figures,
            measure=measure,
            measures=fairness.OF_PEOPLE,
            **kwargs,
        )


class RankingHealthPage(StatisticsPage):
    """Whether the ranking still does what it should."""

    template_name = "web/insights/ranking_health.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest_first = latest_months()
        charts = [
            months_chart(
                measure,
                [figures.period for figures in reversed(latest_first)],
                {figures.period: figures.total(measure) for figures in latest_first},
                csv=figure_address(measure, csv=True, table="months"),
            )
            for measure in OF_LISTS
        ]
        told = told_and_came(latest_first)
        return super().get_context_data(
            health=ranking_health(),
            told=[told_chart(one) for one in told],
            charts=charts if latest_first else [],
            finding=next((one.finding for one in told if one.finding), lists_finding(latest_first)),
            **kwargs,
        )
