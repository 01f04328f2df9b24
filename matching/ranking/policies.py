"""Policies: what makes an order of scores."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.ranking.eligibility import RuleOutcomes


class Policy(Protocol):
    """Orders pairs for lists. Name and version are kept with everything that is shown."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def order(self, scores: NDArray[np.float32], outcomes: RuleOutcomes) -> NDArray[np.float32]:
        """What lists are ordered by, highest first; -inf keeps a pair off the list, (n × m)."""


@dataclass(frozen=True)
class SimilarityPolicy:
    """The best suited of the pairs that every rule allows; so full roles are hidden."""

    name: str = field(default="similarity", init=False)
    version: str = field(default="1", init=False)

    def order(self, scores: NDArray[np.float32], outcomes: RuleOutcomes) -> NDArray[np.float32]:
        """The score itself, -inf where a rule keeps the two apart, (n × m)."""
        return np.where(outcomes.eligible, scores, np.float32(-np.inf))


@dataclass(frozen=True, eq=False)
class Pool:
    """Everybody and every role at the moment of a plan: suitability (n × m), eligible (n × m),
    places_left and pending (m,), waiting in days (n,).
    """

    suitability: NDArray[np.float32]
    eligible: NDArray[np.bool_]
    places_left: NDArray[np.int64]
    pending: NDArray[np.int64]
    waiting: NDArray[np.float64]


class SpreadPolicy(Protocol):
    """Gives lists that change with what happens between two plans."""

    @property
    def name(self) -> str: ...

    @property
    def invitations(self) -> NDArray[np.int64]:
        """Rows of person and role, of the last fit."""

    def fit(self, pool: Pool) -> "SpreadPolicy":
        """Look at the whole pool, once a week."""

    def lists(
        self,
        people: NDArray[np.int64],
        eligible: NDArray[np.bool_],
        places_left: NDArray[np.int64],
        pending: NDArray[np.int64],
        k: int,
    ) -> NDArray[np.int64]:
        """Lists of some people at one moment, best first, -1 padded, (b × k)."""


class Listed:
    """Lists by a value of each pair, which the classes below give."""

    name = ""
    invitations: NDArray[np.int64] = np.empty((0, 2), np.int64)

    def fit(self, pool: Pool) -> "Listed":
        self.pool = pool
        return self

    def worth(
        self,
        people: NDArray[np.int64],
        places_left: NDArray[np.int64],
        pending: NDArray[np.int64],
    ) -> NDArray[np.float32]:
        """What lists are ordered by, (b × m); -inf keeps a role off."""
        return self.pool.suitability[people]

    def lists(
        self,
        people: NDArray[np.int64],
        eligible: NDArray[np.bool_],
        places_left: NDArray[np.int64],
        pending: NDArray[np.int64],
        k: int,
    ) -> NDArray[np.int64]:
        worth = np.where(eligible, self.worth(people, places_left, pending), -np.inf)
        return best_k(worth, k)


def best_k(worth: NDArray[np.floating], k: int) -> NDArray[np.int64]:
    """Columns of the k highest values above -inf of each row, best first, -1 padded."""
    k_here = min(k, worth.shape[1])
    best = np.argpartition(-worth, k_here - 1, axis=1)[:, :k_here]
    values = np.take_along_axis(worth, best, 1)
    order = np.argsort(-values, axis=1, kind="stable")
    best, values = np.take_along_axis(best, order, 1), np.take_along_axis(values, order, 1)
    best = np.where(np.isneginf(values), -1, best)
    return np.pad(best, ((0, 0), (0, k - k_here)), constant_values=-1)


class Popularity(Listed):
    name = "popularity"

    def __init__(self, views: NDArray[np.float64]) -> None:
        self.views = views

    def worth(self, people, places_left, pending):
        return np.broadcast_to(self.views, (len(people), len(self.views)))


class SimilarityOnly(Listed):
    name = "similarity only"


class FullHidden(Listed):
    name = "similarity, full roles hidden"

    def worth(self, people, places_left, pending):
        return np.where(places_left > 0, self.pool.suitability[people], -np.inf)


class PendingCap(Listed):
    name = "pending cap"

    def __init__(self, multiple: float = 1.0) -> None:
        self.multiple = multiple

    def worth(self, people, places_left, pending):
        free = (places_left > 0) & (pending < np.maximum(1, self.multiple * places_left))
        return np.where(free, self.pool.suitability[people], -np.inf)


class SmartSort(Listed):
    name = "SmartSort (0.9 per application)"

    def worth(self, people, places_left, pending):
        places = np.maximum(self.pool.places_left, 1)
        return np.where(
            places_left > 0, self.pool.suitability[people] * 0.9**pending, -np.inf
        )


class SmartSortFull(Listed):
    name = "SmartSort (by how full)"

    def worth(self, people, places_left, pending):
        full = pending / np.maximum(places_left, 1)
        return np.where(
            places_left > 0, self.pool.suitability[people] * np.maximum(0.02, 1 - full), -np.inf
        )
