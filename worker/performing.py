"""Do the work of one fact, once, under a lease."""

import time

import structlog
from django.db import Error as DatabaseTrouble
from structlog.contextvars import bound_contextvars

from core.outbox import leases
from core.outbox.beats import kept
from core.outbox.failures import describe
from core.outbox.leases import Lease, LeaseLostError
from worker.handlers import handler_for

log = structlog.get_logger(__name__)


def perform(fact_id: int) -> None:
    """Do the work of the fact with this id, unless it is done, not due, or somebody else's.

    A failure is written on the fact and not raised: an exception's text may quote a person's
    answers, and Celery would log it.
    """
    if lease := leases.claim(fact_id):
        with bound_contextvars(kind=lease.kind, subject_id=lease.subject_id):
            try:
                _perform(lease)
            except DatabaseTrouble as error:
                # The end of the work could not be written: the lease runs out, and it runs again.
                log.warning("fact.left_open", error=describe(error))


def _perform(lease: Lease) -> None:
    began = time.monotonic()
    try:
        with kept(lease):
            handler_for(lease.kind).work(lease.subject_id, lease)
    except LeaseLostError:
        log.warning("fact.handed_on")
    except Exception as error:
        leases.fail(lease, error)
    except BaseException:
        leases.release(lease)  # the worker is told to go
        raise
    else:
        leases.finish(lease)
        log.info("fact.done", seconds=round(time.monotonic() - began, 3))
