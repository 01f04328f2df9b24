"""How good a ranked list is, against what is known to be relevant."""

import numpy as np
from numpy.typing import ArrayLike


def ndcg_at_k(gains: ArrayLike, k: int, all_gains: ArrayLike | None = None) -> float:
    """Normalised discounted cumulative gain of one list.

    gains: the gain of each place, best rank first, at least 0. all_gains: the gains of everything
    that could have been on the list, where the list is only its beginning. nan where nothing is
    relevant. (Järvelin and Kekäläinen 2002, gains as they are.)
    """
    shown = np.asarray(gains, float)[:k]
    ideal = np.sort(np.asarray(gains if all_gains is None else all_gains, float))[::-1][:k]
    best = _discounted(ideal)
    return float(_discounted(shown) / best) if best > 0 else float("nan")


def mrr(lists: list[ArrayLike]) -> float:
    """Mean over lists of 1 / rank of the first relevant place (gain above 0), 0 where there is
    none; nan without lists.
    """
    if not lists:
        return float("nan")
    return float(np.mean([_reciprocal_rank(np.asarray(gains)) for gains in lists]))


def _discounted(gains: np.ndarray) -> float:
    return float((gains / np.log2(np.arange(2, len(gains) + 2))).sum())


def _reciprocal_rank(gains: np.ndarray) -> float:
    relevant = np.flatnonzero(gains > 0)
    return 1.0 / (relevant[0] + 1) if relevant.size else 0.0
