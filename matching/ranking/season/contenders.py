"""Who takes part in a comparison: policies by key, and what would bound the best of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.ranking.season.behaviour import Behaviour
from matching.ranking.season.policies import (
    CapAndMail,
    FullHidden,
    Ours,
    PendingCap,
    Popularity,
    SeasonPolicy,
    SimilarityOnly,
    SmartSort,
)
from matching.ranking.season.world import World

Told = NDArray[np.float32]


def _as_told(world: World, told: Told) -> Told:
    return told


def _as_is(behaviour: Behaviour) -> Behaviour:
    return behaviour


@dataclass(frozen=True)
class Contender:
    """make: a fresh policy for a world and a seed. told: what it is told in place of the ranking's
    scores. behaves: how people and groups behave in place of the world's own.
    """

    make: Callable[[World, int], SeasonPolicy]
    heading: str = ""
    told: Callable[[World, Told], Told] = _as_told
    behaves: Callable[[Behaviour], Behaviour] = _as_is


BASELINE, OURS = "similarity", "ours"

POLICIES = {
    "popularity": Contender(lambda world, seed: Popularity(world.roles.views)),
    BASELINE: Contender(lambda world, seed: SimilarityOnly()),
    "full-hidden": Contender(lambda world, seed: FullHidden()),
    "smartsort": Contender(lambda world, seed: SmartSort("applications")),
    "smartsort-fullness": Contender(lambda world, seed: SmartSort("fullness")),
    "cap": Contender(lambda world, seed: PendingCap()),
    "cap-mail": Contender(lambda world, seed: CapAndMail(seed)),
    "ours-no-mail": Contender(lambda world, seed: Ours.without_invitations()),
    OURS: Contender(lambda world, seed: Ours()),
}
#: Takes part only when asked for.
MORE_POLICIES = {
    "ours-remembers": Contender(
        lambda world, seed: Ours(remembers=True, name="ours, what was shown sinks")
    ),
}


def _ours(world: World, seed: int) -> SeasonPolicy:
    return Ours()


#: Ours with one bound taken away in each, which shows how much that bound costs.
CAUSES = {
    "read-perfectly": Contender(
        _ours, "reads all that was written perfectly", told=lambda world, told: world.written
    ),
    "taste-known": Contender(
        _ours, "knows the whole taste of everybody", told=lambda world, told: world.taste
    ),
    "everybody-looks": Contender(
        _ours, "everybody looks every week", behaves=lambda b: replace(b, visits=1.0)
    ),
    "whole-list": Contender(
        _ours, "people look at their whole list", behaves=lambda b: replace(b, attention=0.0)
    ),
    "all-answer": Contender(
        _ours,
        "groups answer every week and take on whoever suits",
        behaves=lambda b: replace(b, answers=None, never=0.0, unsuited=0.0),
    ),
    "one-at-a-time": Contender(
        _ours,
        "people ask for one role in a week",
        behaves=lambda b: replace(b, most_a_week=1),
    ),
    "nobody-leaves": Contender(
        _ours,
        "nobody tires of looking",
        behaves=lambda b: replace(b, tires=0.0, refused=0.0, ignored=0.0),
    ),
    "all-but-choice": Contender(
        _ours,
        "all of these together: what is left is what people choose to ask for",
        told=lambda world, told: world.taste,
        behaves=lambda b: replace(
            b,
            visits=1.0,
            attention=0.0,
            answers=None,
            never=0.0,
            unsuited=0.0,
            tires=0.0,
            refused=0.0,
            ignored=0.0,
        ),
    ),
}


def contender_of(key: str) -> Contender:
    """By key. Raises KeyError."""
    return {**POLICIES, **MORE_POLICIES, **CAUSES}[key]
