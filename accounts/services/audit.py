"""Write the audit trail: one entry for each change, in the transaction of the change."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import models

from accounts.models import AuditEntry, User
from core.clock import now

_listener: ContextVar[list[AuditEntry] | None] = ContextVar("audit_listener", default=None)


@contextmanager
def listening() -> Iterator[list[AuditEntry]]:
    """Give a list that fills with what is written to the trail inside."""
    heard: list[AuditEntry] = []
    before = _listener.set(heard)
    try:
        yield heard
    finally:
        _listener.reset(before)


def entry(
    *,
    by: User | None,
    action: str,
    subject: models.Model,
    at: datetime | None = None,
    **details: Any,
) -> AuditEntry:
    """Give an unsaved entry; `details` are codes and names of fields, never people's words.

    `at` (now) is another time only for what happened before it was written down here.
    """
    return AuditEntry(
        at=at or now(),
        actor=by,
        action=action,
        subject_type=subject._meta.model_name or "",
        subject_id=subject.pk,
        details=details,
    )


def record(*, by: User | None, action: str, subject: models.Model, **details: Any) -> AuditEntry:
    """Write one entry: `by` (None: the service itself) did `action` to `subject`."""
    written = entry(by=by, action=action, subject=subject, **details)
    written.save(force_insert=True)
    _hear([written])
    return written


def record_many(entries: Iterable[AuditEntry]) -> None:
    """Write entries made by `entry` in one statement a thousand."""
    _hear(AuditEntry.objects.bulk_create(entries, batch_size=1000))


def _hear(entries: list[AuditEntry]) -> None:
    heard = _listener.get()
    if heard is not None:
        heard.extend(entries)
