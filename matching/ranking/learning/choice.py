"""Which role of a list people answer: a choice model whose coefficients are the weights.

Of one look's roles, role i is answered with probability ∝ exp(β · parts_i + effect of its place): a
conditional logit (McFadden 1974), fitted with graded gains as the listwise softmax loss of ranking
(Cao et al. 2007). What is the same for a whole list cancels, so that people who answer much and
people who answer little teach the same. A part that is not known counts as its neutral value.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from matching.ranking.learning.position import NO_EFFECT, STEPS, PositionEffect, doublings
from matching.ranking.learning.seen import Seen
from matching.ranking.weights import Neutral, Weights

#: Gains that one person's answers add up to at most: nobody, and no program, decides alone.
MOST_OF_ONE_PERSON = 5.0
#: No part is switched off: lists would hold no trace of it, and nothing more be learned of it.
LEAST_WEIGHT = 0.005
_STEEPEST = 400.0
#: How little the weights are held while the effect of the place is refined.
_LOOSE = 3.0
_TINY = 1e-12


@dataclass(frozen=True, eq=False)
class Coefficients:
    """steepness × weight (p,), and steepness × weight × neutral value (p,), all at least 0."""

    weights: NDArray[np.float64]
    neutral: NDArray[np.float64]

    @classmethod
    def of(cls, weights: Weights, neutral: Neutral, steepness: float) -> "Coefficients":
        """Those of given weights: by `steepness` a whole point of score moves the log-odds."""
        each = np.array([*weights.as_dict().values()]) * steepness
        return cls(each, each * np.array([*neutral.as_dict().values()]))

    def as_weights(self, prior: Neutral) -> tuple[Weights, Neutral]:
        """As weights that add up to 1, each about `LEAST_WEIGHT` or more, and neutral values; the
        `prior` one for a part that does not count. Raises ValueError where no part counts.
        """
        total = self.weights.sum()
        if total <= _TINY:
            raise ValueError("no part counts")
        names = list(prior.as_dict())
        least = np.maximum(self.weights / total, LEAST_WEIGHT)
        shares = (least / least.sum()).tolist()
        shares[int(np.argmax(shares))] += 1 - sum(shares)
        counts = self.weights > _TINY * total
        found = self.neutral / np.where(counts, self.weights, 1)
        values = np.where(counts, np.clip(found, 0, 1), [*prior.as_dict().values()])
        return (
            Weights(**dict(zip(names, shares, strict=True))),
            Neutral(**dict(zip(names, values.tolist(), strict=True))),
        )

    @property
    def joined(self) -> NDArray[np.float64]:
        return np.concatenate([self.weights, self.neutral])


@dataclass(frozen=True, eq=False)
class Choices:
    """The looks that somebody answered: r rows in l lists.

    inputs: float64 (r × 2p), known values, then where a part is not known. places: log attention,
    (r,). targets: float64 (r,), what speaks for each row. starts: intp (l,). days: (l,).
    """

    inputs: NDArray[np.float64]
    places: NDArray[np.float64]
    targets: NDArray[np.float64]
    starts: NDArray[np.intp]
    days: NDArray[np.float64]

    @classmethod
    def of(cls, seen: Seen, effect: PositionEffect) -> "Choices":
        """Those of the looks that somebody answered and that had more than one role."""
        rows, targets = _targets(seen)
        answered = seen.take(rows)
        known = answered.known
        return cls(
            np.concatenate([np.where(known, answered.values, 0), ~known], axis=1).astype(float),
            effect.log_attention(answered.places),
            targets[rows],
            answered.starts,
            answered.days[answered.starts],
        )

    @cached_property
    def sizes(self) -> NDArray[np.intp]:
        """Rows of each list, (l,)."""
        return np.diff(np.r_[self.starts, len(self.targets)])

    @cached_property
    def masses(self) -> NDArray[np.float64]:
        """How much each list says, (l,)."""
        return np.add.reduceat(self.targets, self.starts) if len(self.starts) else np.zeros(0)

    @cached_property
    def spread(self) -> NDArray[np.float64]:
        """Standard deviation of each input within its list, (2p,)."""
        if not len(self.starts):
            return np.zeros(self.inputs.shape[1])
        means = np.add.reduceat(self.inputs, self.starts, axis=0) / self.sizes[:, None]
        return np.sqrt(np.square(self.inputs - np.repeat(means, self.sizes, axis=0)).mean(axis=0))

    def within(self, first: float, last: float) -> "Choices":
        """The lists looked at from day `first` on and before day `last`."""
        kept = (self.days >= first) & (self.days < last)
        rows = np.repeat(kept, self.sizes)
        starts = np.r_[0, np.cumsum(self.sizes[kept])][:-1].astype(np.intp)
        return Choices(
            self.inputs[rows], self.places[rows], self.targets[rows], starts, self.days[kept]
        )

    def losses(self, at: Coefficients) -> NDArray[np.float64]:
        """Cross-entropy of each list, summed over what it says, (l,)."""
        logs, _ = self._chances(at.joined)
        return -np.add.reduceat(self.targets * logs, self.starts) if len(logs) else np.zeros(0)

    def loss_and_gradient(self, at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Cross-entropy in all, and its gradient by the coefficients (2p,)."""
        logs, chances = self._chances(at)
        off = np.repeat(self.masses, self.sizes) * chances - self.targets
        return float(-self.targets @ logs), self.inputs.T @ off

    def _chances(self, at: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Logarithm of each row's chance within its list, and the chance, (r,)."""
        if not len(self.starts):
            return np.zeros(0), np.zeros(0)
        odds = self.inputs @ at + self.places
        odds -= np.repeat(np.maximum.reduceat(odds, self.starts), self.sizes)
        sums = np.add.reduceat(np.exp(odds), self.starts)
        logs = odds - np.repeat(np.log(sums), self.sizes)
        return logs, np.exp(logs)


def steepness(choices: Choices, weights: Weights, neutral: Neutral) -> float:
    """By how much a point of score moves the log-odds of being answered, at least 1."""

    def loss(logarithm: float) -> float:
        at = Coefficients.of(weights, neutral, float(np.exp(logarithm)))
        return float(choices.losses(at).sum())

    found = minimize_scalar(loss, bounds=(0.0, np.log(_STEEPEST)), method="bounded")
    return float(np.exp(found.x))


def fitted(choices: Choices, prior: Coefficients, strength: float) -> Coefficients:
    """The coefficients that say most about the choices, none below 0, held to `prior`.

    strength: what it costs, in units of the loss, to move a part's contribution within a list by
    one standard deviation of log-odds away from the prior; inf gives the prior.
    """
    if np.isinf(strength):
        return prior
    scale = strength * np.square(choices.spread)

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, gradient = choices.loss_and_gradient(at)
        off = at - prior.joined
        return value + float(scale @ np.square(off)) / 2, gradient + scale * off

    bounds = [(0.0, None)] * len(prior.joined)
    found = minimize(loss, prior.joined, jac=True, method="L-BFGS-B", bounds=bounds)
    # An input that never differs within a list says nothing: what was known before stands.
    at = np.where(choices.spread > 0, found.x, prior.joined)
    return Coefficients(*np.split(at, 2))


def refined(
    seen: Seen, effect: PositionEffect, precision: NDArray[np.float64], prior: Coefficients
) -> PositionEffect:
    """The effect of the place as all lists tell it, held to what the randomised share told by its
    `precision`. The weights are free meanwhile: they must not decide what they are judged by.
    """
    choices = Choices.of(seen, NO_EFFECT)
    if not len(choices.starts):
        return effect
    rows, _ = _targets(seen)
    inputs = np.concatenate([choices.inputs, -doublings(seen.places[rows])], axis=1)
    free = replace(choices, inputs=inputs)
    scale, of_places = _LOOSE * np.square(choices.spread), np.array(effect.steps)

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, gradient = free.loss_and_gradient(at)
        off, moved = at[:-STEPS] - prior.joined, at[-STEPS:] - of_places
        pull = precision @ moved
        value += float(scale @ np.square(off) + moved @ pull) / 2
        return value, gradient + np.r_[scale * off, pull]

    start = np.r_[prior.joined, of_places]
    bounds = [(0.0, None)] * len(start)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return PositionEffect(tuple(found.x[-STEPS:].tolist()), effect.moved)


def _targets(seen: Seen) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which rows belong to lists that say something, and what speaks for each row.

    What speaks against a role speaks for all others of its list alike.
    """
    if not len(seen):
        return np.zeros(0, bool), np.zeros(0)
    starts = seen.starts
    sizes = np.diff(np.r_[starts, len(seen)])
    gains = seen.gains
    against = np.maximum(-gains, 0) / np.repeat(np.maximum(sizes - 1, 1), sizes)
    of_list = np.repeat(np.add.reduceat(against, starts), sizes)
    targets = np.maximum(gains, 0) + of_list - against
    says = np.repeat((np.add.reduceat(np.abs(gains), starts) > 0) & (sizes > 1), sizes)
    targets = np.where(says, targets, 0)
    _, person = np.unique(seen.people, return_inverse=True)
    of_person = np.bincount(person, weights=targets)
    share = np.minimum(1, MOST_OF_ONE_PERSON / np.maximum(of_person, _TINY))
    return says, targets * share[person]
