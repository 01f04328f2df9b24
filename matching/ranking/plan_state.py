"""What one plan hands to the next: how people and groups have responded so far."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

#: What is believed before anything was seen, as so many cases: of applications that were answered,
#: 9 in 10 became placements; of invitations, 1 in 10 is followed.
ACCEPTED_BEFORE, ANSWERED_BEFORE = 18.0, 20.0
FOLLOWED_BEFORE, INVITED_BEFORE = 5.0, 50.0
_A_WEEK = 7.0
_NEVER = -1e6


@dataclass(frozen=True, eq=False)
class PlanState:
    """plans: how many there were. day: of the last plan, counted from the first. places_left,
    pending: at the last plan, (m,). most_places: the most places that each role was seen with,
    (m,). unanswered: days for which a role has had pending applications and answered none, (m,).
    waiting: days that each person had waited, (n,). eligible: the mask of the last plan, in packed
    bits where it was dense; None before the first, and where it was not kept. accepted, answered:
    applications, faded. applied: applications in a week, all roles together, smoothed; -1 before
    any is known. last_invited: day, (n,). unfollowed: invitations in a row that came to nothing,
    (n,). invitations: all so far, (i × 2), and the day of each, invited_on, (i,); latest: those of
    the last plan. followed, sent: invitations, faded.
    """

    plans: int
    day: float
    places_left: NDArray[np.int64]
    pending: NDArray[np.int64]
    most_places: NDArray[np.int64]
    unanswered: NDArray[np.float64]
    waiting: NDArray[np.float64]
    last_invited: NDArray[np.float64]
    unfollowed: NDArray[np.int64]
    invitations: NDArray[np.int64]
    invited_on: NDArray[np.float64]
    latest: NDArray[np.int64]
    eligible: NDArray[np.uint8] | csr_array | None = None
    accepted: float = ACCEPTED_BEFORE
    answered: float = ANSWERED_BEFORE
    applied: float = -1.0
    followed: float = FOLLOWED_BEFORE
    sent: float = INVITED_BEFORE

    @classmethod
    def beginning(cls, people: int, roles: int) -> "PlanState":
        """Before the first plan."""
        none = np.zeros(roles, np.int64)
        pairs = np.empty((0, 2), np.int64)
        return cls(
            plans=0,
            day=0.0,
            places_left=none,
            pending=none,
            most_places=none,
            unanswered=np.zeros(roles),
            waiting=np.zeros(people),
            last_invited=np.full(people, _NEVER),
            unfollowed=np.zeros(people, np.int64),
            invitations=pairs,
            invited_on=np.empty(0),
            latest=pairs,
        )

    def aligned(self, people: NDArray[np.int64], roles: NDArray[np.int64]) -> "PlanState":
        """The state for other rows and columns: where each of them stood here, -1 for new ones.
        What was eligible is not kept: say which applications there were, and which were followed.
        """

        def moved(values: NDArray[Any], at: NDArray[np.int64], new: float = 0) -> NDArray[Any]:
            if not len(values):
                return np.full(len(at), new, values.dtype)
            return np.where(at >= 0, values[np.maximum(at, 0)], values.dtype.type(new))

        person_now = _inverse(people, len(self.last_invited))
        role_now = _inverse(roles, len(self.places_left))
        renamed = _renamed(self.invitations, person_now, role_now)
        latest = _renamed(self.latest, person_now, role_now)
        kept = (renamed >= 0).all(axis=1)
        return replace(
            self,
            places_left=moved(self.places_left, roles),
            pending=moved(self.pending, roles),
            most_places=moved(self.most_places, roles),
            unanswered=moved(self.unanswered, roles),
            waiting=moved(self.waiting, people),
            last_invited=moved(self.last_invited, people, _NEVER),
            unfollowed=moved(self.unfollowed, people),
            invitations=renamed[kept],
            invited_on=self.invited_on[kept],
            latest=latest[(latest >= 0).all(axis=1)],
            eligible=None,
        )

    @property
    def shape(self) -> tuple[int, int]:
        """(n, m)"""
        return len(self.last_invited), len(self.places_left)

    @property
    def accepted_share(self) -> float:
        """Placements of answered applications, at least 0.05."""
        return max(self.accepted / max(self.answered, 1e-9), 0.05)

    @property
    def followed_share(self) -> float:
        """Applications of invitations."""
        return self.followed / self.sent

    @property
    def empty(self) -> NDArray[np.bool_]:
        """Roles that nobody was seen to have, (m,)."""
        return self.places_left >= self.most_places

    def is_empty(self, left: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Roles with places that nobody was seen to have, (m,)."""
        return self.empty & (left > 0)

    def may_be_invited(self, days: float, longer: float, most_unfollowed: int) -> NDArray[np.bool_]:
        """Who was not invited in the last `days`, and that times `longer` more for each invitation
        in a row that they did not follow; and who follows invitations at all, (n,).
        """
        rest = days * (1 + longer * self.unfollowed)
        rested = self.day - self.last_invited >= rest
        return rested & (self.unfollowed < most_unfollowed)

    def was_invited(self, people: NDArray[np.int64], roles: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which pairs were invited before."""
        columns = len(self.places_left)
        before = self.invitations[:, 0] * columns + self.invitations[:, 1]
        return np.isin(people * columns + roles, before)

    def expected_applications(self) -> NDArray[np.float64]:
        """Still to be expected from the invitations of the last week, of each role, (m,)."""
        return (self.followed_share * self.invited_lately()).astype(np.float64)

    def invited_lately(self) -> NDArray[np.int64]:
        """People invited to each role in the last week, (m,)."""
        lately = self.invitations[self.invited_on > self.day - _A_WEEK, 1]
        return np.bincount(lately, minlength=len(self.places_left))

    def invited(self, chosen: NDArray[np.int64]) -> "PlanState":
        """With these invitations sent."""
        last = self.last_invited.copy()
        last[chosen[:, 0]] = self.day
        counts = self.unfollowed.copy()
        counts[chosen[:, 0]] += 1
        return replace(
            self,
            last_invited=last,
            unfollowed=counts,
            invitations=np.concatenate([self.invitations, chosen]),
            invited_on=np.concatenate([self.invited_on, np.full(len(chosen), self.day)]),
            latest=chosen,
        )


def _inverse(at: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Where each old position stands now, -1 for those that are gone."""
    now = np.full(size, -1, np.int64)
    known = np.flatnonzero(at >= 0)
    now[at[known]] = known
    return now


def _renamed(
    pairs: NDArray[np.int64], person_now: NDArray[np.int64], role_now: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Rows and columns of pairs as they stand now, -1 where they are gone."""
    if not len(pairs):
        return pairs
    return np.stack([person_now[pairs[:, 0]], role_now[pairs[:, 1]]], axis=1)
