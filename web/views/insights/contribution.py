"""What the service contributes to regular volunteering, and what groups say once a year."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from core.clock import today
from core.csv_files import Cell
from core.dates import full_day
from insights.contribution import LIMITS, STEPS, adult_population, regular_finding
from insights.periods import Period
from insights.policies import can_steer
from insights.selectors.published import Published
from insights.selectors.yearly_question import (
    QUESTION,
    YearlyResult,
    asked_again_on,
    earlier_result,
    yearly_result,
)
from insights.services import yearly_question
from insights.wording import explained, in_a_file, period_in_words
from web.charts import Bars, Point
from web.csv_response import csv_response
from web.group_access import person_of
from web.insights_access import SteererRequired
from web.statistics_charts import figure_address, point
from web.views.insights.filters import Filters, OfAPeriod
from web.views.insights.page import StatisticsPage
from web.views.insights.sector import groups_in_words
from web.views.page import ConfirmedButton


class Contribution(OfAPeriod, StatisticsPage):
    """Residents from registered to helping in every month; and the yearly question."""

    template_name = "web/insights/contribution.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = _year(self.figures)
        result, again = yearly_result(year), asked_again_on()
        # Until this year's answers can be read, those of the last time stand here.
        earlier = None if result and result.is_enough else earlier_result(year)
        file = f"{reverse('web:contribution-csv')}?{urlencode(self.filters.said)}"
        return super().get_context_data(
            filters=self.filters,
            figures=self.figures,
            chart=_steps(self.figures, self.filters, file) if self.figures else None,
            finding=regular_finding(self.figures) if self.figures else "",
            limits=LIMITS,
            population=adult_population(),
            question=QUESTION,
            result=result,
            answers=_answers(result, file)
            if result and result.is_enough and result.answers
            else None,
            year_words=period_in_words(year),
            earlier=earlier,
            earlier_words=period_in_words(earlier.year) if earlier else "",
            has_earlier_page=earlier and earlier.year in [one.period for one in self.filters.known],
            asked_again=full_day(again) if again else "",
            may_ask=again is None and can_steer(self.request.user),
            **kwargs,
        )


class ContributionFile(OfAPeriod, View):
    """Both charts as a file: the steps, and what groups answered."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        figures, result = self.figures, yearly_result(_year(self.figures))
        heads = [_("When and where"), _("What"), _("Which"), _("How many")]
        rows: list[list[Cell]] = []
        if figures is not None:
            rows += [
                [
                    figures.of_what,
                    _("Residents"),
                    str(one.title),
                    in_a_file(one, figures.total(one)),
                ]
                for one in STEPS
            ]
        if result and result.is_enough:
            year = period_in_words(_year(figures))
            rows += [[year, _("Groups"), label, count] for label, count in result.answers]
        return csv_response("regular-volunteering", heads, rows)


def _year(figures: Published | None) -> Period:
    """The year that the figures lie in, or the one that runs."""
    return Period.year_of(figures.period.first if figures else today())


def _steps(figures: Published, filters: Filters, file: str) -> Bars:
    shown = [(measure, figures.total(measure)) for measure in STEPS]
    points = tuple(
        point(measure, str(measure.title), one, figure_address(measure, filters.said))
        for measure, one in shown
    )
    return Bars(
        key="regular",
        title=_("Residents of 16 and over, from registered to helping in every month"),
        about=figures.of_what,
        points=points,
        heads=(_("Residents"), _("How many")),
        csv=file,
        level=2,
        notes=tuple(explained(STEPS[0], {one.why for __, one in shown})),
    )


def _answers(result: YearlyResult, file: str) -> Bars:
    points = tuple(Point(label, count, groups_in_words(count)) for label, count in result.answers)
    return Bars(
        key="question",
        title=result.sentences[1],
        about=_("Groups, by what they answered"),
        points=points,
        heads=(_("Answer"), _("Groups")),
        csv=file,
        level=3,
    )


class AskGroups(SteererRequired, ConfirmedButton):
    """Put this year's question to all groups."""

    title = gettext_lazy("Ask all groups now?")
    intro = gettext_lazy(
        "Everybody who acts for a group is told once, and the question waits on the group’s page "
        "for six weeks. It cannot be taken back. From then on the question comes by itself, each "
        "year on this day."
    )
    button = gettext_lazy("Ask all groups now")
    done = gettext_lazy("Groups are asked now. They have six weeks.")

    def perform(self) -> None:
        yearly_question.ask(by=person_of(self.request))

    def next_page(self) -> str:
        return reverse("web:contribution")
