"""What a score means: the chance that a person asks for a role and it is not found unsuitable; and
how true that turned out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import expit

from matching.ranking.learning.position import PositionEffect

BINS = 10
_STEEPEST = 400.0
_HALVES = 2


@dataclass(frozen=True)
class Calibration:
    """P(asks for it | score, place) = logistic(intercept + slope × score + effect of the place)
    (Platt 2000, with the place beside the score). slope is at least 0.
    """

    intercept: float
    slope: float
    effect: PositionEffect

    def chance(self, scores: ArrayLike, places: ArrayLike = 1) -> NDArray[np.float64]:
        """The chance, in (0, 1), that a role of this score at this place is asked for."""
        at = np.asarray(places, np.int64)
        effect = self.effect.log_attention(at.ravel()).reshape(at.shape)
        chances: NDArray[np.float64] = expit(
            self.intercept + self.slope * np.asarray(scores, float) + effect
        )
        return chances

    def as_dict(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "intercept": self.intercept,
            "slope": self.slope,
            "steps": list(self.effect.steps),
            "moved": self.effect.moved,
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Calibration":
        """As it was kept by `as_dict`."""
        effect = PositionEffect(tuple(kept["steps"]), kept["moved"])
        return cls(kept["intercept"], kept["slope"], effect)


def calibrated(
    scores: NDArray[np.floating],
    places: NDArray[np.integer],
    asked: NDArray[np.bool_],
    effect: PositionEffect,
) -> Calibration:
    """The calibration that makes these outcomes most probable; none of the columns may be empty."""
    offset = effect.log_attention(places)
    middle = float(scores.mean())
    positive = int(asked.sum())
    # Platt's targets: all or none of a few showings is not certainty.
    targets = np.where(asked, (positive + 1) / (positive + 2), 1 / (len(asked) - positive + 2))

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = at[0] + at[1] * (scores - middle) + offset
        off = expit(odds) - targets
        value = float((np.logaddexp(0, odds) - targets * odds).mean())
        return value, np.array([off.mean(), (off * (scores - middle)).mean()])

    rate = float(targets.mean())
    start = np.array([np.log(rate / (1 - rate)), 0.0])
    bounds = [(None, None), (0, _STEEPEST)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    intercept, slope = found.x.tolist()
    return Calibration(intercept - slope * middle, slope, effect)


def honest_chances(
    scores: NDArray[np.floating],
    places: NDArray[np.integer],
    asked: NDArray[np.bool_],
    people: NDArray[np.int64],
    effect: PositionEffect,
) -> NDArray[np.float64]:
    """The chance of each showing by a calibration that has not seen the person: half of the people
    at a time.
    """
    chances = np.full(len(scores), asked.mean() if len(asked) else 0.0)
    _, number = np.unique(people, return_inverse=True)
    for half in range(_HALVES):
        judged = number % _HALVES == half
        others = ~judged
        if judged.any() and others.any():
            learned = calibrated(scores[others], places[others], asked[others], effect)
            chances[judged] = learned.chance(scores[judged], places[judged])
    return chances


def reliability(chances: NDArray[np.float64], asked: NDArray[np.bool_]) -> dict[str, Any]:
    """Brier score, log loss, and in `BINS` bins of equal size the mean chance, the share that asked
    and the number; "error" is the mean distance of the two, weighted by number (expected
    calibration error, Naeini et al. 2015).
    """
    clipped = np.clip(chances, 1e-9, 1 - 1e-9)
    logs = np.where(asked, np.log(clipped), np.log1p(-clipped))
    parts = [part for part in np.array_split(np.argsort(chances, kind="stable"), BINS) if len(part)]
    bins = [
        {
            "chance": round(float(chances[part].mean()), 5),
            "asked": round(float(asked[part].mean()), 5),
            "showings": len(part),
        }
        for part in parts
    ]
    apart = sum(abs(each["chance"] - each["asked"]) * each["showings"] for each in bins)
    return {
        "brier": float(np.square(chances - asked).mean()),
        "log_loss": float(-logs.mean()),
        "error": apart / max(len(asked), 1),
        "bins": bins,
    }
