"""Kinds of work that only tests have, loaded into the worker processes that tests start.

What they write goes to a table without any constraint, where a second effect would be seen.
"""

import os
import signal
import time

from django.db import connection, transaction

from core.outbox.leases import Lease
from worker.app import SLOW
from worker.handlers import HANDLERS, Handler

EFFECTS = "test_effects"


def write(subject_id: int, lease: Lease) -> None:
    """Leave one row, and keep to the rules for handlers."""
    with transaction.atomic():
        lease.check()
        _leave_row(lease)


def sleep_and_write(subject_id: int, lease: Lease) -> None:
    """Take two seconds, then leave one row."""
    _tell("began", lease)
    time.sleep(2)
    write(subject_id, lease)


def refuse(subject_id: int, lease: Lease) -> None:
    """Fail always, with a text that must not be written anywhere."""
    _tell("began", lease)
    raise ValueError("canary-of-a-person@example.org")


def die(subject_id: int, lease: Lease) -> None:
    """Take the whole process along."""
    _tell("began", lease)
    os.kill(os.getpid(), signal.SIGKILL)


def _leave_row(lease: Lease) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {EFFECTS} (kind, subject_id, fence, at) VALUES (%s, %s, %s, %s)",
            [lease.kind, lease.subject_id, lease.fence, time.time()],
        )


def _tell(what: str, lease: Lease) -> None:
    """Note it outside the database, where no rollback takes it away."""
    with open(os.environ["TEST_JOURNAL"], "a", encoding="utf-8") as journal:
        journal.write(f"{what} {lease.kind} {lease.subject_id} {lease.fence} {os.getpid()}\n")


HANDLERS.update(
    {
        "test.write": Handler(write),
        "test.slow": Handler(sleep_and_write, SLOW),
        "test.refuse": Handler(refuse),
        "test.die": Handler(die),
    }
)
