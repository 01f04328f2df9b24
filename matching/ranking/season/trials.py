"""Seasons of the same people under several policies, and what came of each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.ranking.season.contenders import BASELINE, OURS, contender_of
from matching.ranking.season.measures import Measures, measures
from matching.ranking.season.oracle import best_possible
from matching.ranking.season.roles import SeasonRoles
from matching.ranking.season.season import run_season
from matching.ranking.season.told import Suitability, suitability_of
from matching.ranking.season.world import WORLDS, make_world

_GAPS = ("places_filled", "welfare")


@dataclass(frozen=True)
class Trial:
    """One world, supply (people for each place) and seed, and the keys of who takes part."""

    world: str
    supply: float
    seed: int
    contenders: tuple[str, ...]
    suitability: Suitability = "words"


@dataclass(frozen=True, eq=False)
class Tried:
    """measures: by contender, with the share of the gap between the baseline and the oracle that
    each closed. oracle: of places filled and welfare. odds, endings: of the applications under
    ours, in the order in which they were made, (a,); empty where ours took no part. record_known:
    which of them were made after any group's first answer, (a,).
    """

    trial: Trial
    names: dict[str, str]
    measures: dict[str, Measures]
    oracle: dict[str, float]
    odds: NDArray[np.float64]
    endings: NDArray[np.int64]
    record_known: NDArray[np.bool_]


def run_trial(roles: SeasonRoles, trial: Trial) -> Tried:
    """All contenders in one world. The baseline takes part whether it is named or not."""
    world = make_world(roles, trial.supply, trial.seed, WORLDS[trial.world])
    told = suitability_of(world, trial.suitability)
    best = best_possible(world)
    oracle = {"places_filled": best.places_filled, "welfare": best.welfare}
    found: dict[str, Measures] = {}
    names: dict[str, str] = {}
    odds, endings, known = np.zeros(0), np.zeros(0, np.int64), np.zeros(0, bool)
    for key in dict.fromkeys((BASELINE, *trial.contenders)):
        contender = contender_of(key)
        policy = contender.make(world, trial.seed)
        scores = contender.told(world, told)
        behaviour = contender.behaves(world.settings.behaviour)
        outcome = run_season(world, scores, policy, trial.seed, behaviour)
        names[key] = contender.heading or policy.name
        found[key] = measures(world, outcome, best)
        if key == OURS:
            made = outcome.applications
            odds, endings, known = made.odds, made.ended, made.record_known
    for of_key in found.values():
        of_key.update(_gaps_closed(of_key, found[BASELINE], oracle))
    wanted = {key: found[key] for key in found if key in trial.contenders}
    return Tried(trial, names, wanted, oracle, odds, endings, known)


def _gaps_closed(of: Measures, baseline: Measures, oracle: dict[str, float]) -> Measures:
    gaps = {}
    for key in _GAPS:
        room = oracle[key] - baseline[key]
        gaps[f"gap_closed_{key}"] = (of[key] - baseline[key]) / room if room > 0 else 0.0
    return gaps
