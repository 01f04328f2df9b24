"""The delivery group's first page: how it stands, in a minute."""

from typing import Any

from insights.measures import MEASURES
from insights.policies import can_steer
from insights.selectors.minute import Minute as Standing
from insights.selectors.minute import minute, minute_of
from web.charts import Chart
from web.statistics_charts import figure_address, split_chart
from web.views.insights.filters import chosen
from web.views.insights.page import StatisticsPage


class Minute(StatisticsPage):
    """Headlines, figures, the wards, and the roles worth creating; as of last night, or of a period
    and a ward that the address names.
    """

    template_name = "web/insights/minute.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = chosen(self.request)
        period = filters.period if filters.is_said else None
        if period:
            standing = minute_of(period, filters.known, filters.area)
        else:
            standing = minute(filters.known)
        # The page behind a card says the card's own number.
        shown = standing.figures.period.code if standing.figures else ""
        said = {"period": shown, "area": filters.area}
        return super().get_context_data(
            standing=standing,
            filters=filters,
            is_narrowed=period is not None,
            may_set_target=self._may_set_target(standing),
            cards=[(card, figure_address(card.measure, said)) for card in standing.cards],
            wards=_wards(standing),
            **kwargs,
        )

    def _may_set_target(self, standing: Standing) -> bool:
        """Whether no figure of the page has a target, and the reader could set one."""
        if standing.figures is None or standing.figures.area:
            # Targets are the borough's.
            return False
        return not any(card.target for card in standing.cards) and can_steer(self.request.user)


def _wards(standing: Standing) -> Chart | None:
    if standing.closed is None:
        return None
    # Where a month does not say how many people there are for each place, who waits says it.
    charts = (
        split_chart(MEASURES[code], standing.closed, "ward", key="wards")
        for code in ("people_for_each_place", "people_waiting")
    )
    return next((chart for chart in charts if chart), None)
