"""Try the failed jobs of the desk's list again."""

from django.db import transaction

from accounts.models import User
from accounts.services import jobs
from core.errors import Conflict, NotFound
from desk.queues import QUEUES

#: In one go no more jobs than these are tried again.
MOST_JOBS = 200


@transaction.atomic
def retry_all(*, by: User) -> int:
    """Try the jobs afresh that wait on the list, longest first; give how many. What is put aside
    or done is left alone.
    """
    tried = 0
    for fact_id in QUEUES["jobs"].waiting().values_list("pk", flat=True)[:MOST_JOBS]:
        try:
            with transaction.atomic():
                jobs.retry(fact_id=fact_id, by=by)
        except (Conflict, NotFound):  # somebody was quicker
            continue
        tried += 1
    return tried
