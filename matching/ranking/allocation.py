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

from matching.ranking.candidates import Candidates, dense_candidates, relative, sparse_candidates
from matching.ranking.columns import Rows
from matching.ranking.flow import best_flow
from matching.ranking.plan_state import PlanState


@dataclass(frozen=True)
class AllocationSettings:
    """What the allocation leaves open. Scores count in standard deviations of a person's scores.

    looked_at: places of a list that a person looks at, more or less. candidates: so many of each
    person's best roles take part.
    pending_multiple: applications that may wait for each place left, before it is known how many
    of them become placements; most_pending_multiple: the most after it is known.
    looks: list places offered to roles, as a multiple of all that there are to give, before it is
    known how many people apply: above 1 some roles give theirs up and prices are low. thrift: after
    that it is free places by applications, times this; least_looks, most_looks: its bounds. floor:
    people who should see each
    role with a place left. sinking: what a role loses as it nears its most pending. first: what a
    role gains while nobody has it and nobody waits. seen: what a role loses for each time that it
    was shown before. waits_for_answers: days without an answer after which a role takes no more
    applications. waiting_weight: how much more a person counts who waits for a year.
    invitation_gap: days from one invitation of a person to the next. most_unanswered: invitations
    in a row that a person may leave unanswered before they get no more. invited_for_each: people
    invited for each place left. invited_for_empty: at least so many where nobody has the role.
    """

    looked_at: int = 5
    candidates: int = 40
    pending_multiple: float = 1.0
    most_pending_multiple: float = 1.5
    looks: float = 6.0
    thrift: float = 0.85
    least_looks: float = 1.0
    most_looks: float = 8.0
    floor: int = 5
    sinking: float = 0.2
    first: float = 0.3
    seen: float = 0.35
    waits_for_answers: float = 7
    waiting_weight: float = 0.5
    invitation_gap: float = 14
    most_unanswered: int = 4
    invited_for_each: float = 3.0
    invited_for_empty: int = 6


@dataclass(frozen=True, eq=False)
class Plan:
    """What `plan` gives.

    prices: what a list place of each role costs, in standard deviations of a person's scores, at
    least 0, (m,). placements: the role proposed to each person, -1 for none, (n,).
    invitations: (i × 2) person and role. state: for the next plan.
    pending_multiple: applications that may wait for each place left. held: the number of pending
    applications beyond which a role that does not answer takes no more, (m,). promised:
    applications to be expected from invitations, (m,). empty: roles that nobody has yet, (m,).
    """

    prices: NDArray[np.float64]
    placements: NDArray[np.int64]
    invitations: NDArray[np.int64]
    state: PlanState
    pending_multiple: float
    held: NDArray[np.float64]
    promised: NDArray[np.float64]
    empty: NDArray[np.bool_]
    settings: AllocationSettings = field(default_factory=AllocationSettings)

    def for_roles(self, columns: Rows) -> "Plan":
        """The plan for some roles only, in this order, for `serve` with as many scores."""
        names = ("prices", "held", "promised", "empty")
        return replace(self, **{name: getattr(self, name)[columns] for name in names})

    def most_pending(self, places_left: NDArray[Any]) -> NDArray[np.float64]:
        """How many applications may wait before a role leaves the lists, at least 1, (m,)."""
        most = np.floor(self.pending_multiple * places_left + 0.25) - self.promised
        return np.minimum(np.maximum(most, 1), self.held)


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
    on a list of theirs before, (m,), where that is known.
    """
    now = np.asarray(eligible), np.asarray(places_left), np.asarray(pending)
    worth = worth_now(plan, np.asarray(scores), *now, seen)
    best = np.argsort(-worth, kind="stable")[:k]
    best = best[worth[best] > -np.inf]
    return np.pad(best, (0, k - len(best)), constant_values=-1).astype(np.int64)


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
    worth = relative(scores) - live
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
    days: float = 7.0,
) -> Plan:
    """Plan for n people and m roles that can be asked for now.

    suitability: (n × m), any unit; or CSR with each person's candidates only. eligible: which pairs
    every rule allows, (n × m), dense or sparse; a person who is not looking has an empty row.
    places_left, pending: people, (m,). waiting: days that each person has waited, (n,).
    state: what the plan before returned, aligned to these people and roles; None for the first.
    applications: received by each role since the plan before, (m,), where that is known; else
    read off what is no longer eligible. followed: (f × 2) person and role, invitations that led to
    an application since the plan before, where that is known; else read off likewise. days: since
    the plan before. Raises ValueError where shapes do not fit.
    """
    settings = settings or AllocationSettings()
    # Copies: the state outlives the call, and whoever counts may count on in the same arrays.
    left, waits = np.array(places_left, np.int64), np.array(pending, np.int64)
    waited = np.asarray(waiting, float)
    if issparse(suitability):
        candidates = sparse_candidates(csr_array(suitability), csr_array(eligible))
    else:
        candidates = dense_candidates(
            np.asarray(suitability), np.asarray(eligible, bool), settings.candidates
        )
    candidates.check(len(waited), len(left), len(waits))
    before = state or PlanState.beginning(len(waited), len(left))
    state = before.follow(candidates, left, waits, applications, followed, days)
    free = _free(settings, state, left, waits)
    values = candidates.values * _weight(waited, settings)[candidates.people]
    prices = _prices(candidates, values, free, state, settings)
    placements = _placements(candidates, values, free)
    invitations, promised, state = _invite(candidates, values, prices, free, state, settings)
    return Plan(
        prices=prices,
        placements=placements,
        invitations=invitations,
        state=state,
        pending_multiple=_pending_multiple(state, settings),
        held=_held(state, waits, settings),
        promised=promised,
        empty=state.is_empty(left),
        settings=settings,
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
    need to be seen by, (m,).
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
    found = best_flow(
        candidates.people[here],
        candidates.roles[here],
        values[here] - min(least, 0),
        offered,
        taken,
        floors,
    )
    return found.prices


def _placements(
    candidates: Candidates, values: NDArray[np.float64], free: NDArray[np.int64]
) -> NDArray[np.int64]:
    """One role for each person, as the places go: what suits adds up to the most, (n,)."""
    offered = candidates.active.astype(np.int64)
    # A place is worth something to everybody who may have it, whatever suits them better.
    above = values - values.min(initial=0.0) + 1
    found = best_flow(candidates.people, candidates.roles, above, offered, free)
    placements = np.full(len(offered), -1, np.int64)
    placements[candidates.people[found.chosen]] = candidates.roles[found.chosen]
    return placements


def _invite(
    candidates: Candidates,
    values: NDArray[np.float64],
    prices: NDArray[np.float64],
    free: NDArray[np.int64],
    state: PlanState,
    settings: AllocationSettings,
) -> tuple[NDArray[np.int64], NDArray[np.float64], PlanState]:
    """People to write to about places that stay open, what is to be expected of it, and the state
    that remembers it.
    """
    may = candidates.active & state.may_be_invited(
        settings.invitation_gap, settings.most_unanswered
    )
    here = np.flatnonzero(
        may[candidates.people]
        & (free[candidates.roles] > 0)
        & ~state.was_invited(candidates.people, candidates.roles)
    )
    people, roles = candidates.people[here], candidates.roles[here]
    wanted = np.ceil(free * settings.invited_for_each).astype(np.int64)
    empty = state.empty & (free > 0)
    wanted = np.where(empty, np.maximum(wanted, settings.invited_for_empty), wanted)
    floors = np.where(empty, settings.invited_for_empty, 0)
    offered = may.astype(np.int64)
    worth = values[here] - values.min(initial=0.0) - prices[roles] / 2
    found = best_flow(people, roles, worth, offered, wanted, floors)
    chosen = np.stack([people[found.chosen], roles[found.chosen]], axis=1).astype(np.int64)
    return chosen, state.expected_of(chosen, len(free)), state.invited(chosen)
