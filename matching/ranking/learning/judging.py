"""How good weights are on a period that they were not learned from."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.ranking.learning.calibration import honest_chances, reliability
from matching.ranking.learning.choice import Choices, Coefficients, steepness
from matching.ranking.learning.position import PositionEffect
from matching.ranking.learning.seen import Level, Seen
from matching.ranking.weights import Neutral, Weights

#: Differences under this are rounding.
_ROUNDING = 1e-9
_AT_MOST = 10


@dataclass(frozen=True)
class Quality:
    """choice_loss: cross-entropy of who answered which role of a list, a unit of gain, with the
    steepness that suits these weights best. ndcg: nDCG@10 of the lists as these weights would order
    them, gains by inverse attention, over all lists. brier, log_loss, calibration_error, bins: of
    the chance that a person asks for a role, by a calibration learned from the other half of the
    people.
    """

    choice_loss: float
    ndcg: float
    brier: float
    log_loss: float
    calibration_error: float
    bins: list[dict[str, float]]

    def as_dict(self) -> dict[str, Any]:
        """As it is kept."""
        return {name: _rounded(value) for name, value in vars(self).items()}

    def is_no_worse_than(self, other: "Quality") -> bool:
        """Whether none of what lists are judged by is worse: choice loss, nDCG, log loss."""
        return (
            self.choice_loss <= other.choice_loss + _ROUNDING
            and self.ndcg >= other.ndcg - _ROUNDING
            and self.log_loss <= other.log_loss + _ROUNDING
        )


def scores(seen: Seen, weights: Weights, neutral: Neutral) -> NDArray[np.float64]:
    """The score of each showing by these weights, in [0, 1], (i,)."""
    each = np.array([*weights.as_dict().values()])
    values = np.where(seen.known, seen.values, np.array([*neutral.as_dict().values()]))
    return np.clip(values @ each, 0, 1)


def judge(seen: Seen, weights: Weights, neutral: Neutral, effect: PositionEffect) -> Quality:
    """How good these weights are on these showings, of which there is at least one."""
    given = scores(seen, weights, neutral)
    asked = seen.levels >= Level.APPLIED
    chances = honest_chances(given, seen.places, asked, seen.people, effect)
    found = reliability(chances, asked)
    return Quality(
        choice_loss(Choices.of(seen, effect), weights, neutral),
        ndcg(seen, given, effect),
        found["brier"],
        found["log_loss"],
        found["error"],
        found["bins"],
    )


def choice_loss(choices: Choices, weights: Weights, neutral: Neutral) -> float:
    """Cross-entropy a unit of gain; nan where nobody answered anything."""
    if not len(choices.starts):
        return float("nan")
    at = Coefficients.of(weights, neutral, steepness(choices, weights, neutral))
    return float(choices.losses(at).sum() / choices.masses.sum())


def ndcg(seen: Seen, given: NDArray[np.float64], effect: PositionEffect) -> float:
    """DCG@10 of all lists as `given` orders them, by the most that they could have; each gain
    divided by the attention that its place had, at most 1 / `LEAST_ATTENTION`-fold (Joachims et al.
    2017). nan where no list has a gain.

    The sums are divided, not each list for itself: in a list with one answer the weight would
    cancel, and the order in which it was shown would look best whatever people wanted.
    """
    gains = np.maximum(seen.gains, 0) / effect.attention(seen.places)
    reached = _dcg(seen.looks, gains, given)
    most = _dcg(seen.looks, gains, gains)
    return reached / most if most > 0 else float("nan")


def _dcg(looks: NDArray[np.int64], gains: NDArray[np.float64], by: NDArray[np.float64]) -> float:
    """Sum over all looks of the discounted gains of its first ten `by` a value, highest first."""
    order = np.lexsort((-by, looks))
    inside = looks[order]
    first = np.flatnonzero(np.r_[True, inside[1:] != inside[:-1]])
    sizes = np.diff(np.r_[first, len(inside)])
    rank = np.arange(len(inside)) - np.repeat(first, sizes)
    counted = np.where(rank < _AT_MOST, 1 / np.log2(rank + 2), 0)
    return float(counted @ gains[order])


def _rounded(value: Any) -> Any:
    """A number as it is kept: None for nan, which JSON has no word for."""
    if isinstance(value, list):
        return value
    return None if np.isnan(value) else round(value, 6)
