"""How sure a mean over queries is. Pure numpy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

SAMPLES = 2000
_AT_ONCE = 200


@dataclass(frozen=True)
class Interval:
    """A mean and between what it lies with `LEVEL`."""

    mean: float
    low: float
    high: float

    def as_dict(self) -> dict[str, float]:
        return {"mean": self.mean, "low": self.low, "high": self.high}


#: The share of samples whose means lie within an interval.
LEVEL = 0.95


def interval_of_mean(values: ArrayLike, *, samples: int = SAMPLES, seed: int = 0) -> Interval:
    """The mean of one value a query, (q,), with its percentile bootstrap interval (Efron 1979):
    queries are drawn again, with replacement, `samples` times. nan are left out; the interval of
    none is nan. The same seed gives the same draws, so differences of two models are paired.
    """
    known = np.asarray(values, np.float64)
    known = known[np.isfinite(known)]
    if not len(known):
        return Interval(*[float("nan")] * 3)
    low, high = np.quantile(_means(known, samples, seed), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(known.mean()), float(low), float(high))


def _means(values: NDArray[np.float64], samples: int, seed: int) -> NDArray[np.float64]:
    draw = np.random.default_rng(seed)
    found = [
        values[draw.integers(len(values), size=(min(_AT_ONCE, samples - at), len(values)))].mean(1)
        for at in range(0, samples, _AT_ONCE)
    ]
    return np.concatenate(found)
