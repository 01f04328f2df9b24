"""A ranking of everybody, cut into blocks that are jobs of their own; the plan is the last.

A worker that dies loses the block at hand and no more: its lease runs out, another does it again.
"""

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import F

from core.clock import now
from core.outbox import facts
from core.outbox.leases import Lease
from matching import datasets
from matching.models import RankingBlock, RankingRun
from matching.recommender import fits, people, planning, shortlists
from matching.recommender import snapshot as snapshots
from matching.recommender.collecting import without_collector
from matching.recommender.fitting import fit_model
from matching.recommender.snapshot import POLICY_NAME
from matching.recommender.steps import Steps
from placements.models import Application
from volunteers.models import Volunteer

PEOPLE_IN_A_BLOCK = 1000
#: Each block of roles reads everybody who waits, so there are few of them.
ROLES_IN_A_BLOCK = 1000

State, Kind = RankingRun.State, RankingBlock.Kind


def begin_run(run_id: int, lease: Lease) -> None:
    """Fit the model and cut the run into blocks, each with its fact. Nothing if that is done.

    Older runs that are not through end here: this one does their work.
    """
    if not RankingRun.objects.filter(pk=run_id, state=State.WAITING).exists():
        return
    with without_collector():
        fitted = fit_model()
    people_ids = list(Volunteer.objects.order_by("pk").values_list("pk", flat=True))
    role_ids = list(datasets.open_roles().order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        lease.check()
        begun = RankingRun.objects.filter(pk=run_id, state=State.WAITING).update(
            state=State.RUNNING,
            started_at=now(),
            people=len(people_ids),
            roles=len(role_ids),
            policy=POLICY_NAME,
            model_version=fitted.version,
        )
        if not begun:
            return
        RankingRun.objects.unfinished().filter(pk__lt=run_id).update(
            state=State.SUPERSEDED, finished_at=now()
        )
        RankingBlock.objects.bulk_create(
            [
                *_cut(run_id, Kind.PEOPLE, people_ids, PEOPLE_IN_A_BLOCK),
                *_cut(run_id, Kind.ROLES, role_ids, ROLES_IN_A_BLOCK),
                RankingBlock(run_id=run_id, kind=Kind.PLAN, first_id=0, last_id=0, size=0),
            ]
        )
        _go_on(run_id)


def rank_block(block_id: int, lease: Lease) -> None:
    """Do one block; the last one closes the run. Nothing if it is done or its run is over."""
    block = (
        RankingBlock.objects.unfinished()
        .filter(pk=block_id, run__state=State.RUNNING)
        .select_related("run")
        .first()
    )
    if block is None:
        return
    with without_collector():
        _DO[Kind(block.kind)](block, lease, steps := Steps())
    RankingBlock.objects.filter(pk=block.pk).update(seconds=steps.seconds)


def _rank_people(block: RankingBlock, lease: Lease, steps: Steps) -> None:
    of_block = (block.first_id, block.last_id)
    lists = people.prepare(Volunteer.objects.filter(pk__range=of_block), steps)
    with steps("fits"):
        pending = Application.objects.pending()
        asked_for = fits.prepare(pending.filter(volunteer__id__range=of_block))
    with steps("write"), transaction.atomic():
        lease.check()
        if _close(block):
            people.write(lists)
            fits.write(asked_for)


def _rank_roles(block: RankingBlock, lease: Lease, steps: Steps) -> None:
    of_block = (block.first_id, block.last_id)
    with steps("load"):
        snapshot = snapshots.take()
        waiting = datasets.volunteers(Volunteer.objects.waiting(), snapshot.tags)
        roles = datasets.roles(datasets.open_roles().filter(pk__range=of_block), snapshot.tags)
    with steps("shortlists"):
        prepared = shortlists.from_lists(snapshot, waiting, roles)
    with steps("write"), transaction.atomic():
        lease.check()
        if _close(block):
            shortlists.write(prepared)


def _plan(block: RankingBlock, lease: Lease, steps: Steps) -> None:
    prepared = planning.prepare(steps)
    with steps("write"), transaction.atomic():
        lease.check()
        if _close(block):
            planning.write(prepared, block.run)


_DO = {Kind.PEOPLE: _rank_people, Kind.ROLES: _rank_roles, Kind.PLAN: _plan}


def _close(block: RankingBlock) -> bool:
    """Count the block as done; False if that happened already."""
    if not RankingBlock.objects.unfinished().filter(pk=block.pk).update(done_at=now()):
        return False
    # Locks the run until the commit, so that of two last blocks one sees the other.
    run = RankingRun.objects.select_for_update().get(pk=block.run_id)
    if run.state != State.RUNNING:
        return False
    if block.kind != Kind.PLAN:
        counted = "people_done" if block.kind == Kind.PEOPLE else "roles_done"
        RankingRun.objects.filter(pk=run.pk).update(**{counted: F(counted) + block.size})
    _go_on(run.pk, after=block.kind)
    return True


def _go_on(run_id: int, after: str | None = None) -> None:
    """Have the blocks of the next kind done when all of one are; close the run after the last.

    Roles follow people and the plan follows both: each reads what the one before has written.
    """
    left: dict[str, list[int]] = {}
    unfinished = RankingBlock.objects.unfinished().filter(run=run_id)
    for kind, pk in unfinished.values_list("kind", "pk"):
        left.setdefault(kind, []).append(pk)
    coming = next((kind for kind in Kind if kind in left), None)
    if coming is None:
        RankingRun.objects.filter(pk=run_id, state=State.RUNNING).update(
            state=State.DONE, finished_at=now()
        )
    elif coming != after:
        facts.state_many("ranking.block", left[coming])


def _cut(run_id: int, kind: str, ids: Sequence[int], size: int) -> Iterator[RankingBlock]:
    for first in range(0, len(ids), size):
        chosen = ids[first : first + size]
        yield RankingBlock(
            run_id=run_id, kind=kind, first_id=chosen[0], last_id=chosen[-1], size=len(chosen)
        )
