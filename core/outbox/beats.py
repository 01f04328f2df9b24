"""Renew a lease while its work goes on."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import Error as DatabaseTrouble
from django.db import connection

from core.outbox.leases import Lease, extend
from core.outbox.timing import TIMING

log = structlog.get_logger(__name__)


@contextmanager
def kept(lease: Lease) -> Iterator[None]:
    """Renew the lease every few seconds, from a thread with a database connection of its own.

    Work that is over before the first beat opens no connection.
    """
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(lease, over), name=f"lease-{lease.fact_id}")
    thread.daemon = True
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(lease: Lease, over: threading.Event) -> None:
    while not over.wait(TIMING.beat.total_seconds()):
        try:
            if not extend(lease):
                log.warning("lease.lost", kind=lease.kind, subject_id=lease.subject_id)
                break
        except DatabaseTrouble as error:
            # Tried again at the next beat: the lease outlasts two that fail.
            log.warning("lease.not_renewed", kind=lease.kind, error=type(error).__name__)
        finally:
            connection.close()
