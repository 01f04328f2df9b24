"""The people whom a role suits best, among those who wait for one.

For one role they are ranked; for all roles at once they are read off the people's own lists, which
a full ranking has just made: who has the role on their list is whom it suits best, and the reasons
stand there already. Roles that are on few lists are ranked like a single one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.clock import today
from matching import datasets
from matching.datasets import People, Roles
from matching.models import Recommendation, Shortlist
from matching.ranking.eligibility import RULE_CODES, RoleKinds, evaluate, evaluate_pairs
from matching.ranking.lists import NEAR_TIE, rank_volunteers
from matching.ranking.packing import PackedList
from matching.ranking.pairs import Pairs
from matching.recommender.counts import costs_of
from matching.recommender.inferred import as_written, inferred_of
from matching.recommender.items import (
    SCORE_DIGITS,
    SHORTLIST_LENGTH,
    Item,
    item_of,
    roles_held,
    scores_held,
)
from matching.recommender.replacing import replace_rows
from matching.recommender.snapshot import POLICY, POLICY_NAME, Snapshot
from volunteers.models import Volunteer

#: Roles that so few lists hold are ranked by themselves.
FEW_LISTS = 5
_PEOPLE_AT_ONCE = 512
_ALL_ROLES_OF = 2000


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
    )
    ids = waiting.columns.ids
    day = str(today())
    return PreparedShortlists(
        [
            Shortlist(
                opportunity_id=role_id,
                items=[
                    _in_their_words(item_of(match, "volunteer", int(ids[match.index])), waiting)
                    for match in matches
                ],
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


def from_lists(snapshot: Snapshot, waiting: People, roles: Roles) -> PreparedShortlists:
    """The best of everybody who waits for each of these roles, by the lists that are stored now,
    and what each requirement of a role costs it.
    """
    listed = _listed(waiting, roles)
    items = _items(listed, waiting)
    few = [row for row, pk in enumerate(roles.columns.ids.tolist()) if len(items[pk]) < FEW_LISTS]
    if few:
        rare = replace(roles, columns=roles.columns.take(few))
        possible = waiting.take(_possible(snapshot, waiting, rare))
        for shortlist in prepare(snapshot, possible, rare, is_everybody=False).shortlists:
            items[shortlist.opportunity_id] = shortlist.items
    eligible, kept_out = _who_could(snapshot, waiting, roles)
    day = str(today())
    return PreparedShortlists(
        [
            Shortlist(
                opportunity_id=role_id,
                items=items[role_id],
                counts=costs_of(eligible[row], kept_out[row], day),
                policy=POLICY_NAME,
                model_version=snapshot.fitted.version,
                computed_at=snapshot.at,
            )
            for row, role_id in enumerate(roles.columns.ids.tolist())
        ],
        is_counted=True,
    )


@dataclass(frozen=True, eq=False)
class _Listed:
    """Places on lists of people who wait, for some roles: the person, the role, where it stands on
    their list and its score; each role's best people together, best first.
    """

    people: NDArray[np.int64]
    roles: NDArray[np.int64]
    places: NDArray[np.int64]
    scores: NDArray[np.float32]
    role_ids: NDArray[np.int64]


def _listed(waiting: People, roles: Roles) -> _Listed:
    """The best of each role, as they stand on people's lists."""
    people = waiting.columns
    of_them = Recommendation.objects.filter(volunteer__in=Volunteer.objects.waiting().values("pk"))
    fields = "volunteer_id", "role_ids", "scores"
    known = set(people.ids.tolist())
    rows = [row for row in of_them.values_list(*fields) if row[0] in known]
    scores = scores_held(b"".join(bytes(row[2]) for row in rows))
    lengths = np.array([len(row[2]) // scores.itemsize for row in rows], np.int64)
    held = roles_held(row[1] for row in rows)
    places = np.arange(len(held)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    owners = np.repeat(np.array([row[0] for row in rows], np.int64), lengths)
    here = np.isin(held, roles.columns.ids)
    held, places, owners, scores = held[here], places[here], owners[here], scores[here]
    days = people.waiting_days[np.searchsorted(people.ids, owners)]
    steps = np.floor(scores.astype(np.float64) / NEAR_TIE)
    # Of near-ties those come first who wait longest, as where a role is ranked by itself.
    order = np.lexsort((owners, -days, -steps, held))
    held = held[order]
    first = np.searchsorted(held, held)
    best = np.arange(len(held)) - first < SHORTLIST_LENGTH
    chosen = order[best]
    return _Listed(owners[chosen], held[best], places[chosen], scores[chosen], roles.columns.ids)


def _items(listed: _Listed, waiting: People) -> dict[int, list[Item]]:
    """What stands on the shortlists, by role."""
    items: dict[int, list[Item]] = {pk: [] for pk in listed.role_ids.tolist()}
    if not len(listed.people):
        return items
    places: list[dict[str, Any] | None] = [None] * len(listed.people)
    order = np.argsort(listed.people, kind="stable")
    ids, firsts = np.unique(listed.people[order], return_index=True)
    whys = _whys(ids.tolist())
    for person, chosen in zip(ids.tolist(), np.split(order, firsts[1:]), strict=True):
        why = whys.get(person)
        # Whoever edited their profile a moment ago may have a shorter list by now.
        if why is None or listed.places[chosen].max() >= len(why):
            continue
        inferred = inferred_of(waiting, int(np.searchsorted(waiting.columns.ids, person)))
        for at, place in zip(chosen.tolist(), why.places(listed.places[chosen]), strict=True):
            if inferred:
                place["reasons"] = as_written(place["reasons"], inferred)
            places[at] = place
    scores = np.round(listed.scores.astype(np.float64), SCORE_DIGITS).tolist()
    of_each = zip(listed.people.tolist(), listed.roles.tolist(), scores, places, strict=True)
    for person, role, score, found in of_each:
        if found is not None:
            items[role].append({"volunteer": person, "score": score, **found})
    return items


def _in_their_words(item: Item, waiting: People) -> Item:
    """The item, its reasons saying what the person wrote where they ticked nothing."""
    row = int(np.searchsorted(waiting.columns.ids, item["volunteer"]))
    return {**item, "reasons": as_written(item["reasons"], inferred_of(waiting, row))}


def _whys(people: list[int]) -> dict[int, PackedList]:
    rows: Iterable[tuple[int, bytes | memoryview]] = (
        row
        for first in range(0, len(people), _ALL_ROLES_OF)
        for row in Recommendation.objects.filter(
            volunteer__in=people[first : first + _ALL_ROLES_OF]
        ).values_list("volunteer_id", "why")
    )
    return {person: PackedList.unpack(bytes(why)) for person, why in rows}


def _possible(snapshot: Snapshot, waiting: People, roles: Roles) -> NDArray[np.intp]:
    """The rows of those whom every rule allows any of these roles: nobody else's texts need be
    read.
    """
    applied = datasets.applied(waiting.columns, roles.columns)
    outcomes = evaluate(waiting.columns, roles.columns, applied, snapshot.settings)
    return np.flatnonzero(outcomes.eligible.any(axis=1))


def _who_could(
    snapshot: Snapshot, waiting: People, roles: Roles
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many of these people every rule allows each role, (m,), and how many more each rule alone
    keeps from it, (m × rules).
    """
    applied, kinds = datasets.applied(waiting.columns, roles.columns), RoleKinds(roles.columns)
    eligible = np.zeros(len(roles.columns), np.int64)
    kept_out = np.zeros((len(roles.columns), len(RULE_CODES)), np.int64)
    for first in range(0, max(len(waiting.columns), 1), _PEOPLE_AT_ONCE):
        some = slice(first, first + _PEOPLE_AT_ONCE)
        pairs = Pairs(waiting.columns.take(some), roles.columns)
        outcomes = evaluate_pairs(pairs, applied.take(some), snapshot.settings, kinds)
        eligible += outcomes.eligible.sum(axis=0)
        kept_out += outcomes.sole_blockers(axis=0)
    return eligible, kept_out


def write(prepared: PreparedShortlists) -> None:
    """Write prepared shortlists, in the caller's transaction."""
    replace_rows(
        prepared.shortlists,
        key=["opportunity"],
        fields=[
            "items",
            *(["counts"] if prepared.is_counted else []),
            "policy",
            "model_version",
            "computed_at",
        ],
    )
