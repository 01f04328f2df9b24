"""The people whom a role suits best, among those who wait for one."""

from dataclasses import dataclass

from matching import datasets
from matching.datasets import People, Roles
from matching.models import Shortlist
from matching.ranking.lists import rank_volunteers
from matching.recommender.items import SHORTLIST_LENGTH, item_of
from matching.recommender.snapshot import POLICY, POLICY_NAME, Snapshot

_BATCH = 100
#: Whoever is among the best of one block gets reasons, even if the next block pushes them out: so
#: few and large blocks. Memory grows with this times the roles, about 60 MB for 500 of them.
_PEOPLE_AT_ONCE = 2048


@dataclass(frozen=True)
class PreparedShortlists:
    """Shortlists not yet written."""

    shortlists: list[Shortlist]


def prepare(snapshot: Snapshot, waiting: People, roles: Roles) -> PreparedShortlists:
    """The best of these people for each of these roles."""
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
    return PreparedShortlists(
        [
            Shortlist(
                opportunity_id=role_id,
                items=[item_of(match, "volunteer", int(ids[match.index])) for match in matches],
                policy=POLICY_NAME,
                model_version=snapshot.fitted.version,
                computed_at=snapshot.at,
            )
            for role_id, matches in zip(roles.columns.ids.tolist(), ranked.matches, strict=True)
        ]
    )


def write(prepared: PreparedShortlists) -> None:
    """Write prepared shortlists, in the caller's transaction."""
    Shortlist.objects.bulk_create(
        prepared.shortlists,
        update_conflicts=True,
        unique_fields=["opportunity"],
        update_fields=["items", "policy", "model_version", "computed_at"],
        batch_size=_BATCH,
    )
