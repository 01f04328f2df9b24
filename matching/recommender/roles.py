"""A changed role: onto the lists where it belongs now, off the others, without a full ranking."""

from collections.abc import Iterator, Sequence

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from core.outbox.leases import Lease
from matching import datasets
from matching.datasets import People, Roles
from matching.models import Recommendation, Shortlist
from matching.ranking.eligibility import evaluate
from matching.ranking.lists import NEAR_TIE
from matching.recommender import fits, shortlists
from matching.recommender import people as personal
from matching.recommender import snapshot as snapshots
from matching.recommender.items import SHORTLIST_LENGTH, PersonalList, as_stored, holding
from matching.recommender.requests import request_run
from matching.recommender.snapshot import Snapshot
from placements.models import Application
from volunteers.models import Volunteer

#: Lists written in one transaction: other writers wait no longer than that takes.
_BATCH = 200
#: No score is above it: who has no list yet gets one from their own fact.
NOBODYS_LIST = np.inf


def refresh_role(opportunity_id: int, lease: Lease) -> None:
    """Put a role that was opened, closed or changed on the lists of the people whom it suits, and
    take it off all others; make its shortlist, and how it fits those who asked for it.

    Asks for a full ranking where the roles have outgrown the model.
    """
    snapshot = snapshots.take()
    role = datasets.roles(datasets.open_roles().filter(pk=opportunity_id), snapshot.tags)
    possible = _possible_people(snapshot, role)
    scores = _scores(snapshot, possible, role)
    items = _items(snapshot, possible, role, scores)
    best = _best_who_wait(possible, scores)
    shortlist = shortlists.prepare(snapshot, best, role, is_everybody=False)
    asked_for = fits.prepare(Application.objects.pending().filter(opportunity=opportunity_id))
    for batch in _batches(_lists_concerned(opportunity_id, items)):
        with transaction.atomic():
            lease.check()
            _take_in(opportunity_id, batch, possible, items)
    with transaction.atomic():
        lease.check()
        fits.write(asked_for)
        shortlists.write(shortlist)
        if not shortlist.shortlists:
            Shortlist.objects.filter(opportunity=opportunity_id).update(items=[])
        if snapshot.fitted.is_outgrown(len(snapshot.roles.columns)):
            # Its words, and those of others since, are better known to a model fitted anew.
            request_run(by=None)


def _possible_people(snapshot: Snapshot, role: Roles) -> People:
    """The active people whom every rule allows; nobody for a role that is not open.

    Rules are quick and texts are not, so that the rules come first.
    """
    active = Volunteer.objects.active() if len(role.columns) else Volunteer.objects.none()
    everybody = datasets.volunteers(active, snapshot.tags)
    applied = datasets.applied(everybody.columns, role.columns)
    outcomes = evaluate(everybody.columns, role.columns, applied, snapshot.settings)
    return everybody.take(np.flatnonzero(outcomes.eligible.any(axis=1)))


def _scores(snapshot: Snapshot, possible: People, role: Roles) -> NDArray[np.float32]:
    """How well the role suits each of these people, (n,)."""
    if not len(possible.columns):
        return np.zeros(0, np.float32)
    return snapshot.fitted.model.score(possible.columns, role.columns)[:, 0]


def _items(
    snapshot: Snapshot, possible: People, role: Roles, scores: NDArray[np.float32]
) -> dict[int, PersonalList]:
    """The role as it stands on the lists that it belongs on, by person.

    Reasons are worked out for these alone: they take longer than the score.
    """
    thresholds = dict(Recommendation.objects.values_list("volunteer_id", "threshold"))
    least = [thresholds.get(pk, NOBODYS_LIST) for pk in possible.columns.ids.tolist()]
    above = as_stored(scores) >= np.array(least, np.float32)
    chosen = possible.take(np.flatnonzero(above))
    ranked = personal.rank(snapshot, chosen, role, k=1)
    return {
        volunteer_id: of
        for row, volunteer_id in enumerate(chosen.columns.ids.tolist())
        if len((of := personal.list_of(ranked, row, role)).role_ids)
    }


def _best_who_wait(possible: People, scores: NDArray[np.float32]) -> People:
    """Those who wait for a role and may be on the shortlist by their score."""
    ids = possible.columns.ids.tolist()
    waiting = set(Volunteer.objects.waiting().values_list("pk", flat=True))
    rows = np.array([row for row, pk in enumerate(ids) if pk in waiting], np.intp)
    if len(rows) > SHORTLIST_LENGTH:
        last = np.partition(scores[rows], -SHORTLIST_LENGTH)[-SHORTLIST_LENGTH]
        # Of near-ties those come first who wait longest.
        rows = rows[scores[rows] >= last - NEAR_TIE]
    return possible.take(rows)


def _lists_concerned(role_id: int, items: dict[int, PersonalList]) -> list[int]:
    """People whose list holds the role or has to take it in now."""
    holds = Recommendation.objects.filter(role_ids__contains=holding(role_id))
    return sorted({*holds.values_list("volunteer_id", flat=True), *items})


def _take_in(
    role_id: int, volunteer_ids: Sequence[int], possible: People, items: dict[int, PersonalList]
) -> None:
    """Bring some people's lists in line with what the role is now, in the caller's transaction.

    Who changed since they were read gets it taken off only: their own fact follows.
    """
    locked = datasets.locked_versions(volunteer_ids)
    rows = list(Recommendation.objects.filter(volunteer__in=volunteer_ids))
    for row in rows:
        pk = row.volunteer_id
        unchanged = pk in items and locked.get(pk) == possible.versions[pk]
        of = PersonalList.stored(row)
        of.take_in({role_id}, items[pk] if unchanged else None)
        of.write_to(row)
    personal.save(rows)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[first : first + _BATCH] for first in range(0, len(ids), _BATCH))
