"""What follows when work was not finished: another attempt, or aside for a person to look at."""

from datetime import datetime

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from core import clock
from core.errors import Conflict, NotFound
from core.models.fact import Fact
from core.outbox import followers
from core.outbox.facts import waiting_key
from core.outbox.reach import Rest
from core.outbox.timing import TIMING

log = structlog.get_logger(__name__)

_ENDS = ["state", "waiting_key", "lease_until", "finished_at"]
_ATTEMPT = ["attempts", "away_since", "last_error", "not_before", "sent_at"]


def sweep(limit: int = 100) -> int:
    """Hand on facts whose lease ran out, as after a failure; gives how many."""
    ran_out = Fact.objects.lease_ran_out(clock.now())
    if not ran_out.exists():
        return 0  # the usual case takes no lock
    with transaction.atomic():
        facts = list(ran_out.select_for_update(skip_locked=True)[:limit])
        for fact in facts:
            count(fact, "lease ran out")
    return len(facts)


def count(fact: Fact, error: str) -> None:
    """Count an attempt that came to nothing; the caller holds the fact's row lock.

    `error` is kept on the fact: no personal data in it.
    """
    fact.attempts += 1
    fact.last_error = error
    log.warning(
        "fact.failed",
        kind=fact.kind,
        subject_id=fact.subject_id,
        attempt=fact.attempts,
        error=error,
    )
    if fact.attempts < TIMING.attempts:
        wait_again(fact, not_before=clock.now() + TIMING.pauses[fact.attempts - 1])
    else:
        _give_up(fact)


def put_off(fact: Fact, error: str, *, rest: Rest) -> None:
    """Let work wait that needs what is out of reach: it counts as no attempt until the patience for
    it is over. The caller holds the fact's row lock; `error` and `rest` as in `count` and
    `OutOfReachError`.
    """
    at = clock.now()
    fact.away_since = fact.away_since or at
    fact.last_error = error
    away = at - fact.away_since
    log.warning(
        "fact.put_off",
        kind=fact.kind,
        subject_id=fact.subject_id,
        away_seconds=round(away.total_seconds()),
        error=error,
    )
    if away >= TIMING.patience:
        _give_up(fact)
        return
    again = at + min(max(away, TIMING.first_pause), TIMING.longest_pause)
    wait_again(fact, not_before=rest(again) or again)
    followers.tell_put_off(fact, away)


def _give_up(fact: Fact) -> None:
    if Fact.objects.filter(waiting_key=waiting_key(fact.kind, fact.subject_id)).exists():
        _end(fact, Fact.State.SUPERSEDED)
    else:
        _end(fact, Fact.State.SET_ASIDE)
        followers.tell_given_up(fact)
        log.error(
            "fact.set_aside",
            kind=fact.kind,
            subject_id=fact.subject_id,
            error=fact.last_error,
        )


def wait_again(fact: Fact, *, not_before: datetime) -> None:
    """Let the fact wait, or close it as superseded if a newer one that says the same waits."""
    fact.state = Fact.State.WAITING
    fact.waiting_key = waiting_key(fact.kind, fact.subject_id)
    fact.not_before = not_before
    fact.lease_until = fact.finished_at = fact.sent_at = None
    try:
        with transaction.atomic():
            fact.save(update_fields=[*_ENDS, *_ATTEMPT])
    except IntegrityError:
        _end(fact, Fact.State.SUPERSEDED)


def retry(*, fact_id: int) -> None:
    """Let a fact that was set aside be tried afresh.

    Raises NotFound without such a fact, Conflict if it is not set aside (any more).
    """
    with transaction.atomic():
        fact = Fact.objects.select_for_update().filter(pk=fact_id).first()
        if fact is None:
            raise NotFound(_("There is no such job."))
        if fact.state != Fact.State.SET_ASIDE:
            raise Conflict(_("This job is not set aside any more."), code="not_set_aside")
        fact.attempts, fact.away_since = 0, None
        followers.tell_tried_again(fact)
        wait_again(fact, not_before=clock.now())


def close_superseded() -> int:
    """Close facts set aside whose work a newer fact has done since; gives how many."""
    newer = Fact.objects.filter(
        kind=OuterRef("kind"),
        subject_id=OuterRef("subject_id"),
        state=Fact.State.DONE,
        pk__gt=OuterRef("pk"),
    )
    return Fact.objects.set_aside().filter(Exists(newer)).update(state=Fact.State.SUPERSEDED)


def _end(fact: Fact, state: Fact.State) -> None:
    fact.state = state
    fact.waiting_key = fact.lease_until = None
    fact.finished_at = clock.now()
    fact.save(update_fields=[*_ENDS, *_ATTEMPT])
