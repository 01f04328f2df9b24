"""Leases: the right of one worker to do the work of one fact for a few seconds, renewed meanwhile.

Each claim raises the fact's fence; whoever holds an older number finds it out before its writes are
committed. Clocks of several machines may differ by a second or two: a lease taken too early costs a
run, never a wrong row.
"""

from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from core import clock
from core.models.fact import Fact, FactQuerySet
from core.outbox import attempts
from core.outbox.failures import describe
from core.outbox.reach import OutOfReachError
from core.outbox.timing import TIMING


class LeaseLostError(Exception):
    """The work was handed on to another worker: roll back, it is no longer yours to do."""


@dataclass(frozen=True, slots=True)
class Lease:
    """What a worker holds while it does the work; `core.outbox.beats.kept` renews it."""

    fact_id: int
    kind: str
    subject_id: int
    fence: int

    def check(self) -> None:
        """Make sure, inside the transaction that writes the outcome, that the lease still holds.

        Renews it and locks the fact until the commit, so that nobody takes it over in between.
        Raises LeaseLostError if somebody did; TransactionManagementError outside a transaction.
        """
        if not connection.in_atomic_block:
            raise TransactionManagementError("check a lease in the transaction that it protects")
        if not extend(self):
            raise LeaseLostError(f"{self.kind}:{self.subject_id}")


def claim(fact_id: int) -> Lease | None:
    """Take a fact if its work is due and nobody has it; None otherwise.

    A fact that an editor has stated and not yet committed is left for later, so that the work sees
    what the editor wrote.
    """
    now = clock.now()
    due = Fact.objects.due(now).filter(pk=fact_id)
    if not due.exists():
        return None  # a message delivered again takes no lock
    try:
        with transaction.atomic():
            fact = due.select_for_update(skip_locked=True).first()
            if fact is None:
                return None
            fact.state = Fact.State.CLAIMED
            fact.waiting_key = None
            fact.fence += 1
            fact.claimed_at = now
            fact.lease_until = now + TIMING.lease
            fact.save(update_fields=["state", "waiting_key", "fence", "claimed_at", "lease_until"])
    except IntegrityError:
        return None  # work on the same subject began between our look and our write
    return Lease(fact.pk, fact.kind, fact.subject_id, fact.fence)


def extend(lease: Lease) -> bool:
    """Renew the lease; False if it is lost."""
    return bool(_held(lease).update(lease_until=clock.now() + TIMING.lease))


def finish(lease: Lease) -> bool:
    """Close the fact as done; False if the lease is lost, and another worker does it again."""
    return bool(
        _held(lease).update(
            state=Fact.State.DONE, lease_until=None, finished_at=clock.now(), last_error=""
        )
    )


def release(lease: Lease) -> None:
    """Give the fact back untried, because the worker is going off duty."""
    with transaction.atomic():
        if fact := _held(lease).select_for_update().first():
            attempts.wait_again(fact, not_before=clock.now())


def fail(lease: Lease, error: BaseException) -> None:
    """Count a failure: the work is tried again after a pause, or set aside after the last try.

    Work that needs what is out of reach is put off for longer and longer.
    """
    with transaction.atomic():
        fact = _held(lease).select_for_update().first()
        if fact is None:
            return
        if isinstance(error, OutOfReachError):
            attempts.put_off(fact, describe(error.__cause__ or error), rest=error.rest)
        else:
            attempts.count(fact, describe(error))


def _held(lease: Lease) -> FactQuerySet:
    return Fact.objects.filter(pk=lease.fact_id, state=Fact.State.CLAIMED, fence=lease.fence)
