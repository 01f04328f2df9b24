"""The desk's first page: what to do first."""

from typing import Any

from django.views.generic import TemplateView

from desk import queues
from placements.models import Concern
from web.forms.desk_people import FindPersonForm
from web.group_access import BrokerRequired

#: Of the open concerns so many stand on the first page, urgent ones first.
CONCERNS_LISTED = 5


class Desk(BrokerRequired, TemplateView):
    """The lists of the desk with their numbers, what to do first on top."""

    template_name = "web/desk/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standings = queues.desk()
        concerns = Concern.objects.open()
        busy = [standing for standing in standings if standing.count]
        return super().get_context_data(
            first=busy[0] if busy else None,
            busy=busy,
            quiet=[standing for standing in standings if not standing.count],
            concerns=concerns[:CONCERNS_LISTED],
            concerns_count=concerns.count(),
            find=FindPersonForm(),
            **kwargs,
        )
