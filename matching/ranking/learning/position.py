"""How much less a place further down the page is looked at, learned from the randomised share.

Roles further down are asked for less because they suit less and because fewer people get that far.
Only where chance put a role are the two apart. Each showing is weighted by the inverse of the
probability with which it came to its place (Horvitz and Thompson 1952): among the weighted ones
every role is as often at each place, so what is left between places is attention.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from matching.ranking.learning.seen import Seen

#: The effect runs straight between these places on a scale of doublings.
KNOTS = (1, 2, 4, 8, 16, 32)
STEPS = len(KNOTS) - 1
#: What each doubling takes before anything is known: attention ∝ place^-0.7. A guess; simulations
#: of search results usually take 1 (Joachims et al. 2017).
PRIOR_STEP = 0.7 * math.log(2)
#: How sure we are of it: standard deviation of each step.
_PRIOR_SPREAD = 0.35
#: A showing that chance moved came to its place with less than this.
_MOVED = 0.5
#: No showing weighs more than this times one that was certain to be there.
MOST_WEIGHT = 1000.0
#: A rate of answers above e to this is none.
_HIGHEST_LOG = 5.0
#: Nobody is taken to look at a place less than this share of how they look at the first.
LEAST_ATTENTION = 0.1


@dataclass(frozen=True)
class PositionEffect:
    """steps: what each doubling of the place takes from the logarithm of attention, at least 0,
    (len(KNOTS) - 1,). moved: from how many showings that chance had moved it was learned.
    """

    steps: tuple[float, ...]
    moved: int

    def log_attention(self, places: NDArray[np.integer]) -> NDArray[np.float64]:
        """Logarithm of `attention`."""
        return np.maximum(-doublings(places) @ np.array(self.steps), np.log(LEAST_ATTENTION))

    def attention(self, places: NDArray[np.integer]) -> NDArray[np.float64]:
        """How much each place is looked at, as a share of the first: falling, in
        [`LEAST_ATTENTION`, 1].
        """
        return np.exp(self.log_attention(places))


#: Every place looked at alike: what a fit that trusts every click assumes.
NO_EFFECT = PositionEffect((0.0,) * STEPS, 0)
#: What is assumed where chance moved nothing.
PRIOR_EFFECT = PositionEffect((PRIOR_STEP,) * STEPS, 0)


def position_effect(
    seen: Seen, scores: NDArray[np.floating]
) -> tuple[PositionEffect, NDArray[np.float64]]:
    """The effect of the place on whether a role is answered at all, beside that of its score; and
    how sure that is, as a precision matrix of the steps.

    A weighted log-linear regression, its steps held to `PRIOR_STEP` where chance moved few roles.
    """
    drawn = seen.take(seen.propensities < 1)
    moved = int((drawn.propensities < _MOVED).sum())
    if not moved:
        return PRIOR_EFFECT, np.eye(STEPS) / _PRIOR_SPREAD**2
    weights = np.minimum(1 / drawn.propensities, MOST_WEIGHT)
    # As much as those that chance moved can tell; the rest is what they are held against.
    weights *= moved / weights.sum()
    of_drawn = scores[seen.propensities < 1]
    centred = of_drawn - np.average(of_drawn, weights=weights)
    design = np.column_stack([np.ones(len(drawn)), centred, -doublings(drawn.places)])
    found = _fitted(design, drawn.answered.astype(float), weights)
    information = (design * (weights * np.exp(design @ found))[:, None]).T @ design
    information[-STEPS:, -STEPS:] += np.eye(STEPS) / _PRIOR_SPREAD**2
    uncertain = np.linalg.pinv(information)[-STEPS:, -STEPS:]
    return PositionEffect(tuple(found[-STEPS:].tolist()), moved), np.linalg.inv(uncertain)


def doublings(places: NDArray[np.integer]) -> NDArray[np.float64]:
    """How far each place has gone through each step, (places × steps), in [0, 1]."""
    return np.clip(np.log2(places)[:, None] - np.log2(KNOTS)[None, :-1], 0, 1)


def _fitted(
    design: NDArray[np.float64], answered: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logs = np.minimum(design @ at, _HIGHEST_LOG)
        rates = np.exp(logs)
        off = (at[-STEPS:] - PRIOR_STEP) / _PRIOR_SPREAD
        gradient = design.T @ (weights * (rates - answered))
        gradient[-STEPS:] += off / _PRIOR_SPREAD
        return float(weights @ (rates - answered * logs) + (off @ off) / 2), gradient

    rate = max(float(np.average(answered, weights=weights)), 1e-4)
    start = np.r_[np.log(rate), 0.0, np.full(STEPS, PRIOR_STEP)]
    bounds = [(None, None), (0, None), *[(0, None)] * STEPS]
    found: NDArray[np.float64] = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found
