"""What one plan hands to the next: how people and groups have responded so far."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from matching.ranking.candidates import Candidates

#: What is believed before anything was seen, as so many cases: of applications that were answered,
#: 9 in 10 became placements; of invitations, 1 in 10 is followed.
ACCEPTED_BEFORE, ANSWERED_BEFORE = 18.0, 20.0
FOLLOWED_BEFORE, INVITED_BEFORE = 5.0, 50.0
#: Days after which what was seen counts half as much.
HALF_LIFE_DAYS = 56.0
_A_WEEK = 7.0
_NEVER = -1e6


@dataclass(frozen=True, eq=False)
class PlanState:
    """plans: how many there were. day: of the last plan, counted from the first. places_left,
    pending: at the last plan, (m,). most_places: the most places that each role was seen with,
    (m,). unanswered: days for which a role has had pending applications and answered none, (m,).
    eligible: the mask of the last plan, packed bits, None where it was sparse. accepted, answered:
    applications, faded. applied: applications in a week, all roles together, smoothed; -1 before
    any is known. last_invited: day, (n,). unfollowed: invitations in a row that came to nothing,
    (n,). invitations: all so far, (i × 2); latest: those of the last plan. followed, sent:
    invitations, faded.
    """

    plans: int
    day: float
    places_left: NDArray[np.int64]
    pending: NDArray[np.int64]
    most_places: NDArray[np.int64]
    unanswered: NDArray[np.float64]
    last_invited: NDArray[np.float64]
    unfollowed: NDArray[np.int64]
    invitations: NDArray[np.int64]
    latest: NDArray[np.int64]
    eligible: NDArray[np.uint8] | None = None
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
            last_invited=np.full(people, _NEVER),
            unfollowed=np.zeros(people, np.int64),
            invitations=pairs,
            latest=pairs,
        )

    def aligned(self, people: NDArray[np.int64], roles: NDArray[np.int64]) -> "PlanState":
        """The state for other rows and columns: where each of them stood here, -1 for new ones."""

        def moved(values: NDArray[Any], at: NDArray[np.int64], new: float = 0) -> NDArray[Any]:
            if not len(values):
                return np.full(len(at), new, values.dtype)
            return np.where(at >= 0, values[np.maximum(at, 0)], values.dtype.type(new))

        person_now = _inverse(people, len(self.last_invited))
        role_now = _inverse(roles, len(self.places_left))
        return replace(
            self,
            places_left=moved(self.places_left, roles),
            pending=moved(self.pending, roles),
            most_places=moved(self.most_places, roles),
            unanswered=moved(self.unanswered, roles),
            last_invited=moved(self.last_invited, people, _NEVER),
            unfollowed=moved(self.unfollowed, people),
            invitations=_renamed(self.invitations, person_now, role_now),
            latest=_renamed(self.latest, person_now, role_now),
            eligible=None,
        )

    def follow(
        self,
        candidates: "Candidates",
        left: NDArray[np.int64],
        pending: NDArray[np.int64],
        applications: ArrayLike | None,
        followed: ArrayLike | None,
        days: float,
    ) -> "PlanState":
        """What was seen in the days since, added: who applied, what was answered, which invitations
        worked.
        """
        mask = candidates.mask
        packed = None if mask is None else np.packbits(mask, axis=1)
        now = replace(
            self,
            plans=self.plans + 1,
            day=self.day + days if self.plans else 0.0,
            places_left=left,
            pending=pending,
            most_places=np.maximum(self.most_places, left),
            eligible=packed,
        )
        if not self.plans:
            return now
        gone = self._applied_for(mask)
        accepted = np.maximum(self.places_left - left, 0)
        if applications is None:
            # Two lower bounds: who was accepted is often gone altogether, and so not in the mask.
            received = np.maximum(pending - self.pending + accepted, 0)
            received = received if gone is None else np.maximum(received, gone.sum(axis=0))
        else:
            received = np.array(applications, np.int64)
        answered = np.maximum(self.pending + received - pending, accepted)
        silent = (self.pending > 0) & (answered == 0)
        a_week = float(received.sum()) * _A_WEEK / max(days, 1e-3)
        new = 1.0 if self.applied < 0 else 1 - 0.5 ** (days / _A_WEEK)
        fades = 0.5 ** (days / HALF_LIFE_DAYS)
        now = replace(
            now,
            unanswered=np.where(silent, self.unanswered + days, 0.0),
            accepted=fades * self.accepted + float(accepted.sum()),
            answered=fades * self.answered + float(answered.sum()),
            applied=(1 - new) * self.applied + new * a_week,
        )
        if followed is not None:
            pairs = np.array(followed, np.int64).reshape(-1, 2)
            return now._with_followed(pairs, len(self.latest), fades)
        if gone is None or mask is None:
            return now
        people, roles = _there(mask)
        there = people[self.latest[:, 0]] & roles[self.latest[:, 1]]
        worked = self.latest[gone[self.latest[:, 0], self.latest[:, 1]]]
        return now._with_followed(worked, int(there.sum()), fades)

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

    def may_be_invited(self, days: float, most_unfollowed: int) -> NDArray[np.bool_]:
        """Who was not invited in the last `days`, and follows invitations at all, (n,)."""
        rested = self.day - self.last_invited >= days
        return rested & (self.unfollowed < most_unfollowed)

    def was_invited(self, people: NDArray[np.int64], roles: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which pairs were invited before."""
        columns = len(self.places_left)
        before = self.invitations[:, 0] * columns + self.invitations[:, 1]
        return np.isin(people * columns + roles, before)

    def expected_of(self, chosen: NDArray[np.int64], roles: int) -> NDArray[np.float64]:
        """Applications to be expected of these invitations, (m,)."""
        invited = np.bincount(chosen[:, 1], minlength=roles)
        return (self.followed_share * invited).astype(np.float64)

    def invited(self, chosen: NDArray[np.int64]) -> "PlanState":
        """With these invitations sent."""
        last = self.last_invited.copy()
        last[chosen[:, 0]] = self.day
        counts = self.unfollowed.copy()
        counts[chosen[:, 0]] += 1
        together = np.concatenate([self.invitations, chosen])
        return replace(
            self, last_invited=last, unfollowed=counts, invitations=together, latest=chosen
        )

    def _applied_for(self, mask: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
        """Pairs that were eligible and are no more, while person and role both still are: what
        somebody applied for. None where the masks cannot be compared.
        """
        if mask is None or self.eligible is None or self.eligible.shape[0] != mask.shape[0]:
            return None
        if self.eligible.shape[1] != (mask.shape[1] + 7) // 8:
            return None
        before = np.unpackbits(self.eligible, axis=1, count=mask.shape[1]).astype(bool)
        people, roles = _there(mask)
        still = people[:, None] & roles[None, :]
        return before & ~mask & still

    def _with_followed(self, pairs: NDArray[np.int64], sent: int, fades: float) -> "PlanState":
        """With the invitations that were followed, of so many sent."""
        counts = self.unfollowed.copy()
        counts[pairs[:, 0]] = 0
        return replace(
            self,
            unfollowed=counts,
            followed=fades * self.followed + len(pairs),
            sent=fades * self.sent + max(sent, len(pairs)),
        )


def _there(mask: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who can be offered anything, and what can be offered to anybody."""
    return np.asarray(mask.any(axis=1)), np.asarray(mask.any(axis=0))


def _inverse(at: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Where each old position stands now, -1 for those that are gone."""
    now = np.full(size, -1, np.int64)
    known = np.flatnonzero(at >= 0)
    now[at[known]] = known
    return now


def _renamed(
    pairs: NDArray[np.int64], person_now: NDArray[np.int64], role_now: NDArray[np.int64]
) -> NDArray[np.int64]:
    if not len(pairs):
        return pairs
    renamed = np.stack([person_now[pairs[:, 0]], role_now[pairs[:, 1]]], axis=1)
    return renamed[(renamed >= 0).all(axis=1)]
