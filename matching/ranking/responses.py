"""What people and groups did between two plans, read off what is possible, left and pending now,
and what the next plan knows of it.

A caller who counts applications and followed invitations says so, and is believed. Whoever only
hands over the tables of each plan is read as follows. A pair that was possible and is no more,
while person and role are both still there, is an application. A person who is gone altogether was
taken on somewhere or left; of those, as many were taken on as places have gone.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, issparse

from matching.ranking.plan_state import PlanState

if TYPE_CHECKING:
    from matching.ranking.candidates import Candidates

#: Days after which what was seen counts half as much.
HALF_LIFE_DAYS = 56.0
_A_WEEK = 7.0


@dataclass(frozen=True, eq=False)
class Responses:
    """received, accepted, answered: applications of each role, (m,). followers: people still there
    who followed an invitation. followed: invitations that were, also by people who are gone; sent:
    invitations that this is out of.
    """

    received: NDArray[np.int64]
    accepted: NDArray[np.int64]
    answered: NDArray[np.int64]
    followers: NDArray[np.int64]
    followed: float
    sent: int


def taken_in(
    before: PlanState,
    candidates: "Candidates",
    left: NDArray[np.int64],
    pending: NDArray[np.int64],
    waiting: NDArray[np.float64],
    applications: ArrayLike | None,
    followed: ArrayLike | None,
    days: float | None,
) -> PlanState:
    """`before` with what was seen since: who applied, what was answered, which invitations worked.
    waiting: days, (n,). days: since then; None: as many as people have waited longer. Raises
    ValueError where `before` is the state of other people or roles.
    """
    if before.shape != (len(waiting), len(left)):
        raise ValueError(
            f"the state is of {before.shape[0]} people and {before.shape[1]} roles, this plan of "
            f"{len(waiting)} and {len(left)}: PlanState.aligned(people, roles) brings it along"
        )
    days = _days_until(before, waiting) if days is None else days
    mask = candidates.mask
    now = replace(
        before,
        plans=before.plans + 1,
        day=before.day + days if before.plans else 0.0,
        places_left=left,
        pending=pending,
        most_places=np.maximum(before.most_places, left),
        waiting=waiting,
        eligible=csr_array(mask) if issparse(mask) else np.packbits(mask, axis=1),
    )
    if not before.plans:
        return now
    seen = read(before, candidates, left, pending, applications, followed)
    silent = (before.pending > 0) & (seen.answered == 0)
    a_week = float(seen.received.sum()) * _A_WEEK / max(days, 1e-3)
    new = 1.0 if before.applied < 0 else 1 - 0.5 ** (days / _A_WEEK)
    fades = 0.5 ** (days / HALF_LIFE_DAYS)
    counts = before.unfollowed.copy()
    counts[seen.followers] = 0
    return replace(
        now,
        unanswered=np.where(silent, before.unanswered + days, 0.0),
        accepted=fades * before.accepted + float(seen.accepted.sum()),
        answered=fades * before.answered + float(seen.answered.sum()),
        applied=(1 - new) * before.applied + new * a_week,
        unfollowed=counts,
        followed=fades * before.followed + seen.followed,
        sent=fades * before.sent + seen.sent,
    )


def _days_until(before: PlanState, waiting: NDArray[np.float64]) -> float:
    """By how much longer people have waited now, those who were waiting before; else a week."""
    longer = waiting - before.waiting
    longer = longer[(before.waiting > 0) & (longer > 0)]
    return float(np.median(longer)) if len(longer) else _A_WEEK


def read(
    before: PlanState,
    candidates: "Candidates",
    left: NDArray[np.int64],
    pending: NDArray[np.int64],
    applications: ArrayLike | None,
    followed: ArrayLike | None,
) -> Responses:
    """What happened since `before`. applications: of each role, (m,), followed: (f × 2), where they
    are known.
    """
    table = _Tables.of(before, candidates)
    accepted = np.maximum(before.places_left - left, 0)
    if table is None:
        received = np.maximum(pending - before.pending + accepted, 0)
    else:
        accepted = _without_closed(accepted, table)
        asked = np.bincount(table.asked[1], minlength=len(left))
        taken_on = np.minimum(accepted, table.gone_people)
        received = np.maximum(asked + taken_on, pending - before.pending + accepted)
        received = np.maximum(received, 0)
    if applications is not None:
        received = np.array(applications, np.int64)
    answered = np.maximum(before.pending + received - pending, accepted)
    followers, many, sent = _followed(before, table, accepted, followed)
    return Responses(received, accepted, answered, followers, many, sent)


@dataclass(frozen=True, eq=False)
class _Tables:
    """asked: rows and columns that were possible and are no more, both still there. here, were:
    people who can be offered something now, and before, (n,). open: roles that can be offered,
    (m,). gone_people: how many people are gone.
    """

    asked: tuple[NDArray[np.int64], NDArray[np.int64]]
    here: NDArray[np.bool_]
    were: NDArray[np.bool_]
    open: NDArray[np.bool_]

    @property
    def gone_people(self) -> int:
        return int((self.were & ~self.here).sum())

    @classmethod
    def of(cls, before: PlanState, candidates: "Candidates") -> "_Tables | None":
        """None where the tables of the two plans cannot be compared."""
        mask, then = candidates.mask, before.eligible
        if then is None or issparse(mask) != issparse(then):
            return None
        if issparse(mask):
            return cls._of_sparse(csr_array(then), csr_array(mask))
        possible = np.unpackbits(then, axis=1, count=mask.shape[1]).astype(bool)
        here, is_open = np.asarray(mask.any(axis=1)), np.asarray(mask.any(axis=0))
        rows, columns = np.nonzero(possible & ~mask & here[:, None] & is_open[None, :])
        return cls((rows, columns), here, np.asarray(possible.any(axis=1)), is_open)

    @classmethod
    def _of_sparse(cls, possible: csr_array, mask: csr_array) -> "_Tables":
        here = np.asarray(mask.sum(axis=1)).ravel() > 0
        is_open = np.asarray(mask.sum(axis=0)).ravel() > 0
        rows, columns = (possible > possible.multiply(mask)).nonzero()
        there = here[rows] & is_open[columns]
        were = np.asarray(possible.sum(axis=1)).ravel() > 0
        return cls((rows[there], columns[there]), here, were, is_open)


def _without_closed(accepted: NDArray[np.int64], table: _Tables) -> NDArray[np.int64]:
    """Places that went to somebody: a role that closed may say that none are left."""
    if accepted.sum() <= max(table.gone_people, len(table.asked[0])):
        return accepted
    return np.where(table.open, accepted, 0)


def _followed(
    before: PlanState,
    table: _Tables | None,
    accepted: NDArray[np.int64],
    followed: ArrayLike | None,
) -> tuple[NDArray[np.int64], float, int]:
    latest, columns = before.latest, len(before.places_left)
    if followed is not None:
        pairs = np.array(followed, np.int64).reshape(-1, 2)
        return pairs[:, 0], float(len(pairs)), max(len(latest), len(pairs))
    if table is None or not len(latest):
        return np.empty(0, np.int64), 0.0, 0
    asked = table.asked[0] * columns + table.asked[1]
    worked = np.isin(before.invitations @ [columns, 1], asked)
    followers = before.invitations[worked, 0]
    people, roles = latest.T
    gone = table.were[people] & ~table.here[people]
    others = table.were.copy()
    others[people] = False
    # Some of those who were invited would be gone without it, as others are.
    usual = float((~table.here[others]).mean()) if others.any() else 0.0
    of_role = np.bincount(roles[gone], minlength=columns)
    most = float(np.minimum(of_role, accepted).sum())
    unseen = float(np.clip(gone.sum() - usual * len(people), 0.0, most))
    return followers, len(followers) + unseen, len(latest)
