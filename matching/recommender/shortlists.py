"""The people whom a role suits best, among those who wait for one."""

from dataclasses import dataclass

from core.clock import today
from matching import datasets
from matching.datasets import People, Roles
from matching.models import Shortlist
from matching.ranking.lists import rank_volunteers
from matching.recommender.counts import costs_of
from matching.recommender.items import SHORTLIST_LENGTH, item_of
from matching.recommender.snapshot import POLICY, POLICY_NAME, Snapshot

_BATCH = 100
#: Whoever is among the best of one block gets reasons, even if the next block pushes them out: so
#: few and large blocks. Memory grows with this times the roles, about 60 MB for 500 of them.
_PEOPLE_AT_ONCE = 2048


@dataclass(frozen=True)
class PreparedShortlists:
    """Shortlists not yet written. Those that are not counted leave the counts as they were."""

    shortlists: list[Shortlist]
    is_counted: bool


def prepare(
    snapshot: Snapshot, waiting: People, roles: Roles, *, is_everybody: bool = True
) -> PreparedShortlists:
    """The best of these people for each of these roles. If they are everybody who waits, also what
    each requirement of a role costs it.
    """
    ranked = rank_volunteers(
        snapshot.fitted.model,
        waiting.columns,
        roles.columns,
        datasets.applied(waiting.columns, roles.columns),
        k=SHORTLIST_LENGTH,
        settings=snapshot.settings,
        policy=POLICY,
        block_size=_PEOPLE_AT_ONCE,
    )
    ids = waiting.columns.ids
    day = str(today())
    return PreparedShortlists(
        [
            Shortlist(
                opportunity_id=role_id,
                items=[item_of(match, "volunteer", int(ids[match.index])) for match in matches],
                counts=costs_of(ranked.eligible[row], ranked.sole_blockers[row], day)
                if is_everybody
                else {},
                policy=POLICY_NAME,
                model_version=snapshot.fitted.version,
                computed_at=snapshot.at,
            )
            for row, (role_id, matches) in enumerate(
                zip(roles.columns.ids.tolist(), ranked.matches, strict=True)
            )
        ],
        is_everybody,
    )


def write(prepared: PreparedShortlists) -> None:
    """Write prepared shortlists, in the caller's transaction."""
    Shortlist.objects.bulk_create(
        prepared.shortlists,
        update_conflicts=True,
        unique_fields=["opportunity"],
        update_fields=[
            "items",
            *(["counts"] if prepared.is_counted else []),
            "policy",
            "model_version",
            "computed_at",
        ],
        batch_size=_BATCH,
    )
