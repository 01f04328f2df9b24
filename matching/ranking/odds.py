"""The chance that an application made now becomes a placement, and that it is answered in time.

A group's record says little where few people have asked it, so its shares are drawn towards those
of the borough: a Beta–binomial model (Gelman et al., Bayesian Data Analysis, ch. 5). A place is won
in a queue: of the people who wait already each takes a place with the chance that the newcomer has
too, and one must be left when it is their turn. Both are worked out over everything that the shares
may be, so that a chance comes with how sure it is.

numpy and scipy only: a web process may import it. Arrays in, arrays out; roles broadcast.

    borough = borough_belief(answered, asked)        # people answered, of those who asked, by group
    of_group = belief_of(answered, asked, borough)
    probability, low, high = chance(places_left, pending, of_group, accepted)
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaincinv

Numbers = NDArray[np.float64]

#: Borough records of fewer groups than this say nothing about how unlike groups are.
FEWEST_GROUPS = 5
#: How many answers the borough's share may stand in for.
_STRENGTH = (2.0, 100.0)
#: Shares are looked at in so many equally likely steps.
_STEPS = 33
_ROLES_AT_ONCE = 4096


@dataclass(frozen=True)
class OddsSettings:
    """What the odds leave open.

    level: of the interval; the chance lies in it with this probability, if the model is right.
    by_fit: the chance that a group picks those who suit it best, and not those who asked first.
    """

    level: float = 0.8
    by_fit: float = 0.5


class Chance(NamedTuple):
    """A chance and the interval that says how sure it is, each in [0, 1] and of one shape."""

    probability: Numbers
    low: Numbers
    high: Numbers


@dataclass(frozen=True, eq=False)
class Belief:
    """What is thought of a share, as if so many had been seen with and without: Beta(hits, misses).

    Numbers above 0, or arrays of them.
    """

    hits: Numbers | np.float64
    misses: Numbers | np.float64

    @property
    def mean(self) -> Numbers:
        """The share that is expected."""
        return np.asarray(self.hits / self.strength, float)

    @property
    def strength(self) -> Numbers:
        """How many it is as good as having seen."""
        return np.asarray(self.hits + self.misses, float)

    def steps(self, count: int = _STEPS) -> Numbers:
        """What the share may be, in equally likely steps: (…, count)."""
        quantiles = (np.arange(count) + 0.5) / count
        hits, misses = (np.asarray(side, float)[..., None] for side in (self.hits, self.misses))
        return np.asarray(betaincinv(hits, misses, quantiles), float)

    def and_then(self, other: "Belief") -> "Belief":
        """What is thought of both happening, where one tells nothing of the other: the Beta with
        the product's mean and variance.
        """
        mean = self.mean * other.mean
        second = _second_moment(self) * _second_moment(other)
        strength = mean * (1 - mean) / np.maximum(second - mean**2, 1e-12) - 1
        return Belief(mean * strength, (1 - mean) * strength)


#: Where nothing is known of a borough. One in five people who asked through the national service
#: Do-it never heard back (survey of 2015); nothing is published of how many were taken on.
ANSWERED = Belief(np.float64(3.2), np.float64(0.8))
ACCEPTED = Belief(np.float64(2.0), np.float64(2.0))


def borough_belief(hits: ArrayLike, trials: ArrayLike, *, unknown: Belief = ANSWERED) -> Belief:
    """What the records of a borough's g groups say of a group of which nothing is known.

    hits: of `trials` people at each group, (g,). The mean is the share over all, with `unknown`
    counted in; the strength follows from how much more groups differ than chance alone would make
    them (method of moments, Kleinman 1973). Raises ValueError where hits exceed trials.
    """
    of_group, asked = np.asarray(hits, float), np.asarray(trials, float)
    if (of_group > asked).any() or (of_group < 0).any():
        raise ValueError("a group cannot have more hits than trials, or fewer than none")
    of_group, asked = of_group[asked > 0], asked[asked > 0]
    mean = (of_group.sum() + unknown.hits) / (asked.sum() + unknown.strength)
    strength = _strength(of_group, asked, float(mean), float(unknown.strength))
    return Belief(np.float64(mean * strength), np.float64((1 - mean) * strength))


def belief_of(hits: ArrayLike, trials: ArrayLike, borough: Belief) -> Belief:
    """What is thought of each group: its own record on top of the borough's."""
    of_group, asked = np.asarray(hits, float), np.asarray(trials, float)
    return Belief(borough.hits + of_group, borough.misses + (asked - of_group))


def chance(
    places_left: ArrayLike,
    pending: ArrayLike,
    answered: Belief = ANSWERED,
    accepted: Belief = ACCEPTED,
    *,
    better: ArrayLike | None = None,
    settings: OddsSettings | None = None,
) -> Chance:
    """The chance that an application made now becomes a placement.

    places_left, pending: people, (m,). answered: share whom the group answers at all. accepted:
    share of those answered who get a place while there is one. better: how many of those who wait
    suit the role better than this person, (m,); None (or nan) where that is not known, and then
    those who wait come first.
    """
    settings = settings or OddsSettings()
    left, waiting = np.asarray(places_left, float), np.asarray(pending, float)
    ahead = waiting if better is None else np.asarray(better, float)
    ahead = np.where(np.isnan(ahead), waiting, np.minimum(ahead, waiting))
    taken = answered.and_then(accepted)
    left, waiting, ahead, hits, misses = np.broadcast_arrays(
        left, waiting, ahead, taken.hits, taken.misses
    )
    queue = np.stack([column.reshape(-1) for column in (left, waiting, ahead, hits, misses)])
    found = [
        _of_some(queue[:, first : first + _ROLES_AT_ONCE], settings)
        for first in range(0, max(left.size, 1), _ROLES_AT_ONCE)
    ]
    return Chance(*(np.concatenate(part).reshape(left.shape) for part in zip(*found, strict=True)))


def share(belief: Belief, settings: OddsSettings | None = None) -> Chance:
    """The chance of something that happens with a share of which this is thought: of an answer in
    time, say.
    """
    settings = settings or OddsSettings()
    tail = (1 - settings.level) / 2
    hits, misses = np.asarray(belief.hits, float), np.asarray(belief.misses, float)
    return Chance(
        np.asarray(belief.mean, float),
        np.asarray(betaincinv(hits, misses, tail), float),
        np.asarray(betaincinv(hits, misses, 1 - tail), float),
    )


def _second_moment(belief: Belief) -> Numbers:
    return belief.mean * (belief.hits + 1) / (belief.strength + 1)


def _strength(hits: Numbers, trials: Numbers, mean: float, unknown: float) -> float:
    total, groups = trials.sum(), len(trials)
    room = total - (trials**2).sum() / max(total, 1.0) - (groups - 1)
    if groups < FEWEST_GROUPS or room <= 0 or not 0 < mean < 1:
        return unknown
    spread = (trials * (hits / trials - mean) ** 2).sum() / (mean * (1 - mean))
    likeness = (spread - (groups - 1)) / room
    # Groups that differ no more than chance makes them: the borough's share is theirs.
    return float(np.clip(1 / likeness - 1, *_STRENGTH)) if likeness > 0 else _STRENGTH[1]


def _of_some(queue: Numbers, settings: OddsSettings) -> Chance:
    """Of some roles: places left, who waits, who of them is ahead, hits and misses, (5 × roles)."""
    left, waiting, ahead, hits, misses = queue
    taken = Belief(hits, misses).steps()
    first_come = _place_remains(left, waiting, taken)
    best_first = _place_remains(left, ahead, taken)
    values = taken * ((1 - settings.by_fit) * first_come + settings.by_fit * best_first)
    tail = (1 - settings.level) / 2
    low, high = np.quantile(values, [tail, 1 - tail], axis=-1)
    mean = values.mean(axis=-1)
    # The mean of a very lopsided chance can lie outside of its own interval.
    return Chance(mean, np.minimum(low, mean), np.maximum(high, mean))


def _place_remains(left: Numbers, ahead: Numbers, taken: Numbers) -> Numbers:
    """The chance that fewer than `left` of `ahead` people take a place: the binomial distribution
    as an incomplete beta function, which takes parts of people too. (roles × steps)
    """
    beyond = (ahead - left + 1)[:, None]
    contested = betainc(np.maximum(beyond, 1e-9), np.maximum(left, 1e-9)[:, None], 1 - taken)
    remains = np.where(beyond <= 0, 1.0, contested)
    return np.asarray(np.where(left[:, None] > 0, remains, 0.0), float)
