"""Whom to write to about places that stay open: few people, about roles that suit them, and no more
of them than the places can take.
"""

import numpy as np
from numpy.typing import NDArray

from matching.ranking.allocation_settings import AllocationSettings
from matching.ranking.candidates import Candidates
from matching.ranking.flow import best_flow
from matching.ranking.plan_state import PlanState


def invitations(
    candidates: Candidates,
    values: NDArray[np.float64],
    prices: NDArray[np.float64],
    free: NDArray[np.int64],
    state: PlanState,
    settings: AllocationSettings,
) -> NDArray[np.int64]:
    """Person and role of each invitation, at most one for a person, (i × 2).

    values: of each candidate pair. prices: of roles, (m,). free: places that nobody waits for,
    (m,). state: who was invited to what, and when.
    """
    may = candidates.active & state.may_be_invited(
        settings.invitation_gap, settings.longer_unanswered, settings.most_unanswered
    )
    here = np.flatnonzero(
        may[candidates.people]
        & (free[candidates.roles] > 0)
        & ~state.was_invited(candidates.people, candidates.roles)
    )
    people, roles = candidates.people[here], candidates.roles[here]
    empty = state.empty & (free > 0)
    lately = state.invited_lately()
    wanted = np.ceil(free * settings.invited_for_each)
    wanted = np.where(empty, np.maximum(wanted, settings.invited_for_empty), wanted)
    floors = np.where(empty, np.maximum(settings.invited_for_empty - lately, 0), 0)
    wanted = np.maximum(wanted - lately, 0).astype(np.int64)
    worth = values[here] - values.min(initial=0.0) - prices[roles] / 2
    found = best_flow(people, roles, worth, may.astype(np.int64), wanted, floors)
    return np.stack([people[found.chosen], roles[found.chosen]], axis=1).astype(np.int64)
