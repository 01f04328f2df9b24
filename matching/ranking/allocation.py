"""Sharing people's attention out over the places there are: `plan` for the whole pool, nightly or
weekly, and `serve` for one person at one moment.

Attention is what is scarce, not suitability: a list by suitability alone sends everybody to the
same few roles. So `plan` puts a price on each role, by an exact flow of list places to roles in
proportion to the places that each has left, and `serve` orders by suitability less price. Between
two plans a live rule holds: a role sinks as people wait for its answer, leaves the lists when as
many wait as it can take, and comes back when its group answers. Nobody is kept from a role by
this: whoever finds it by search may ask for it.

Worked example, with more in docs/reference/ranking.md:

    state = None
    for week in range(12):
        made = plan(suitability, eligible, places_left, pending, waiting_days, state)
        state = made.state
        for person, role in made.invitations:        # write to them
            ...
        for person in visitors:                      # at each view, with the counts of that moment
            shown = serve(made, suitability[person], eligible[person], places_left, pending, k=10)

Units: suitability in any unit (each person's scores are compared with their other scores only);
places and pending in people; waiting in days.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, issparse

from matching.ranking import responses
from matching.ranking.allocation_settings import AllocationSettings
from matching.ranking.candidates import (
    Candidates,
    dense_candidates,
    relative_among_best,
    sparse_candidates,
)
from matching.ranking.columns import Rows
from matching.ranking.floors import with_floors
from matching.ranking.flow import best_flow
from matching.ranking.invitations import invitations
from matching.ranking.plan_state import PlanState

__all__ = ["AllocationSettings", "Plan", "plan", "serve", "worth_now"]


@dataclass(frozen=True, eq=False)
class Plan:
    """What `plan` gives.

    prices: what a list place of each role costs, in standard deviations of a person's scores, (m,);
    below 0 it is a push for a role that too few would see. placements: the role proposed to each
    person, -1 for none, (n,). invitations: (i × 2) person and role. state: for the next plan.
    pending_multiple: applications that may wait for each place left. held: the number of pending
    applications beyond which a role that does not answer takes no more, (m,). promised:
    applications to be expected from invitations, (m,). empty: roles that nobody has yet, (m,).
    compared: how many of their best roles a person's scores are compared with, 0 for all.
    """

    prices: NDArray[np.float64]
    placements: NDArray[np.int64]
    invitations: NDArray[np.int64]
    state: PlanState
    pending_multiple: float
    held: NDArray[np.float64]
    promised: NDArray[np.float64]
    empty: NDArray[np.bool_]
    compared: int = 0
    settings: AllocationSettings = field(default_factory=AllocationSettings)

    @property
    def shape(self) -> tuple[int, int]:
        """(n, m)"""
        return len(self.placements), len(self.prices)

    def for_roles(self, columns: Rows) -> "Plan":
        """The plan for some roles only, in this order, for `serve` with as many scores."""
        names = ("prices", "held", "promised", "empty")
        return replace(self, **{name: getattr(self, name)[columns] for name in names})

    def most_pending(self, places_left: NDArray[Any]) -> NDArray[np.float64]:
        """How many applications may wait before a role leaves the lists, at least 1, (m,)."""
        return most_pending(self.pending_multiple, places_left, self.promised, self.held)


def most_pending(
    pending_multiple: float, places_left: ArrayLike, promised: ArrayLike, held: ArrayLike
) -> NDArray[np.float64]:
    """How many applications may wait before a role leaves the lists, at least 1; less what is to be
    expected from invitations, and no more than `held`.
    """
    most = np.floor(pending_multiple * np.asarray(places_left) + 0.25) - np.asarray(promised)
    return np.minimum(np.maximum(most, 1), held)


def serve(
    plan: Plan,
    scores: ArrayLike,
    eligible: ArrayLike,
    places_left: ArrayLike,
    pending: ArrayLike,
    k: int = 10,
    *,
    seen: ArrayLike | None = None,
) -> NDArray[np.int64]:
    """The list of one person at this moment: up to k roles, best first, padded with -1, (k,).

    plan: the latest. scores: how well each role suits the person, (m,). eligible: whether every
    rule allows it, (m,). places_left, pending: people, now, (m,). seen: how often each role was
    on a list of theirs before, (m,), where that is known. Raises ValueError where shapes do not
    fit.
    """
    row, mask = _one_row(scores), _one_row(eligible)
    if row.shape != mask.shape or row.shape != plan.prices.shape:
        raise ValueError(f"scores {row.shape}, eligible {mask.shape}: the plan is of {plan.shape}")
    worth = worth_now(plan, row, mask, np.asarray(places_left), np.asarray(pending), seen)
    best = np.argsort(-worth, kind="stable")[:k]
    best = best[worth[best] > -np.inf]
    return np.pad(best, (0, k - len(best)), constant_values=-1).astype(np.int64)


def _one_row(values: Any) -> NDArray[Any]:
    """Of one person, also where it was cut from a table as (1 × m) or is sparse."""
    row = values.toarray() if issparse(values) else np.asarray(values)
    return row[0] if row.ndim == 2 and len(row) == 1 else row


def worth_now(
    plan: Plan,
    scores: NDArray[Any],
    eligible: NDArray[Any],
    places_left: NDArray[Any],
    pending: NDArray[Any],
    seen: ArrayLike | None = None,
) -> NDArray[np.float64]:
    """What lists are ordered by at this moment, -inf for what is not on them; of one person (m,) or
    of several (b × m).
    """
    settings = plan.settings
    most = plan.most_pending(places_left)
    free = (places_left > 0) & (pending < most)
    live = plan.prices + settings.sinking * (pending / np.maximum(most, 1)) ** 2
    live = live - settings.first * (plan.empty & (pending == 0))
    worth = relative_among_best(scores, np.asarray(eligible, bool), plan.compared) - live
    if seen is not None:
        worth = worth - settings.seen * np.minimum(np.asarray(seen, float), 3)
    return np.where(np.asarray(eligible, bool) & free, worth, -np.inf)


def plan(
    suitability: ArrayLike | csr_array,
    eligible: ArrayLike | csr_array,
    places_left: ArrayLike,
    pending: ArrayLike,
    waiting: ArrayLike,
    state: PlanState | None = None,
    *,
    settings: AllocationSettings | None = None,
    applications: ArrayLike | None = None,
    followed: ArrayLike | None = None,
    days: float | None = None,
) -> Plan:
    """Plan for n people and m roles that can be asked for now.

    suitability: (n × m), any unit; or CSR with each person's candidates only. eligible: which pairs
    every rule allows, (n × m), dense or sparse; a person who is not looking has an empty row.
    places_left, pending: people, (m,). waiting: days that each person has waited, (n,).
    state: what the plan before returned, aligned to these people and roles; None for the first.
    applications: received by each role since the plan before, (m,), where that is known; else
    read off what is no longer eligible. followed: (f × 2) person and role, invitations that led to
    an application since the plan before, where that is known; else read off likewise. days: since
    the plan before; else by how much longer people have waited. Raises ValueError where shapes do
    not fit.
    """
    settings = settings or AllocationSettings()
    # Copies: the state outlives the call, and whoever counts may count on in the same arrays.
    left, waits = np.array(places_left, np.int64), np.array(pending, np.int64)
    waited = np.nan_to_num(np.array(waiting, float))
    candidates = _candidates(suitability, eligible, settings)
    candidates.check(len(waited), len(left), len(waits))
    before = state or PlanState.beginning(len(waited), len(left))
    state = responses.taken_in(
        before, candidates, left, waits, waited, applications, followed, days
    )
    free = _free(settings, state, left, waits)
    values = candidates.values * _weight(waited, settings)[candidates.people]
    prices = _prices(candidates, values, free, state, settings)
    placements = _placements(candidates, values, np.maximum(left - waits, 0))
    chosen = invitations(candidates, values, prices, free, state, settings)
    state = state.invited(chosen)
    return Plan(
        prices=prices,
        placements=placements,
        invitations=chosen,
        state=state,
        pending_multiple=_pending_multiple(state, settings),
        held=_held(state, waits, settings),
        promised=state.expected_applications(),
        empty=state.is_empty(left),
        compared=candidates.compared,
        settings=settings,
    )


def _candidates(
    suitability: ArrayLike | csr_array,
    eligible: ArrayLike | csr_array,
    settings: AllocationSettings,
) -> Candidates:
    """Sparse where suitability is."""
    if issparse(suitability):
        return sparse_candidates(csr_array(suitability), csr_array(eligible))
    mask = csr_array(eligible).toarray() if issparse(eligible) else eligible
    return dense_candidates(
        np.asarray(suitability), np.asarray(mask, bool), settings.candidates, settings.floor
    )


def _weight(waited: NDArray[np.float64], settings: AllocationSettings) -> NDArray[np.float64]:
    """How much each person counts: long waiters more, (n,)."""
    return 1 + settings.waiting_weight * np.clip(waited / 365, 0, 1)


def _pending_multiple(state: PlanState, settings: AllocationSettings) -> float:
    """As many applications for a place as it takes to fill it, within bounds."""
    least, most = settings.pending_multiple, settings.most_pending_multiple
    return float(np.clip(1 / state.accepted_share, least, most))


def _held(
    state: PlanState, pending: NDArray[np.int64], settings: AllocationSettings
) -> NDArray[np.float64]:
    """A role whose group leaves applications unanswered takes no more of them, (m,)."""
    silent = state.unanswered >= settings.waits_for_answers
    return np.where(silent, np.maximum(pending, 1), np.inf)


def _free(
    settings: AllocationSettings,
    state: PlanState,
    left: NDArray[np.int64],
    pending: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Places that nobody waits for yet, of roles that answer, (m,)."""
    most = np.floor(_pending_multiple(state, settings) * left + 0.25)
    free = np.maximum(np.where(left > 0, np.maximum(most, 1), 0) - pending, 0)
    return np.where(np.isinf(_held(state, pending, settings)), free, 0).astype(np.int64)


def _prices(
    candidates: Candidates,
    values: NDArray[np.float64],
    free: NDArray[np.int64],
    state: PlanState,
    settings: AllocationSettings,
) -> NDArray[np.float64]:
    """Prices of list places: each person looks at a few, each role takes as many as its free places
    need to be seen by, and is seen by some whatever it takes, (m,).
    """
    active = candidates.active
    wanted = np.bincount(candidates.roles, minlength=len(free)) > 0
    room = np.where(wanted, free, 0)
    if not room.sum():
        return np.zeros(len(free))
    offered = np.where(active, settings.looked_at, 0)
    share = np.clip(
        settings.thrift * room.sum() / state.applied if state.applied > 0 else settings.looks,
        settings.least_looks,
        settings.most_looks,
    )
    taken = np.ceil(room * share * offered.sum() / room.sum()).astype(np.int64)
    floors = np.where(room > 0, settings.floor, 0)
    # Everybody's list is to be filled: what it holds is worth something, whatever suits less.
    least = float(candidates.values.min(initial=0.0))
    here = np.flatnonzero(room[candidates.roles] > 0)
    people, roles = candidates.people[here], candidates.roles[here]
    found = best_flow(people, roles, values[here] - min(least, 0), offered, taken, floors)
    suits = candidates.values[here]
    return with_floors(people, roles, suits, found.chosen, found.prices, settings.floor)


def _placements(
    candidates: Candidates, values: NDArray[np.float64], free: NDArray[np.int64]
) -> NDArray[np.int64]:
    """One role for each person, as the places go: what suits adds up to the most, (n,)."""
    offered = candidates.active.astype(np.int64)
    # One more person placed is worth more than all that others can lose by making room.
    low, high = float(values.min(initial=0.0)), float(values.max(initial=0.0))
    above = values - low + (high - low + 1) * (min(len(offered), len(free)) + 1)
    found = best_flow(candidates.people, candidates.roles, above, offered, free)
    placements = np.full(len(offered), -1, np.int64)
    placements[candidates.people[found.chosen]] = candidates.roles[found.chosen]
    return placements
