"""Take out of the outbox what is long done."""

from core import clock
from core.models.fact import Fact
from core.outbox.timing import TIMING

#: Rows deleted in one statement, so that none holds a lock for long.
_BATCH = 1_000


def delete_old() -> int:
    """Delete facts that were done (or superseded) two weeks ago; gives how many."""
    old = Fact.objects.filter(
        state__in=[Fact.State.DONE, Fact.State.SUPERSEDED],
        finished_at__lt=clock.now() - TIMING.keep,
    )
    deleted = 0
    while ids := list(old.values_list("pk", flat=True)[:_BATCH]):
        deleted += Fact.objects.filter(pk__in=ids).delete()[0]
    return deleted
