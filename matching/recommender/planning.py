"""Share people's attention out over the places there are: the plan that follows a full ranking.

It reads the lists that the ranking stored, so that it needs neither texts nor the model. Roles that
are on few lists are given the people of their shortlists as well, so that each has somebody to be
seen by; whom the plan then gives such a role gets it on their list.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isinf

import numpy as np
from django.db.models import F
from numpy.typing import NDArray

from core.clock import now, today
from matching import datasets, hiding
from matching.models import (
    AllocationPlan,
    Invitation,
    PlannedRole,
    ProposedPlacement,
    RankingRun,
    Recommendation,
    Shortlist,
)
from matching.ranking import allocation
from matching.ranking.listed_pairs import ListedPairs
from matching.recommender import inviting, plan_states
from matching.recommender import people as personal
from matching.recommender.items import (
    SHORTLIST_LENGTH,
    Item,
    PersonalList,
    roles_held,
    scores_held,
)
from matching.recommender.serving import POLICY_NAME
from matching.recommender.steps import Steps
from placements.models import Application
from volunteers.models import Volunteer

#: Two plans within an hour are taken to be an hour apart: rates are by the day.
_LEAST_DAYS = 1 / 24
#: Plans whose state is kept: the next plan goes on from the newest.
STATES_KEPT = 3
_BATCH = 2000
#: Lists that are locked together while proposed roles are put on them.
_LISTS_AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class _Pool:
    """Whom a plan is for. `waits`, `waiting_days`: of each person. `extra`: shortlisted pairs that
    are not on the person's list, as they stand on the shortlist, by (person, role).
    """

    candidates: ListedPairs
    waits: NDArray[np.bool_]
    waiting_days: NDArray[np.float32]
    extra: dict[tuple[int, int], Item]


@dataclass(frozen=True, eq=False)
class PreparedPlan:
    """A plan not yet written, and the seconds that it took."""

    pool: _Pool
    plan: allocation.Plan
    seconds: float


def prepare(steps: Steps) -> PreparedPlan:
    """Plan for all active people and open roles, from the lists as they are stored now."""
    with steps("load"):
        role_ids, places_left, pending = _roles()
        pool = _pool(role_ids)
        person_ids = pool.candidates.person_ids
        before = plan_states.newest(person_ids, role_ids)
        # Before the first plan there is nothing to go on from.
        then = _plan_before() or now()
    began = time.perf_counter()
    with steps("plan"):
        plan = allocation.plan(
            pool.candidates.suitability,
            pool.candidates.eligible,
            places_left,
            pending,
            pool.waiting_days,
            before,
            applications=_applications_since(then, role_ids),
            followed=_followed_since(then, pool.candidates),
            days=max((now() - then) / timedelta(days=1), _LEAST_DAYS),
        )
    return PreparedPlan(pool, plan, round(time.perf_counter() - began, 3))


def write(prepared: PreparedPlan, run: RankingRun) -> None:
    """Put a prepared plan in force, in the caller's transaction: prices, proposed placements and
    invitations, in the place of those of the plan before. Nothing where a newer run has planned.
    """
    # One plan at a time: who comes second waits here, and then asks again what is there now.
    AllocationPlan.objects.select_for_update(of=("self",)).first()
    if AllocationPlan.objects.filter(run_id__gte=run.pk).exists():
        return
    candidates, plan = prepared.pool.candidates, prepared.plan
    row = AllocationPlan.objects.create(
        run=run,
        policy=POLICY_NAME,
        model_version=run.model_version,
        made_at=now(),
        people=len(candidates.person_ids),
        roles=len(candidates.role_ids),
        candidates=candidates.suitability.nnz,
        seconds=prepared.seconds,
        pending_multiple=plan.pending_multiple,
        state=plan_states.packed(plan.state, candidates.person_ids, candidates.role_ids),
    )
    _write_prices(row, prepared)
    proposed = _write_placements(row, prepared)
    invited = inviting.write(row, _invitations(prepared))
    _put_on_lists(prepared, [*proposed, *invited])
    row.proposed, row.invited = len(proposed), len(invited)
    row.save(update_fields=["proposed", "invited"])
    kept = AllocationPlan.objects.values_list("pk", flat=True)[:STATES_KEPT]
    AllocationPlan.objects.filter(pk__lt=min(kept)).exclude(state=b"").update(state=b"")


def _roles() -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Ids, places left and people pending of the open roles."""
    rows = datasets.open_roles().order_by("pk")
    fields = "pk", F("places") - F("places_taken"), "applications_pending"
    table = np.array(list(rows.values_list(*fields)), np.int64).reshape(-1, len(fields))
    return table[:, 0], table[:, 1], table[:, 2]


def _plan_before() -> datetime | None:
    """When the plan in force was made; None where there is none."""
    return AllocationPlan.objects.values_list("made_at", flat=True).first()


def _applications_since(then: datetime, role_ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many people asked for each role since then."""
    asked = Application.objects.filter(created_at__gte=then)
    ids = np.array(asked.values_list("opportunity_id", flat=True), np.int64)
    known = ids[np.isin(ids, role_ids)]
    return np.bincount(np.searchsorted(role_ids, known), minlength=len(role_ids))


def _followed_since(then: datetime, candidates: ListedPairs) -> NDArray[np.int64]:
    """Invitations that led to an application since then, as (row, column)."""
    applied = Invitation.objects.filter(answer=Invitation.Answer.APPLIED, answered_at__gte=then)
    pairs = np.array(list(applied.values_list("volunteer_id", "opportunity_id")), np.int64)
    pairs = pairs.reshape(-1, 2)
    known = np.isin(pairs[:, 0], candidates.person_ids) & np.isin(pairs[:, 1], candidates.role_ids)
    rows = np.searchsorted(candidates.person_ids, pairs[known, 0])
    return np.stack([rows, np.searchsorted(candidates.role_ids, pairs[known, 1])], axis=1)


def _pool(role_ids: NDArray[np.int64]) -> _Pool:
    """Active people, how long each has waited, and what each may be given."""
    active = Volunteer.objects.active()
    fields = "volunteer_id", "volunteer__waiting_since", "role_ids", "scores"
    waiting = set(Volunteer.objects.waiting().values_list("pk", flat=True))
    lists = Recommendation.objects.filter(volunteer__in=active.values("pk"))
    rows = list(lists.order_by("volunteer_id").values_list(*fields))
    person_ids = np.array([row[0] for row in rows], np.int64)
    since = [row[1] if row[0] in waiting else None for row in rows]
    scores = scores_held(b"".join(bytes(row[3]) for row in rows))
    hidden = hiding.hidden_pairs()
    lengths = [len(row[3]) // scores.itemsize for row in rows]
    listed = _not_hidden(
        np.repeat(person_ids, lengths), roles_held(row[2] for row in rows), scores, hidden
    )
    candidates = ListedPairs.of(person_ids, role_ids, [listed])
    rare = role_ids[candidates.people_of_roles() < SHORTLIST_LENGTH]
    extra = _shortlisted(rare, listed, hidden)
    if extra:
        pairs = np.array(list(extra), np.int64)
        of_extra = np.array([item["score"] for item in extra.values()], np.float32)
        more = pairs[:, 0], pairs[:, 1], of_extra
        candidates = ListedPairs.of(person_ids, role_ids, [listed, more])
    waits = np.array([at is not None for at in since], np.bool_)
    return _Pool(candidates, waits, datasets.days_since(since, today()), extra)


def _not_hidden(
    people: NDArray[np.int64],
    roles: NDArray[np.int64],
    scores: NDArray[np.float32],
    hidden: set[tuple[int, int]],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """The places on lists, without the roles that their people hid since."""
    if not hidden:
        return people, roles, scores
    kept = np.array(
        [pair not in hidden for pair in zip(people.tolist(), roles.tolist(), strict=True)]
    )
    return people[kept], roles[kept], scores[kept]


def _shortlisted(
    rare: NDArray[np.int64],
    listed: tuple[NDArray[np.int64], NDArray[np.int64], object],
    hidden: set[tuple[int, int]],
) -> dict[tuple[int, int], Item]:
    """What stands on the shortlists of these roles and not on the person's own list."""
    here = np.isin(listed[1], rare)
    known = set(zip(listed[0][here].tolist(), listed[1][here].tolist(), strict=True)) | hidden
    rows = Shortlist.objects.filter(opportunity__in=rare.tolist())
    return {
        (item["volunteer"], role_id): {**item, "role": role_id}
        for role_id, items in rows.values_list("opportunity_id", "items")
        for item in items
        if (item["volunteer"], role_id) not in known
    }


def _write_prices(row: AllocationPlan, prepared: PreparedPlan) -> None:
    plan = prepared.plan
    of_roles = (prepared.pool.candidates.role_ids, plan.prices, plan.held, plan.promised)
    PlannedRole.objects.all().delete()
    PlannedRole.objects.bulk_create(
        [
            PlannedRole(
                plan=row,
                opportunity_id=pk,
                price=price,
                held=None if isinf(held) else held,
                promised=promised,
            )
            for pk, price, held, promised in zip(*(of.tolist() for of in of_roles), strict=True)
        ],
        batch_size=_BATCH,
    )


def _write_placements(row: AllocationPlan, prepared: PreparedPlan) -> list[tuple[int, int]]:
    """Write the proposals for those who wait; give them as (person, role)."""
    candidates, placements = prepared.pool.candidates, prepared.plan.placements
    rows = np.flatnonzero((placements >= 0) & prepared.pool.waits)
    columns = placements[rows]
    people, roles = candidates.person_ids[rows].tolist(), candidates.role_ids[columns].tolist()
    scores = candidates.score(rows, columns).tolist()
    ProposedPlacement.objects.all().delete()
    ProposedPlacement.objects.bulk_create(
        [
            ProposedPlacement(plan=row, volunteer_id=person, opportunity_id=role, score=score)
            for person, role, score in zip(people, roles, scores, strict=True)
        ],
        batch_size=_BATCH,
    )
    return list(zip(people, roles, strict=True))


def _invitations(prepared: PreparedPlan) -> list[tuple[int, int]]:
    """Whom the plan would have hear of what, as (person, role), among those who wait."""
    rows, columns = prepared.plan.invitations.T
    waits, candidates = prepared.pool.waits[rows], prepared.pool.candidates
    people = candidates.person_ids[rows[waits]].tolist()
    return list(zip(people, candidates.role_ids[columns[waits]].tolist(), strict=True))


def _put_on_lists(prepared: PreparedPlan, chosen: Sequence[tuple[int, int]]) -> None:
    """Put what the plan chose from shortlists on the lists of its people."""
    missing: dict[int, dict[int, Item]] = {}
    for person, role in chosen:
        if item := prepared.pool.extra.get((person, role)):
            missing.setdefault(person, {})[role] = item
    people = sorted(missing)
    for first in range(0, len(people), _LISTS_AT_ONCE):
        some = people[first : first + _LISTS_AT_ONCE]
        datasets.locked_versions(some)
        rows = list(Recommendation.objects.filter(volunteer__in=some))
        for row in rows:
            of = PersonalList.stored(row)
            of.add_proposed(PersonalList.of(list(missing[row.volunteer_id].values())))
            of.write_to(row)
        personal.save(rows)
