"""The delivery group's first page: how it stands, in a minute."""

from typing import Any

from core.clock import today
from insights.periods import Period
from insights.selectors.published import published
from web.views.insights.page import StatisticsPage


class Minute(StatisticsPage):
    """Headlines, figures, the wards, and the roles worth creating."""

    template_name = "web/insights/minute.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        month = Period.month_of(today())
        return super().get_context_data(figures=published([month]).get(month), **kwargs)
