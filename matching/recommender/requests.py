"""Ask for a ranking of everybody. Loads no scikit-learn."""

from datetime import timedelta

from django.db import transaction

from accounts.models import User
from accounts.services import audit
from core.clock import now
from core.outbox import facts
from matching.models import RankingRun

#: A run that is not through after this long is stuck, and another may begin.
STUCK_AFTER = timedelta(hours=1)


@transaction.atomic
def request_run(by: User | None) -> RankingRun:
    """Ask for a full ranking; give the one that is asked for or going on already, if any."""
    unfinished = RankingRun.objects.unfinished()
    if going := unfinished.filter(requested_at__gt=now() - STUCK_AFTER).first():
        return going
    run = RankingRun.objects.create(requested_by=by)
    audit.record(by=by, action="ranking.requested", subject=run)
    facts.state("ranking.requested", run.pk)
    return run
