"""The work in the background, as far as the volunteer centre looks after it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from accounts.services import jobs
from core.models import Fact
from core.outbox import selectors as outbox
from matching.selectors import latest_runs
from matching.services import runs
from web.group_access import BrokerRequired, person_of
from web.views.page import ActionButton

RUNS_LISTED = 5


class DeskJobs(BrokerRequired, ListView):
    """Jobs that failed, latest first; what waits; the latest rankings of everybody."""

    template_name = "web/desk/jobs.html"
    context_object_name = "jobs"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Fact]:
        return outbox.set_aside()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            runs=latest_runs(RUNS_LISTED), backlog=outbox.backlog(), **kwargs
        )


class RankEverybody(BrokerRequired, ActionButton):
    done = gettext_lazy("Everybody will be ranked again. This page shows how far it is.")

    def perform(self) -> None:
        runs.request(by=person_of(self.request))

    def next_page(self) -> str:
        return reverse("web:desk-jobs") + "#rankings"


class JobRetry(BrokerRequired, ActionButton):
    done = gettext_lazy("The job is tried again.")

    def perform(self) -> None:
        jobs.retry(fact_id=self.kwargs["job_id"], by=person_of(self.request))

    def next_page(self) -> str:
        return reverse("web:desk-jobs")
