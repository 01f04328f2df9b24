"""The work in the background, as far as the volunteer centre looks after it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.services import jobs
from core.outbox import selectors as outbox
from desk.queue import standing_of
from desk.queues import QUEUES
from desk.services.jobs import retry_all
from matching.selectors import latest_runs
from matching.services import runs
from web.group_access import BrokerRequired, person_of
from web.views.page import ActionButton

RUNS_LISTED = 5


class DeskJobs(BrokerRequired, TemplateView):
    """How the work in the background stands, and the latest rankings of everybody."""

    template_name = "web/desk/jobs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            failed=standing_of(QUEUES["jobs"]),
            runs=latest_runs(RUNS_LISTED),
            backlog=outbox.backlog(),
            **kwargs,
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
        return reverse("web:desk-queue", args=["jobs"])


class JobRetryAll(BrokerRequired, ActionButton):
    tried = 0

    def perform(self) -> None:
        self.tried = retry_all(by=person_of(self.request))

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        return ngettext(
            "%(count)s job is tried again.", "%(count)s jobs are tried again.", self.tried
        ) % {"count": self.tried}

    def next_page(self) -> str:
        return reverse("web:desk-queue", args=["jobs"])
