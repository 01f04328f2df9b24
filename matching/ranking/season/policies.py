"""Policies of a season: what decides which roles a list shows, and who is written to.

One interface for all of them, the honest baselines among them, so that what one policy gains over
another is measured under the same people, the same groups and the same chance:

    policy = PendingCap()
    policy.fit(pool)                                                    # once a week
    policy.invitations                                                  # rows of person and role
    policy.lists(people, eligible, places_left, pending, k=10)          # at each look
"""

from dataclasses import dataclass, replace
from typing import Literal, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from matching.ranking.allocation import AllocationSettings, Plan, plan, worth_now
from matching.ranking.plan_state import PlanState

NOBODY_INVITED: NDArray[np.int64] = np.empty((0, 2), np.int64)


@dataclass(frozen=True, eq=False)
class Pool:
    """n people and m roles at the moment of a plan.

    suitability: what the ranking is told, any unit, (n × m). eligible: which pairs every rule
    allows, (n × m). places_left, pending: people, (m,). waiting: days, (n,).
    """

    suitability: NDArray[np.float32]
    eligible: NDArray[np.bool_]
    places_left: NDArray[np.int64]
    pending: NDArray[np.int64]
    waiting: NDArray[np.float64]


class SeasonPolicy(Protocol):
    """Decides what lists show."""

    @property
    def name(self) -> str:
        """As tables print it."""

    @property
    def invitations(self) -> NDArray[np.int64]:
        """(i × 2) person and role, to be written to after the last `fit`."""

    def fit(self, pool: Pool) -> Self:
        """Look at the whole pool, once a week."""

    def lists(
        self,
        people: NDArray[np.int64],
        eligible: NDArray[np.bool_],
        places_left: NDArray[np.int64],
        pending: NDArray[np.int64],
        k: int,
    ) -> NDArray[np.int64]:
        """Lists of b people (rows of the pool) at one moment, best first, padded with -1, (b × k).

        eligible: (b × m); places_left, pending: of that moment, (m,).
        """


def best_k(worth: NDArray[np.floating], k: int) -> NDArray[np.int64]:
    """Columns of the k highest values above -inf of each row, best first, padded with -1, (b × k).
    Of equal values the first column comes first.
    """
    at_most = min(k, worth.shape[1])
    order = np.argsort(-worth, axis=1, kind="stable")[:, :at_most]
    best = np.where(np.isneginf(np.take_along_axis(worth, order, axis=1)), -1, order)
    return np.pad(best, ((0, 0), (0, k - at_most)), constant_values=-1)


class ByWorth:
    """Lists in the order of what each role is worth to each person, which subclasses say."""

    name = "by worth"
    pool: Pool

    def __init__(self) -> None:
        self.invitations = NOBODY_INVITED

    def fit(self, pool: Pool) -> Self:
        self.pool = pool
        return self

    def worth(
        self,
        people: NDArray[np.int64],
        places_left: NDArray[np.int64],
        pending: NDArray[np.int64],
    ) -> NDArray[np.floating]:
        """What lists are ordered by, -inf for what is not on them, (b × m)."""
        return self.pool.suitability[people]

    def lists(
        self,
        people: NDArray[np.int64],
        eligible: NDArray[np.bool_],
        places_left: NDArray[np.int64],
        pending: NDArray[np.int64],
        k: int,
    ) -> NDArray[np.int64]:
        return best_k(np.where(eligible, self.worth(people, places_left, pending), -np.inf), k)


class Popularity(ByWorth):
    """The same for everybody: what was looked at most. views: of each role, (m,)."""

    name = "popularity"

    def __init__(self, views: NDArray[np.float64]) -> None:
        super().__init__()
        self.views = views

    def worth(
        self,
        people: NDArray[np.int64],
        places_left: NDArray[np.int64],
        pending: NDArray[np.int64],
    ) -> NDArray[np.floating]:
        return np.broadcast_to(self.views, (len(people), len(self.views)))


class SimilarityOnly(ByWorth):
    """The best suited, whatever room there is: the usual recommender, and the baseline."""

    name = "similarity only"


class FullHidden(ByWorth):
    """The best suited of the roles that have a place left."""

    name = "similarity, full roles hidden"

    def worth(
        self,
        people: NDArray[np.int64],
        places_left: NDArray[np.int64],
        pending: NDArray[np.int64],
    ) -> NDArray[np.floating]:
        return np.where(places_left > 0, self.pool.suitability[people], -np.inf)


class SmartSort(ByWorth):
    """The sorting that VolunteerMatch took into use (Manshadi, Rodilitz, Saban and Suresh 2023,
    "Redesigning VolunteerMatch's Search Algorithm"): a role sinks as people ask for it.

    by: "applications", × 0.9 for each that waits; "fullness", × the share of the places left that
    nobody waits for.
    """

    _KEPT_FOR_EACH = 0.9
    _LEAST = 0.02

    def __init__(self, by: Literal["applications", "fullness"] = "applications") -> None:
        super().__init__()
        self.by = by
        how = "0.9 per application" if by == "applications" else "by how full"
        self.name = f"SmartSort ({how})"

    def worth(
        self,
        people: NDArray[np.int64],
        places_left: NDArray[np.int64],
        pending: NDArray[np.int64],
    ) -> NDArray[np.floating]:
        if self.by == "applications":
            kept = self._KEPT_FOR_EACH**pending
        else:
            kept = np.maximum(self._LEAST, 1 - pending / np.maximum(places_left, 1))
        return np.where(places_left > 0, self.pool.suitability[people] * kept, -np.inf)


class PendingCap(ByWorth):
    """The best suited of the roles for which fewer wait than there are places left, times
    `multiple`: a rule so cheap that whatever is more costly has to beat it.
    """

    name = "pending cap"

    def __init__(self, multiple: float = 1.0) -> None:
        super().__init__()
        self.multiple = multiple

    def worth(
        self,
        people: NDArray[np.int64],
        places_left: NDArray[np.int64],
        pending: NDArray[np.int64],
    ) -> NDArray[np.floating]:
        room = pending < np.maximum(1, self.multiple * places_left)
        return np.where((places_left > 0) & room, self.pool.suitability[people], -np.inf)


class CapAndMail(PendingCap):
    """The control for invitations: the cap, and mail to people drawn by lot about places drawn by
    lot, as rarely to each person and as often for each place as ours. What ours gains over this is
    not gained by writing more mail.
    """

    name = "cap + untargeted invitations"
    _DAYS = 7

    def __init__(self, seed: int, settings: AllocationSettings | None = None) -> None:
        super().__init__()
        self.settings = settings or AllocationSettings()
        self.draw = np.random.default_rng([seed, 4])

    def fit(self, pool: Pool) -> Self:
        super().fit(pool)
        people = len(pool.waiting)
        if not hasattr(self, "rested"):
            self.rested = np.full(people, self.settings.invitation_gap)
            self.mails = np.zeros(people, np.int64)
        may = pool.eligible.any(axis=1) & (self.rested >= self.settings.invitation_gap)
        may &= self.mails < self.settings.most_unanswered
        free = np.where(pool.eligible.any(axis=0), pool.places_left - pool.pending, 0)
        wanted = np.ceil(np.maximum(free, 0) * self.settings.invited_for_each).astype(np.int64)
        places = self.draw.permutation(np.repeat(np.arange(len(free)), wanted))
        lucky = self.draw.permutation(np.flatnonzero(may))[: len(places)]
        pairs = np.stack([lucky, places[: len(lucky)]], axis=1)
        self.invitations = pairs[pool.eligible[pairs[:, 0], pairs[:, 1]]]
        self.rested += self._DAYS
        self.rested[self.invitations[:, 0]] = self._DAYS
        self.mails[self.invitations[:, 0]] += 1
        return self


class Ours:
    """What the service does: `allocation.plan` each week, and `allocation.serve` at each look.

    settings: of the allocation. remembers: whether a role sinks for a person to whom it was shown
    before, as the service does where it knows.
    """

    def __init__(
        self,
        settings: AllocationSettings | None = None,
        *,
        remembers: bool = False,
        name: str = "ours",
    ) -> None:
        self.name = name
        self.settings = settings or AllocationSettings()
        self.remembers = remembers
        self.invitations = NOBODY_INVITED
        self.state: PlanState | None = None
        self.seen: NDArray[np.uint8] | None = None
        self.pool: Pool | None = None
        self.plan: Plan | None = None

    @classmethod
    def without_invitations(cls) -> "Ours":
        """Lists as ours, and no mail."""
        silent = replace(AllocationSettings(), invited_for_each=0.0, invited_for_empty=0)
        return cls(silent, name="ours, no invitations")

    def fit(self, pool: Pool) -> Self:
        self.pool = pool
        self.plan = plan(
            pool.suitability,
            pool.eligible,
            pool.places_left,
            pool.pending,
            pool.waiting,
            self.state,
            settings=self.settings,
        )
        self.state, self.invitations = self.plan.state, self.plan.invitations
        if self.remembers and self.seen is None:
            self.seen = np.zeros(pool.suitability.shape, np.uint8)
        return self

    def lists(
        self,
        people: NDArray[np.int64],
        eligible: NDArray[np.bool_],
        places_left: NDArray[np.int64],
        pending: NDArray[np.int64],
        k: int,
    ) -> NDArray[np.int64]:
        if self.plan is None or self.pool is None:
            raise ValueError("fit comes before lists")
        seen = None if self.seen is None else self.seen[people]
        scores = self.pool.suitability[people]
        shown = best_k(worth_now(self.plan, scores, eligible, places_left, pending, seen), k)
        if self.seen is not None:
            rows, places = np.nonzero(shown >= 0)
            self.seen[people[rows], shown[rows, places]] += 1
        return shown
