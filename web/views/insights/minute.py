"""The delivery group's first page: how it stands, in a minute."""

from typing import Any

from insights.measures import MEASURES
from insights.selectors.minute import Minute as Standing
from insights.selectors.minute import minute
from web.charts import Chart
from web.statistics_charts import figure_address, split_chart
from web.views.insights.page import StatisticsPage


class Minute(StatisticsPage):
    """Headlines, figures, the wards, and the roles worth creating."""

    template_name = "web/insights/minute.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = minute()
        return super().get_context_data(
            standing=standing,
            cards=[(card, figure_address(card.measure)) for card in standing.cards],
            wards=_wards(standing),
            **kwargs,
        )


def _wards(standing: Standing) -> Chart | None:
    if standing.closed is None:
        return None
    return split_chart(MEASURES["people_waiting"], standing.closed, "ward", key="wards")
