"""People's lists: made for some people at once, written where nothing changed meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from core.outbox.leases import Lease
from matching import datasets
from matching.datasets import People, Roles
from matching.models import Recommendation
from matching.ranking.eligibility import RULE_CODES
from matching.ranking.lists import RankedLists, rank_roles
from matching.recommender import counts, fits
from matching.recommender import snapshot as snapshots
from matching.recommender.items import LIST_LENGTH, PersonalList, as_stored
from matching.recommender.replacing import replace_rows
from matching.recommender.snapshot import POLICY, POLICY_NAME, Snapshot
from matching.recommender.steps import Steps
from placements.models import Application
from volunteers.models import Volunteer

_NOT_ACTIVE = Q(paused_at__isnull=False) | Q(user__is_active=False)


def refresh_volunteer(volunteer_id: int, lease: Lease) -> None:
    """Make a person's list anew, and how the roles that they asked for fit them.

    Nothing happens if they are gone. If their profile changes meanwhile nothing is written: the
    change has stated a fact of its own.
    """
    chosen = Volunteer.objects.filter(pk=volunteer_id)
    lists = prepare(chosen)
    asked_for = fits.prepare(Application.objects.pending().filter(volunteer=volunteer_id))
    with transaction.atomic():
        lease.check()
        write(lists)
        fits.write(asked_for)


@dataclass(frozen=True)
class PreparedLists:
    """Lists of the active among some people, not yet written."""

    chosen: QuerySet[Volunteer]
    people: People
    snapshot: Snapshot
    lists: dict[int, PersonalList]


def prepare(chosen: QuerySet[Volunteer], steps: Steps | None = None) -> PreparedLists:
    """Rank all open roles for the active people of a query set; `steps` notes how long it took."""
    steps = steps or Steps()
    with steps("load"):
        snapshot = snapshots.take()
        people = datasets.volunteers(chosen & Volunteer.objects.active(), snapshot.tags)
    with steps("rank"):
        ranked = rank(snapshot, people, snapshot.roles, k=LIST_LENGTH)
    with steps("pack"):
        made = lists_of(ranked, snapshot.roles)
        lists = dict(zip(people.columns.ids.tolist(), made, strict=True))
    with steps("changes"):
        counts.add_inferred(lists, people)
        counts.add_changes(lists, people, snapshot)
    return PreparedLists(chosen, people, snapshot, lists)


def write(prepared: PreparedLists) -> None:
    """Write prepared lists, in the caller's transaction.

    People who changed since are left out: their own fact follows. Roles that changed since are
    taken in first: whatever changes after that states a fact that finds these lists.
    """
    versions = prepared.people.versions
    locked = datasets.locked_versions(versions)
    _catch_up(prepared)
    lists = {pk: of for pk, of in prepared.lists.items() if locked.get(pk) == versions[pk]}
    inactive = prepared.chosen.filter(_NOT_ACTIVE).values_list("pk", flat=True)
    lists |= {pk: PersonalList() for pk in inactive}
    save(_row(prepared.snapshot, pk, of) for pk, of in sorted(lists.items()))


def _row(snapshot: Snapshot, volunteer_id: int, of: PersonalList) -> Recommendation:
    row = Recommendation(
        volunteer_id=volunteer_id,
        policy=POLICY_NAME,
        model_version=snapshot.fitted.version,
        computed_at=snapshot.at,
    )
    of.write_to(row)
    return row


def save(rows: Iterable[Recommendation]) -> None:
    """Write lists in the place of those that their people have."""
    replace_rows(
        rows,
        key=["volunteer"],
        fields=[
            "counts",
            "threshold",
            "role_ids",
            "scores",
            "why",
            "policy",
            "model_version",
            "computed_at",
        ],
    )


def rank(snapshot: Snapshot, people: People, roles: Roles, *, k: int) -> RankedLists:
    """The best k of these roles for each of these people."""
    return rank_roles(
        snapshot.fitted.model,
        people.columns,
        roles.columns,
        datasets.applied(people.columns, roles.columns),
        k=k,
        settings=snapshot.settings,
        policy=POLICY,
    )


def lists_of(ranked: RankedLists, roles: Roles) -> list[PersonalList]:
    """Everybody's ranked roles as they are stored."""
    return [_list_of(ranked, row, roles, packed) for row, packed in enumerate(ranked.packed_rows())]


def _list_of(ranked: RankedLists, row: int, roles: Roles, packed: bytes) -> PersonalList:
    k = ranked.length(row)
    of = PersonalList(
        roles.columns.ids[ranked.indices[row, :k]],
        as_stored(ranked.scores[row, :k]),
        packed,
        counts_of(ranked, row),
    )
    if int(ranked.eligible[row]) > LIST_LENGTH:
        of.threshold = float(of.scores[-1])
    return of


def counts_of(ranked: RankedLists, row: int) -> dict[str, object]:
    """`Recommendation.counts` of one person."""
    kept_out = zip(RULE_CODES, ranked.sole_blockers[row].tolist(), strict=True)
    return {
        "possible": int(ranked.eligible[row]),
        "kept_out": {code: count for code, count in kept_out if count},
    }


def _catch_up(prepared: PreparedLists) -> None:
    """Take roles that changed since the snapshot into the lists."""
    snapshot = prepared.snapshot
    changed = snapshots.changed_roles(snapshot)
    if not changed:
        return
    roles = datasets.roles(datasets.open_roles().filter(pk__in=changed), snapshot.tags)
    ranked = rank(snapshot, prepared.people, roles, k=LIST_LENGTH)
    ids = prepared.people.columns.ids.tolist()
    for volunteer_id, of in zip(ids, lists_of(ranked, roles), strict=True):
        prepared.lists[volunteer_id].take_in(changed, of)
