"""A changed role: onto the lists where it belongs now, off the others, without a full ranking."""

from collections.abc import Iterator, Sequence

import numpy as np
from django.db import transaction

from core.outbox.leases import Lease
from matching import datasets
from matching.datasets import People, Roles
from matching.models import Recommendation, Shortlist
from matching.ranking.eligibility import evaluate
from matching.recommender import fits, shortlists
from matching.recommender import people as personal
from matching.recommender import snapshot as snapshots
from matching.recommender.items import Item, PersonalList, holding
from matching.recommender.requests import request_run
from matching.recommender.snapshot import Snapshot
from placements.models import Application
from volunteers.models import Volunteer

#: Lists written in one transaction: other writers wait no longer than that takes.
_BATCH = 200


def refresh_role(opportunity_id: int, lease: Lease) -> None:
    """Put a role that was opened, closed or changed on the lists of the people whom it suits, and
    take it off all others; make its shortlist, and how it fits those who asked for it.

    Asks for a full ranking where the roles have outgrown the model.
    """
    snapshot = snapshots.take()
    role = datasets.roles(datasets.open_roles().filter(pk=opportunity_id), snapshot.tags)
    possible = _possible_people(snapshot, role)
    items = _items(snapshot, possible, role)
    waiting = set(Volunteer.objects.waiting().values_list("pk", flat=True))
    rows = [row for row, pk in enumerate(possible.columns.ids.tolist()) if pk in waiting]
    shortlist = shortlists.prepare(snapshot, possible.take(np.array(rows, np.intp)), role)
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


def _items(snapshot: Snapshot, possible: People, role: Roles) -> dict[int, Item]:
    """The role as it would stand on each of these people's lists."""
    ranked = personal.rank(snapshot, possible, role, k=1)
    return {
        volunteer_id: items[0]
        for row, volunteer_id in enumerate(possible.columns.ids.tolist())
        if (items := personal.items_of(ranked, row, role))
    }


def _lists_concerned(role_id: int, items: dict[int, Item]) -> list[int]:
    """People whose list holds the role or has to take it in now."""
    lists = Recommendation.objects.order_by("volunteer_id")
    holds = lists.filter(role_ids__contains=holding(role_id)).values_list("volunteer_id", flat=True)
    thresholds = lists.values_list("volunteer_id", "threshold")
    belongs = (pk for pk, least in thresholds if pk in items and items[pk]["score"] > least)
    return sorted({*holds, *belongs})


def _take_in(
    role_id: int, volunteer_ids: Sequence[int], possible: People, items: dict[int, Item]
) -> None:
    """Bring some people's lists in line with what the role is now, in the caller's transaction.

    Who changed since they were read gets it taken off only: their own fact follows.
    """
    locked = datasets.locked_versions(volunteer_ids)
    rows = list(Recommendation.objects.filter(volunteer__in=volunteer_ids))
    for row in rows:
        pk = row.volunteer_id
        unchanged = pk in items and locked.get(pk) == possible.versions[pk]
        of = PersonalList(row.items, row.counts, row.threshold)
        of.take_in({role_id}, [items[pk]] if unchanged else ())
        row.items, row.threshold, row.role_ids = of.items, of.threshold, of.role_ids
    personal.save(rows)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[first : first + _BATCH] for first in range(0, len(ids), _BATCH))
