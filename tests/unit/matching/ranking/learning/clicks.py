"""Seasons of lists that people answer by weights that are known, and from the top down."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matching.ranking.exploration import randomise
from matching.ranking.learning import Level, Seen
from matching.ranking.weights import Neutral, Weights

NAMES = tuple(Weights().as_dict())
PRIOR = np.array([*Weights().as_dict().values()])
NEUTRAL = np.array([*Neutral().as_dict().values()])
PAGE = 10

Answers = Callable[[NDArray[np.float64], np.random.Generator], NDArray[np.bool_]]


def weights(**most: float) -> Weights:
    """These weights, and what is left shared out among the others."""
    rest = (1 - sum(most.values())) / (len(NAMES) - len(most))
    return Weights(**{name: most.get(name, rest) for name in NAMES})


#: What people really go by in these seasons: far from the priors.
TRUE = weights(distance=0.25, time=0.2, skills_needed=0.15, interests=0.1)


def looked_and_liked(
    utility: NDArray[np.float64], draw: np.random.Generator, fall: float = 1.0
) -> NDArray[np.bool_]:
    """Examination: place r is looked at with probability r^-fall, and what is looked at is opened
    by a logistic of its utility, on average by 15 of 100.
    """
    attention = np.arange(1, utility.shape[1] + 1.0) ** -fall
    liked = 1 / (1 + np.exp(-(utility - np.median(utility)) + np.log(0.85 / 0.15)))
    return (draw.random(utility.shape) < attention) & (draw.random(utility.shape) < liked)


def best_of_all(utility: NDArray[np.float64], draw: np.random.Generator) -> NDArray[np.bool_]:
    """Choice: the one best by utility, attention and a noise of one's own is opened, or none."""
    rows, length = utility.shape
    seen = utility - np.log(np.arange(1, length + 1.0)) + draw.gumbel(size=utility.shape)
    best = seen.argmax(axis=1)
    stays_away = np.quantile(utility.max(axis=1), 0.6) + 1 + draw.gumbel(size=rows)
    opened = np.zeros(utility.shape, bool)
    opened[np.arange(rows), best] = seen.max(axis=1) > stays_away
    return opened


def season(
    lists: int,
    *,
    seed: int,
    true: Weights = TRUE,
    answers: Answers = looked_and_liked,
    share: float = 0.1,
    steepness: float = 12.0,
    pool: int = 50,
) -> Seen:
    """12 weeks of lists ranked by the priors; half of what is opened is asked for."""
    draw = np.random.default_rng(seed)
    person = np.sort(draw.integers(0, max(1, lists // 3), lists))
    shape = (lists, pool, len(NAMES))
    known = draw.random(shape) < 0.75
    known &= (draw.random((lists, len(NAMES))) < 0.85)[person][:, None, :]
    values = draw.beta(0.8, 2.0, shape) * np.where(
        np.isin(NAMES, ("interests", "experience")), 0.45, 1
    )
    counted = np.where(known, values, NEUTRAL)
    best = np.argsort(-counted @ PRIOR, axis=1)[:, :PAGE]
    shown = [randomise(row, (seed, at), share) for at, row in enumerate(best)]
    order = np.array([indices for indices, _ in shown])
    rows = np.arange(lists)[:, None]
    utility = steepness * counted[rows, order] @ np.array([*true.as_dict().values()])
    opened = answers(utility, draw)
    asked = opened & (draw.random(opened.shape) < 0.5)
    levels = np.where(asked, Level.APPLIED, np.where(opened, Level.OPENED, Level.SEEN))
    return Seen(
        people=np.repeat(person, PAGE),
        roles=order.ravel(),
        looks=np.repeat(np.arange(lists), PAGE),
        values=values[rows, order].reshape(-1, len(NAMES)).astype(np.float32),
        known=known[rows, order].reshape(-1, len(NAMES)),
        places=np.tile(np.arange(1, PAGE + 1), lists),
        propensities=np.concatenate([propensities for _, propensities in shown]),
        days=np.repeat(np.sort(draw.random(lists) * 84), PAGE),
        levels=levels.ravel().astype(np.int8),
    )


def apart(one: Weights, other: Weights) -> float:
    """Sum of absolute differences of two sets of weights, 0 to 2."""
    pairs = zip(one.as_dict().values(), other.as_dict().values(), strict=True)
    return sum(abs(a - b) for a, b in pairs)
