"""State facts: say, in the transaction of a change, that work has to follow it."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import connection
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from core import clock
from core.models.fact import Fact

_KIND_LENGTH: int = Fact._meta.get_field("kind").max_length or 0


def state(kind: str, subject_id: int, *, not_before: datetime | None = None) -> None:
    """State that `kind` (such as "profile.changed") happened to the subject with this id.

    The work starts after the caller's transaction is committed, and reads the subject as it is
    then. Facts that say the same merge while they wait, so that many edits become one run; with a
    time in the future as `not_before` only those for the same time do.

    The row stays locked until the caller commits: a worker cannot take it before, read the subject
    as it was and leave out this change.

    Raises TransactionManagementError outside a transaction, where change and fact could part, and
    ValueError for a naive time or a kind that is empty or longer than 60 characters.
    """
    state_many(kind, [subject_id], not_before=not_before)


def state_many(
    kind: str, subject_ids: Iterable[int], *, not_before: datetime | None = None
) -> None:
    """State the same of many subjects, in one statement. See `state`."""
    _check(kind, not_before)
    Fact.objects.bulk_create(
        _new(kind, subject_ids, not_before),
        update_conflicts=True,
        unique_fields=["waiting_key"],
        update_fields=["stated_at", "not_before", "sent_at"],
    )


def state_unless_waiting(kind: str, subject_ids: Iterable[int]) -> None:
    """State the same of many subjects, as `state_many`, but leave a fact that waits to its time:
    what is put off until a mail server is there again is not asked for anew each hour.
    """
    _check(kind, None)
    Fact.objects.bulk_create(_new(kind, subject_ids), ignore_conflicts=True)


def state_once(kind: str, subject_id: int) -> None:
    """State something that happens once for ever, such as the work of one night.

    Whoever says it again, at once or when it is long done, changes nothing. Raises as `state`.
    """
    _check(kind, None)
    (fact,) = _new(kind, [subject_id])
    fact.once = True
    Fact.objects.bulk_create([fact], ignore_conflicts=True)


def _new(kind: str, subject_ids: Iterable[int], not_before: datetime | None = None) -> list[Fact]:
    """Facts in order of id, so that two callers lock the rows they share in the same order."""
    now = clock.now()
    later = not_before if not_before is not None and not_before > now else None
    return [
        Fact(
            kind=kind,
            subject_id=subject_id,
            waiting_key=waiting_key(kind, subject_id, later),
            created_at=now,
            stated_at=now,
            not_before=later or now,
        )
        for subject_id in sorted(set(subject_ids))
    ]


def waiting_key(kind: str, subject_id: int, not_before: datetime | None = None) -> str:
    """Give what is unique among waiting facts: kind and subject, and the time if it is later."""
    key = f"{kind}:{subject_id}"
    return key if not_before is None else f"{key}@{not_before.astimezone(UTC).isoformat()}"


def _check(kind: str, not_before: datetime | None) -> None:
    if not connection.in_atomic_block:
        raise TransactionManagementError(
            f"{kind} was stated outside a transaction: state a fact in the transaction of the "
            "change it speaks of, so that neither is kept without the other"
        )
    if not kind or len(kind) > _KIND_LENGTH:
        raise ValueError(f"a kind of fact has 1 to {_KIND_LENGTH} characters: {kind!r}")
    if not_before is not None and timezone.is_naive(not_before):
        raise ValueError("not_before needs a time zone")
