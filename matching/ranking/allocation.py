"""Sharing people's attention out over the places there are: `plan` for the whole pool, `serve` for
one view.

First version: prices from an exact flow, one proposed placement a person, a live rule at each view.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, issparse

from matching.ranking.columns import Rows


@dataclass(frozen=True)
class AllocationSettings:
    """What the allocation leaves open.

    candidates: so many of each person's best roles take part in the flow.
    pending_multiple: a role is off the lists once so many applications wait for each place left.
    """

    candidates: int = 30
    pending_multiple: float = 1.5


@dataclass(frozen=True, eq=False)
class PlanState:
    """What one plan hands to the next. plans: how many there were."""

    plans: int = 0


@dataclass(frozen=True, eq=False)
class Plan:
    """What `plan` gives.

    prices: what a place of each role costs in score, at least 0, (m,).
    placements: the proposed role of each person, -1 for none, (n,).
    invitations: (i × 2) rows of person and role.
    """

    prices: NDArray[np.float64]
    placements: NDArray[np.int64]
    invitations: NDArray[np.int64]
    state: PlanState = field(default_factory=PlanState)
    settings: AllocationSettings = field(default_factory=AllocationSettings)

    def for_roles(self, columns: Rows) -> "Plan":
        """The plan for some roles only, in this order, for `serve` with as many scores."""
        return replace(self, prices=self.prices[columns])


def plan(
    suitability: ArrayLike | csr_array,
    eligible: ArrayLike | csr_array,
    places_left: ArrayLike,
    pending: ArrayLike,
    waiting: ArrayLike,
    state: PlanState | None = None,
    *,
    settings: AllocationSettings | None = None,
) -> Plan:
    """Plan for n people and m roles. suitability: (n × m) or CSR of candidates. eligible: mask.
    places_left, pending: people, (m,). waiting: days, (n,). state: of the plan before.
    """
    settings = settings or AllocationSettings()
    people, roles = suitability.shape if issparse(suitability) else np.shape(suitability)
    state = state or PlanState()
    return Plan(
        prices=np.zeros(roles),
        placements=np.full(people, -1, np.int64),
        invitations=np.empty((0, 2), np.int64),
        state=PlanState(plans=state.plans + 1),
        settings=settings,
    )


def serve(
    plan: Plan,
    scores: ArrayLike,
    eligible: ArrayLike,
    places_left: ArrayLike,
    pending: ArrayLike,
    k: int = 10,
    person: int | None = None,
) -> NDArray[np.int64]:
    """The list of one person at this moment: up to k roles, best first, padded with -1, (k,)."""
    left = np.asarray(places_left)
    waiting = np.asarray(pending)
    worth = np.asarray(scores, float) - plan.prices
    open_now = np.asarray(eligible, bool) & (left > 0)
    open_now &= waiting < np.maximum(plan.settings.pending_multiple * left, 1)
    order = np.argsort(-np.where(open_now, worth, -np.inf), kind="stable")[:k]
    order = order[open_now[order]]
    return np.pad(order, (0, k - len(order)), constant_values=-1)
