"""What pages of the statistics share."""

from typing import Any

from django.views.generic import TemplateView

from web.insights_access import ReaderRequired


class StatisticsPage(ReaderRequired, TemplateView):
    """A page that the delivery group reads. `template_name` extends web/insights/base.html."""

    http_method_names = ["get", "head", "options"]
    kwargs: dict[str, Any]
