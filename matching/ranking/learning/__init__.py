"""Learn the weights of suitability from what people did with what they were shown.

Weights start as priors. A regularised choice model learns them from outcomes, corrected for the
place that each role had on the page, held to the priors as strongly as earlier outcomes predict
later ones best. The last period is held back: learned weights that are worse there than those in
use are refused. numpy and scipy only, on one thread; nothing here knows who a person is.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # carries no types

from matching.ranking.learning.calibration import Calibration, calibrated
from matching.ranking.learning.choice import Choices, Coefficients, fitted, refined, steepness
from matching.ranking.learning.judging import Quality, judge, scores
from matching.ranking.learning.position import PositionEffect, position_effect
from matching.ranking.learning.seen import GAINS, Level, Seen
from matching.ranking.weights import Neutral, Weights

__all__ = [
    "GAINS",
    "MINIMUM_OUTCOMES",
    "Calibration",
    "Learned",
    "Level",
    "PositionEffect",
    "Quality",
    "Seen",
    "Verdict",
    "learn",
    "scores",
]

#: With fewer outcomes (applications, and roles that were not for somebody) the priors stand.
MINIMUM_OUTCOMES = 300
#: The share of the outcomes, the latest, that is held back to judge by.
HELD_BACK = 0.25
#: How strongly the weights may be held to the priors; the last is: not learned at all.
STRENGTHS = (3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, np.inf)
#: Weights that differ by no more are the same.
_SAME = 1e-6
#: Earlier outcomes up to each of these shares predict those up to the next.
_STEPS_IN_TIME = (0.4, 0.55, 0.7, 0.85, 1.0)


class Verdict(StrEnum):
    """What is to be done with what was learned."""

    #: There are too few outcomes: what is in use stands.
    TOO_FEW = "too_few"
    #: The outcomes give no reason to change anything.
    SAME = "same"
    #: It predicts the held-back period worse than what is in use, which stands.
    WORSE = "worse"
    #: It may replace what is in use.
    NO_WORSE = "no_worse"


@dataclass(frozen=True)
class Learned:
    """weights, neutral: learned, or those in use where there were too few outcomes. outcomes: how
    many there were. strength: how strongly they were held to the priors. first_day, cut, last_day:
    it was learned from what was shown before `cut`, and judged on the rest. quality: of "learned",
    "in_use" and "priors" on the held-back period.
    """

    verdict: Verdict
    weights: Weights
    neutral: Neutral
    outcomes: int
    fingerprint: str
    strength: float = np.inf
    calibration: Calibration | None = None
    first_day: float = np.nan
    cut: float = np.nan
    last_day: float = np.nan
    quality: dict[str, Quality] = field(default_factory=dict)

    def metrics(self) -> dict[str, Any]:
        """Quality by name, as it is kept."""
        return {name: found.as_dict() for name, found in self.quality.items()}


def learn(
    seen: Seen,
    in_use: tuple[Weights, Neutral] | None = None,
    *,
    priors: tuple[Weights, Neutral] | None = None,
    minimum: int = MINIMUM_OUTCOMES,
) -> Learned:
    """Learn weights from what was shown, and judge them against those `in_use` (the priors).

    priors: None for those of `weights.py`. The same showings give the same weights.
    """
    priors = priors or (Weights(), Neutral())
    in_use = in_use or priors
    outcomes = int(seen.asked.sum())
    if outcomes < minimum:
        return Learned(Verdict.TOO_FEW, *in_use, outcomes, seen.fingerprint())
    # A few coefficients, fitted in thousands of small products: on several threads each of these
    # costs many times what it takes on one.
    with threadpool_limits(1, "blas"):
        return _learned(seen, in_use, priors, outcomes)


def _learned(
    seen: Seen,
    in_use: tuple[Weights, Neutral],
    priors: tuple[Weights, Neutral],
    outcomes: int,
) -> Learned:
    cut = _cut(seen)
    past, held_back = seen.take(seen.days < cut), seen.take(seen.days >= cut)
    start = Coefficients.of(*priors, steepness=1.0)
    effect = refined(past, *position_effect(past, scores(past, *priors)), start)
    choices = Choices.of(past, effect)
    strength = best_strength(choices, priors)
    found = fitted(choices, _prior(choices, priors), strength).as_weights(priors[1])
    quality = {
        name: judge(held_back, *each, effect)
        for name, each in {"learned": found, "in_use": in_use, "priors": priors}.items()
    }
    return Learned(
        _verdict(found, in_use, quality),
        *found,
        outcomes,
        seen.fingerprint(),
        strength,
        calibrated(
            scores(held_back, *found), held_back.places, held_back.levels >= Level.APPLIED, effect
        ),
        float(seen.days.min()),
        cut,
        float(seen.days.max()),
        quality,
    )


def best_strength(choices: Choices, priors: tuple[Weights, Neutral]) -> float:
    """The strength of `STRENGTHS` at which earlier choices predict later ones best; of those within
    one standard error of the best, the strongest (Breiman et al. 1984).
    """
    edges = _days_of_shares(choices.days, choices.masses, _STEPS_IN_TIME)
    losses: list[list[NDArray[np.float64]]] = [[] for _ in STRENGTHS]
    masses: list[NDArray[np.float64]] = []
    for first, last in pairwise(edges):
        earlier, later = choices.within(-np.inf, first), choices.within(first, last)
        if not (len(earlier.starts) and len(later.starts)):
            continue
        prior = _prior(earlier, priors)
        masses.append(later.masses)
        for number, strength in enumerate(STRENGTHS):
            losses[number].append(later.losses(fitted(earlier, prior, strength)))
    if not masses:
        return float(np.inf)
    each, mass = np.array([np.concatenate(of) for of in losses]), np.concatenate(masses)
    best = int(np.argmin(each.sum(axis=1)))
    more = each - each[best]
    error = np.sqrt(len(mass)) * more.std(axis=1)
    as_good = more.sum(axis=1) <= error
    return float(np.array(STRENGTHS)[as_good].max())


def _verdict(
    found: tuple[Weights, Neutral], in_use: tuple[Weights, Neutral], quality: dict[str, Quality]
) -> Verdict:
    if np.allclose(_numbers(*found), _numbers(*in_use), atol=_SAME):
        return Verdict.SAME
    no_worse = quality["learned"].is_no_worse_than(quality["in_use"])
    return Verdict.NO_WORSE if no_worse else Verdict.WORSE


def _numbers(weights: Weights, neutral: Neutral) -> list[float]:
    return [*weights.as_dict().values(), *neutral.as_dict().values()]


def _prior(choices: Choices, priors: tuple[Weights, Neutral]) -> Coefficients:
    return Coefficients.of(*priors, steepness(choices, *priors))


def _cut(seen: Seen) -> float:
    """The day from which on outcomes are held back."""
    days = np.sort(seen.days[seen.asked])
    return float(days[int(len(days) * (1 - HELD_BACK))])


def _days_of_shares(
    days: NDArray[np.float64], masses: NDArray[np.float64], shares: tuple[float, ...]
) -> list[float]:
    """The day by which each of these shares of all that was answered was shown."""
    if not len(days):
        return []
    order = np.argsort(days, kind="stable")
    reached = np.cumsum(masses[order]) / masses.sum()
    at = np.searchsorted(reached, shares).clip(max=len(days) - 1)
    found = days[order][at].tolist()
    return [*found[:-1], np.inf]
