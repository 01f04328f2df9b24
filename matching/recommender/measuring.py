"""What `manage.py evaluate` measures: text models on labelled searches, with intervals, and seasons
under several policies.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from matching.ranking import retrieval
from matching.ranking.evaluation import RelevantRanks
from matching.ranking.intervals import interval_of_mean
from matching.recommender import season

__all__ = ["OURS", "Trials", "measured_season", "measured_text"]

OURS = retrieval.OURS
Trials = season.Trials
#: The measure that intervals are given for.
MAIN = "ndcg@10"


def measured_text(
    folder: Path, threads: int = 2, progress: retrieval.Progress = lambda *_: None
) -> dict[str, Any]:
    """One labelled search, by every text model: measures, the interval of nDCG@10 over queries, and
    of what ours gains over each other model on the same queries. JSON-ready.

    Raises `evaluation.FolderError`.
    """
    search = retrieval.read(folder)
    ranks, _ = retrieval.ranked(search, threads, progress)
    ours = _main(ranks[OURS])
    return {
        "task": folder.name,
        "documents": len(search.docs),
        "queries": int(np.isfinite(ours).sum()),
        "ours": OURS,
        "models": {name: found.means() for name, found in ranks.items()},
        "intervals": {
            name: interval_of_mean(_main(found)).as_dict() for name, found in ranks.items()
        },
        "gains": {
            name: interval_of_mean(ours - _main(found)).as_dict()
            for name, found in ranks.items()
            if name != OURS
        },
    }


def measured_season(trials: Trials, step: Callable[[], object] = lambda: None) -> dict[str, Any]:
    """Seasons as `manage.py simulate_season --json` reports them. JSON-ready.

    Raises SeasonDataError.
    """
    results = []
    for result in season.tried(trials):
        results.append(result)
        step()
    seasons = [
        {**report, "policies": [asdict(row) for row in report["policies"]]}
        for report in season.reported(results)
    ]
    return {"suitability": trials.suitability, "seasons": seasons}


def columns() -> dict[str, Sequence[season.Column]]:
    """The measures of a season by heading of their table, the main one first."""
    return {"": (*season.COLUMNS, *season.GAPS), **season.GROUPS_OF_COLUMNS}


def _main(ranks: RelevantRanks) -> np.ndarray:
    return ranks.ndcg(10)
