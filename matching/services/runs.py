"""Ask for a ranking of everybody, and do one here."""

import time
from collections.abc import Iterator

from django.db.models import Q

from accounts.models import User
from core.models import Fact
from core.models.fact import FactQuerySet
from core.outbox import attempts, beats, leases
from matching import policies, recommender
from matching.models import RankingRun
from matching.recommender.requests import request_run

_REQUESTED, _BLOCK = "ranking.requested", "ranking.block"
_WORK = {_REQUESTED: "begin_run", _BLOCK: "rank_block"}
_PAUSE_SECONDS = 0.5


class RunStuckError(Exception):
    """A block of the run failed too often and was set aside for a person to look at."""


def request(by: User | None) -> RankingRun:
    """Ask for a full ranking; give the one that is asked for or going on already, if any.

    `by` None: the service itself. Raises NotFound for whoever may not.
    """
    if by is not None:
        policies.check_can_rank(by)
    return request_run(by)


def follow(run: RankingRun) -> Iterator[RankingRun]:
    """Watch a run that workers do: gives it again and again until it is over."""
    while True:
        run.refresh_from_db()
        yield run
        if run.finished_at:
            return
        time.sleep(_PAUSE_SECONDS)


def work_on(run: RankingRun) -> Iterator[RankingRun]:
    """Do a run here, beside whatever workers there are, by the same leases: gives it after each
    block until it is over.

    A block that somebody else holds is waited for, and taken over when its lease runs out; one that
    was set aside before is tried again. Raises RunStuckError where a worker sets one aside
    meanwhile; an error in the work done here raises as it is.
    """
    for fact in _todo(run).set_aside():
        attempts.retry(fact_id=fact.pk)
    while True:
        run.refresh_from_db()
        yield run
        if run.finished_at:
            return
        todo = _todo(run)
        if todo.set_aside().exists():
            raise RunStuckError(f"ranking {run.pk}")
        if not any(_do(fact) for fact in todo.waiting()[:1]):
            attempts.sweep()
            time.sleep(_PAUSE_SECONDS)


def _todo(run: RankingRun) -> FactQuerySet:
    blocks = run.blocks.unfinished().values("pk")
    return Fact.objects.filter(
        Q(kind=_REQUESTED, subject_id=run.pk) | Q(kind=_BLOCK, subject_id__in=blocks)
    )


def _do(fact: Fact) -> bool:
    """Do the work of a fact under its lease; False if somebody else has it."""
    lease = leases.claim(fact.pk)
    if lease is None:
        return False
    work = getattr(recommender, _WORK[lease.kind])
    try:
        with beats.kept(lease):
            work(lease.subject_id, lease)
    except leases.LeaseLostError:
        return True
    except Exception as error:
        leases.fail(lease, error)
        raise
    except BaseException:
        leases.release(lease)  # Ctrl-C
        raise
    leases.finish(lease)
    return True
