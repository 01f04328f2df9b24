"""How good ranked lists are, against what is known to be relevant."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

#: Below every other score.
_LOWEST = float(np.finfo(np.float32).min)


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


@dataclass(frozen=True, eq=False)
class RelevantRanks:
    """Where the relevant documents of each query stand. Of each relevant pair (query, document), by
    query: `queries`, its number; `ranks`, from 0; `grades`, above 0; `count` queries in all.
    """

    queries: NDArray[np.intp]
    ranks: NDArray[np.intp]
    grades: NDArray[np.float64]
    count: int

    def ndcg(self, k: int = 10) -> NDArray[np.float64]:
        """Normalised discounted cumulative gain of each query's first k (Järvelin and Kekäläinen
        2002, gains as they are); nan where nothing is relevant.
        """
        gained = self._sums(self._discounted(self.ranks, k))
        best_first = np.lexsort((-self.grades, self.queries))
        starts = np.searchsorted(self.queries, np.arange(self.count))
        ideal = np.empty(len(self.ranks), np.intp)
        ideal[best_first] = np.arange(len(self.ranks)) - starts[self.queries[best_first]]
        return self._per_query(gained, self._sums(self._discounted(ideal, k)))

    def reciprocal_rank(self) -> NDArray[np.float64]:
        """1 / rank of each query's first relevant document; nan where nothing is relevant."""
        first = np.full(self.count, np.inf)
        np.minimum.at(first, self.queries, self.ranks)
        return np.where(np.isfinite(first), 1 / (first + 1), np.nan)

    def average_precision(self) -> NDArray[np.float64]:
        """Mean over a query's relevant documents of the precision at their rank; nan where nothing
        is relevant.
        """
        in_order = np.lexsort((self.ranks, self.queries))
        queries, ranks = self.queries[in_order], self.ranks[in_order]
        found = np.arange(len(ranks)) - np.searchsorted(queries, queries) + 1
        precisions = np.bincount(queries, found / (ranks + 1), self.count).astype(np.float64)
        return self._per_query(precisions, self._sums(np.ones(len(ranks))))

    def recall(self, k: int = 50) -> NDArray[np.float64]:
        """Share of a query's relevant documents among its first k; nan where there are none."""
        return self._per_query(self._sums(self.ranks < k), self._sums(np.ones(len(self.ranks))))

    def means(self) -> dict[str, float]:
        """All measures, each the mean over the queries that have a relevant document; nan where no
        query has one.
        """
        measures = {
            "ndcg@10": self.ndcg(10),
            "mrr": self.reciprocal_rank(),
            "map": self.average_precision(),
            "recall@50": self.recall(50),
        }
        known = np.isfinite(measures["mrr"])
        if not known.any():
            return dict.fromkeys(measures, float("nan"))
        return {name: float(values[known].mean()) for name, values in measures.items()}

    def _discounted(self, ranks: NDArray[np.intp], k: int) -> NDArray[np.float64]:
        return np.where(ranks < k, self.grades / np.log2(ranks + 2), 0)

    def _sums(self, values: NDArray) -> NDArray[np.float64]:
        return np.bincount(self.queries, values, self.count).astype(np.float64)

    def _per_query(
        self, values: NDArray[np.float64], totals: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        return np.divide(values, totals, out=np.full(self.count, np.nan), where=totals > 0)


def ranks_of_relevant(
    scores: NDArray[np.floating], grades: csr_array, left_out: csr_array | None = None
) -> RelevantRanks:
    """Where each query's relevant documents stand when all are ranked by score, the highest first;
    of equal scores, the document of the lower number first. What has no score (nan) comes last.

    scores: (queries × documents); grades: relevant above 0, same shape; left_out: pairs that are
    not ranked at all, same shape, stored entries count. Memory: one copy of the scores, so give it
    blocks of queries.
    """
    # The lowest and highest numbers stand for what has none, so that -inf is only what is left out.
    scores = np.nan_to_num(np.array(scores, np.float32), copy=False, nan=_LOWEST, neginf=_LOWEST)
    grades = csr_array(grades, dtype=np.float64, copy=True)
    if left_out is not None:
        rows = np.repeat(np.arange(scores.shape[0]), np.diff(left_out.indptr))
        scores[rows, left_out.indices] = -np.inf
    queries = np.repeat(np.arange(scores.shape[0]), np.diff(grades.indptr))
    found = scores[queries, grades.indices]
    kept = (grades.data > 0) & (found != -np.inf)
    queries, documents, found = queries[kept], grades.indices[kept], found[kept]
    in_order = np.sort(-scores, axis=1)
    ranks = np.empty(len(queries), np.intp)
    starts = np.searchsorted(queries, np.arange(scores.shape[0] + 1))
    for query, (start, stop) in enumerate(pairwise(starts.tolist())):
        row, mine = in_order[query], -found[start:stop]
        ranks[start:stop] = np.searchsorted(row, mine)
        equal = np.searchsorted(row, mine, "right") > ranks[start:stop] + 1
        for at in (start + np.flatnonzero(equal)).tolist():
            ranks[at] += np.count_nonzero(scores[query, : documents[at]] == found[at])
    return RelevantRanks(queries, ranks, grades.data[kept], scores.shape[0])


def _discounted(gains: np.ndarray) -> float:
    return float((gains / np.log2(np.arange(2, len(gains) + 2))).sum())


def _reciprocal_rank(gains: np.ndarray) -> float:
    relevant = np.flatnonzero(gains > 0)
    return 1.0 / (relevant[0] + 1) if relevant.size else 0.0
