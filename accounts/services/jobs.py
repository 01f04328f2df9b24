"""Let a job that was set aside be tried again, and write down who said so."""

from django.db import transaction

from accounts.models import User
from accounts.services import audit
from core.models import Fact
from core.outbox import attempts


@transaction.atomic
def retry(*, fact_id: int, by: User) -> None:
    """Try a job afresh. Raises NotFound and Conflict as `core.outbox.attempts.retry`."""
    attempts.retry(fact_id=fact_id)
    fact = Fact.objects.get(pk=fact_id)
    audit.record(by=by, action="job.retried", subject=fact, kind=fact.kind, about=fact.subject_id)
