"""What many trials say together: means with their spread, and how true the odds were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.ranking.season.applications import Ending
from matching.ranking.season.contenders import BASELINE, OURS
from matching.ranking.season.measures import Measures
from matching.ranking.season.trials import Tried
from matching.ranking.season.world import WORLDS

_BINS = 10
#: Measures of how well kinds of people and groups fare.
_OF_KINDS = ("placed_age_", "placed_length_", "filled_size_")
Spread = dict[str, float | None]


@dataclass(frozen=True)
class Row:
    """One contender in one world at one supply. measures: mean and sd over the seeds, by key."""

    key: str
    name: str
    measures: dict[str, Spread]


def reported(results: Sequence[Tried]) -> list[dict[str, Any]]:
    """For each world and supply: `world`, `supply`, `seeds`, `oracle` (mean and sd of places filled
    and welfare), `policies` (rows in the order in which they took part), `worse_off` (`worse_off`,
    None unless ours and the baseline took part) and `odds` (how true they were under ours, None
    where it took no part).
    """
    kinds = dict.fromkeys((r.trial.world, r.trial.supply) for r in sorted(results, key=_order))
    found = []
    for world, supply in kinds:
        here = [r for r in results if (r.trial.world, r.trial.supply) == (world, supply)]
        here.sort(key=_order)
        odds = np.concatenate([r.odds for r in here])
        endings = np.concatenate([r.endings for r in here])
        known = np.concatenate([r.record_known for r in here])
        found.append(
            {
                "world": world,
                "supply": supply,
                "seeds": [r.trial.seed for r in here],
                "oracle": spread(r.oracle for r in here),
                "policies": [
                    Row(key, here[0].names[key], spread(r.measures[key] for r in here))
                    for key in here[0].measures
                ],
                "worse_off": worse_off(here) if {BASELINE, OURS} <= set(here[0].measures) else None,
                "odds": {
                    "all": calibration(odds, endings),
                    "with_a_record": calibration(odds[known], endings[known]),
                }
                if len(odds)
                else None,
            }
        )
    return found


def _order(result: Tried) -> tuple[int, float, int]:
    return list(WORLDS).index(result.trial.world), result.trial.supply, result.trial.seed


def worse_off(results: Sequence[Tried]) -> dict[str, Spread]:
    """Kinds of people of whom fewer were placed under ours than under the baseline, and sizes of
    group of whose places fewer were filled: mean difference over the same seeds, and its standard
    deviation over them, by key of the measure.
    """
    differences = [
        {
            key: value - result.measures[BASELINE][key]
            for key, value in result.measures[OURS].items()
            if key.startswith(_OF_KINDS)
        }
        for result in results
    ]
    return {key: of for key, of in spread(differences).items() if (of["mean"] or 0) < 0}


def spread(rows: Iterable[Measures]) -> dict[str, Spread]:
    """Mean and standard deviation over seeds (of a sample) of each measure; None where no seed had
    a value, and where one seed says nothing of the spread.
    """
    table = list(rows)
    found: dict[str, Spread] = {}
    for key in table[0]:
        values = np.array([row[key] for row in table])
        values = values[np.isfinite(values)]
        mean = float(values.mean()) if len(values) else None
        deviation = float(values.std(ddof=1)) if len(values) > 1 else None
        found[key] = {"mean": mean, "sd": deviation}
    return found


def calibration(odds: NDArray[np.float64], endings: NDArray[np.int64]) -> dict[str, Any]:
    """How true the odds were: of the applications that came to an end with the group, so without
    those withdrawn, the Brier score, that of always naming the mean ("brier_of_mean"), the expected
    calibration error (Naeini et al. 2015) over ten equal bins of the chance, and the bins.
    """
    kept = endings != Ending.WITHDRAWN
    chance, taken = odds[kept], endings[kept] == Ending.TAKEN_ON
    if not len(chance):
        return {"applications": 0}
    at = np.minimum((chance * _BINS).astype(int), _BINS - 1)
    bins = [
        {
            "from": round(float(ten / _BINS), 1),
            "applications": int((at == ten).sum()),
            "chance": round(float(chance[at == ten].mean()), 4),
            "became_places": round(float(taken[at == ten].mean()), 4),
        }
        for ten in np.unique(at)
    ]
    apart = sum(abs(b["chance"] - b["became_places"]) * b["applications"] for b in bins)
    return {
        "applications": len(chance),
        "withdrawn": int((~kept).sum()),
        "mean_chance": float(chance.mean()),
        "became_places": float(taken.mean()),
        "brier": float(np.square(chance - taken).mean()),
        "brier_of_mean": float(taken.mean() * (1 - taken.mean())),
        "error": apart / len(chance),
        "bins": bins,
    }
