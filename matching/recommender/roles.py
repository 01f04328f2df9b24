"""A changed role: onto the lists where it belongs now, off the others, without a full ranking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db import transaction

from core.outbox.leases import Lease
from matching import datasets
from matching.datasets import Roles
from matching.datasets.arrays import Version
from matching.models import Recommendation, Shortlist
from matching.ranking.columns import Applied
from matching.ranking.eligibility import evaluate
from matching.ranking.lists import NEAR_TIE, rank_read
from matching.ranking.suitability import Roles as ReadRoles
from matching.ranking.suitability import Volunteers as ReadPeople
from matching.recommender import everybody, fits, shortlists
from matching.recommender import people as personal
from matching.recommender import snapshot as snapshots
from matching.recommender.collecting import without_collector
from matching.recommender.items import SHORTLIST_LENGTH, PersonalList, as_stored, holding
from matching.recommender.requests import request_run
from matching.recommender.snapshot import POLICY, Snapshot
from placements.models import Application
from volunteers.models import Volunteer

#: Lists written in one transaction: other writers wait no longer than that takes.
_BATCH = 200
#: People whose vectors of texts are in memory at once.
_PEOPLE_AT_ONCE = 2_000
#: No score is above it: who has no list yet gets one from their own fact.
NOBODYS_LIST = np.inf


@without_collector()
def refresh_role(opportunity_id: int, lease: Lease) -> None:
    """Put a role that was opened, closed or changed on the lists of the people whom it suits, and
    take it off all others; make its shortlist, and how it fits those who asked for it.

    Asks for a full ranking where the roles have outgrown the model.
    """
    snapshot = snapshots.take()
    role = datasets.roles(datasets.open_roles().filter(pk=opportunity_id), snapshot.tags)
    found = suited(snapshot, role)
    most_suited = Volunteer.objects.filter(pk__in=_best_who_wait(found))
    best = datasets.volunteers(most_suited, snapshot.tags)
    shortlist = shortlists.prepare(snapshot, best, role, is_everybody=False)
    asked_for = fits.prepare(Application.objects.pending().filter(opportunity=opportunity_id))
    with transaction.atomic():
        lease.check()
        fits.write(asked_for)
        shortlists.write(shortlist)
        if not shortlist.shortlists:
            Shortlist.objects.filter(opportunity=opportunity_id).update(items=[])
        if snapshot.fitted.is_outgrown(len(snapshot.roles.columns)):
            # Its words, and those of others since, are better known to a model fitted anew.
            request_run(by=None)
    for batch in _batches(_lists_concerned(opportunity_id, found.items)):
        with transaction.atomic():
            lease.check()
            _take_in(opportunity_id, batch, found)


@dataclass(eq=False)
class Suited:
    """The people whom a role is possible for: ids, scores and days of waiting of each; and the role
    as it stands on the lists that it belongs on, with the version of their people, by person.
    """

    ids: list[int] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    waiting_days: list[float] = field(default_factory=list)
    items: dict[int, PersonalList] = field(default_factory=dict)
    versions: dict[int, Version] = field(default_factory=dict)


def suited(snapshot: Snapshot, role: Roles) -> Suited:
    """The active people whom every rule allows; nobody for a role that is not open.

    Rules are quick and scores are not, so that the rules come first; reasons are worked out only
    for the lists that the role belongs on: they take longest.
    """
    found = Suited()
    if not len(role.columns):
        return found
    model = snapshot.fitted.model
    read_role = model.read_roles(role.columns)
    thresholds = dict(Recommendation.objects.values_list("volunteer_id", "threshold"))
    role_id = int(role.columns.ids[0])
    applications = Application.objects.filter(opportunity=role_id).order_by()
    asked = list(applications.values_list("volunteer_id", flat=True).distinct())
    people = everybody.active(snapshot.tags)
    applied = Applied.of(
        people.columns, role.columns, asked, [role_id] * len(asked), datasets.blocks()
    )
    outcomes = evaluate(people.columns, role.columns, applied, snapshot.settings)
    allowed = np.flatnonzero(outcomes.eligible[:, 0])
    for first in range(0, len(allowed), _PEOPLE_AT_ONCE):
        rows = allowed[first : first + _PEOPLE_AT_ONCE]
        read = model.read_volunteers(people.columns.take(rows))
        scores = model.suitability(read, read_role).score[:, 0]
        ids = read.columns.ids.tolist()
        found.ids += ids
        found.scores += scores.tolist()
        found.waiting_days += read.columns.waiting_days.tolist()
        least = [thresholds.get(pk, NOBODYS_LIST) for pk in ids]
        above = np.flatnonzero(as_stored(scores) >= np.array(least, np.float32))
        if len(above):
            of_them = read.take(above), applied.take(rows[above])
            found.items |= _items(snapshot, *of_them, role, read_role)
            found.versions |= {ids[row]: people.versions[ids[row]] for row in above.tolist()}
    return found


def _items(
    snapshot: Snapshot,
    people: ReadPeople,
    applied: Applied,
    role: Roles,
    read_role: ReadRoles,
) -> dict[int, PersonalList]:
    """The role as it stands on the lists of some people."""
    ranked = rank_read(
        snapshot.fitted.model,
        people,
        read_role,
        applied,
        k=1,
        settings=snapshot.settings,
        policy=POLICY,
    )
    ids = people.columns.ids.tolist()
    made = zip(ids, personal.lists_of(ranked, role), strict=True)
    return {pk: of for pk, of in made if len(of.role_ids)}


def _best_who_wait(found: Suited) -> list[int]:
    """Those who wait for a role and may be on the shortlist by their score."""
    waiting = set(Volunteer.objects.waiting().values_list("pk", flat=True))
    rows = np.array([row for row, pk in enumerate(found.ids) if pk in waiting], np.intp)
    scores, days = np.array(found.scores)[rows], np.array(found.waiting_days)[rows]
    # Of near-ties those come first who wait longest.
    order = np.lexsort((-days, -np.floor(scores / NEAR_TIE)))
    if len(order) > SHORTLIST_LENGTH:
        last = np.floor(scores[order[SHORTLIST_LENGTH - 1]] / NEAR_TIE)
        longest = days[order[SHORTLIST_LENGTH - 1]]
        steps = np.floor(scores / NEAR_TIE)
        order = np.flatnonzero((steps > last) | ((steps == last) & (days >= longest)))
    return [found.ids[row] for row in rows[order].tolist()]


def _lists_concerned(role_id: int, items: dict[int, PersonalList]) -> list[int]:
    """People whose list has to take the role in now, whom it suits most first, and those whose list
    holds it.
    """
    holds = Recommendation.objects.filter(role_ids__contains=holding(role_id))
    suits_most_first = sorted(items, key=lambda pk: -float(items[pk].scores[0]))
    return list(dict.fromkeys([*suits_most_first, *holds.values_list("volunteer_id", flat=True)]))


def _take_in(role_id: int, volunteer_ids: Sequence[int], found: Suited) -> None:
    """Bring some people's lists in line with what the role is now, in the caller's transaction.

    Who changed since they were read gets it taken off only: their own fact follows.
    """
    locked = datasets.locked_versions(volunteer_ids)
    rows = list(Recommendation.objects.filter(volunteer__in=volunteer_ids))
    for row in rows:
        pk = row.volunteer_id
        unchanged = pk in found.items and locked.get(pk) == found.versions[pk]
        of = PersonalList.stored(row)
        of.take_in({role_id}, found.items[pk] if unchanged else None)
        of.write_to(row)
    personal.save(rows)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[first : first + _BATCH] for first in range(0, len(ids), _BATCH))
