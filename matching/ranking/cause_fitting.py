"""Fitting the cause layer on tagged charities, and measuring what it adds.

A charity is three texts about one thing: its name (a few words), what it does in its own words (a
sentence or two) and its objects as lawyers wrote them (long). All three are learned from, each as
an example by itself, so that short and long texts are treated alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # carries no types

from matching.ranking.cause_layer import CauseLayer, readable
from matching.ranking.evaluation import ndcg_at_k
from matching.ranking.tagged_charities import FIELDS

#: Inverse strength of the penalty on coefficients, for vectors of length 1.
PENALTY_INVERSE = 2.0
#: A tag of fewer charities is not learned by itself; those above it in the tree are.
FEWEST_CHARITIES = 8
#: The commonest tags that are learned at most.
MOST_TAGS = 128
#: Weight of a tag = (log of how rare it is) to this power.
RARITY_POWER = 1.5
#: Which text of a charity is looked for with which: short with long, and long with long.
SEARCHES = (("name", "activities"), ("name", "objects"), ("activities", "objects"))

Vectors = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True)
class Charities:
    """n charities. vectors: for each of `FIELDS`, rows of length 1 (n × d). tags: codes of each,
    with all that stand above them in the tree.
    """

    vectors: Vectors
    tags: Sequence[frozenset[str]]

    def take(self, rows: NDArray[np.integer]) -> "Charities":
        """Some of them, by row."""
        return Charities(
            {field: matrix[rows] for field, matrix in self.vectors.items()},
            [self.tags[row] for row in rows.tolist()],
        )


def fit_layer(charities: Charities, encoder: str) -> CauseLayer:
    """A layer fitted on these charities. The same charities give the same numbers on the same
    machine, whatever the number of threads. Raises ValueError where no tag has enough charities.
    """
    codes, counts = _learned(charities.tags)
    if not codes:
        raise ValueError(f"no tag has {FEWEST_CHARITIES} charities")
    vectors = np.vstack([charities.vectors[field] for field in FIELDS])
    said = vectors.any(axis=1)
    examples = readable(vectors[said], encoder).astype(np.float64)
    given = np.tile(_table(charities.tags, codes), (len(FIELDS), 1))[said]
    with threadpool_limits(limits=1):
        models = [_regression(examples, column) for column in given.T]
    arrays = {
        "tags": np.array(codes),
        "coefficients": np.vstack([model.coef_[0] for model in models]),
        "intercepts": np.array([model.intercept_[0] for model in models]),
        "means": np.zeros(len(codes)),
        "weights": np.log(len(charities.tags) / counts) ** RARITY_POWER,
    }
    layer = CauseLayer.of(arrays, encoder)
    arrays["means"] = np.sqrt(layer.probabilities(vectors[said])).mean(axis=0)
    # As it will be read from its file, so that what is measured is what is used.
    return CauseLayer.of(CauseLayer.of(arrays, encoder).arrays(), encoder)


def measured(charities: Charities, encoder: str, seeds: Sequence[int] = (0, 1, 2)) -> Any:
    """nDCG@10 of finding charities of like tags, by vectors alone, by the layer alone and by both
    (equal weights), for each of `SEARCHES`: the layer fitted on one half of the charities looks for
    those of the other half; mean over both halves and all seeds.

    The gain of a found charity is the cosine of the two sets of tags, rare tags counting more.
    """
    figures: dict[str, dict[str, list[float]]] = {}
    for seed in seeds:
        order = np.random.default_rng(seed).permutation(len(charities.tags))
        halves = np.array_split(order, 2)
        for learned, searched in (halves, halves[::-1]):
            layer = fit_layer(charities.take(learned), encoder)
            of_searched = charities.take(searched)
            gains = _gains(of_searched.tags, charities.tags)
            for asked, found in SEARCHES:
                of_search = figures.setdefault(f"{asked} to {found}", {})
                for name, likeness in _likenesses(layer, of_searched.vectors, asked, found):
                    of_search.setdefault(name, []).append(_mean_ndcg(likeness, gains))
    return {
        search: {name: round(float(np.mean(values)), 4) for name, values in by_name.items()}
        for search, by_name in figures.items()
    }


def _learned(tags: Sequence[frozenset[str]]) -> tuple[list[str], NDArray[np.float64]]:
    """Codes that are learned, in their own order, and the number of charities of each."""
    counts: dict[str, int] = {}
    for of_charity in tags:
        for code in of_charity:
            counts[code] = counts.get(code, 0) + 1
    often = [code for code in counts if FEWEST_CHARITIES <= counts[code] < len(tags)]
    chosen = sorted(sorted(often, key=lambda code: (-counts[code], code))[:MOST_TAGS])
    return chosen, np.array([counts[code] for code in chosen], float)


def _table(tags: Sequence[frozenset[str]], codes: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([[code in of_charity for code in codes] for of_charity in tags], bool)


def _regression(examples: NDArray[np.float64], given: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=PENALTY_INVERSE, tol=1e-6, max_iter=1000).fit(examples, given)


def _gains(
    searched: Sequence[frozenset[str]], everyone: Sequence[frozenset[str]]
) -> NDArray[np.float64]:
    """Cosine of the tags of each two charities, rare tags counting more; a charity and itself 0."""
    codes = sorted(frozenset().union(*everyone))
    rarity = np.log(len(everyone) / _table(everyone, codes).sum(axis=0))
    rows = _table(searched, codes) * rarity
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    gains = rows @ rows.T
    np.fill_diagonal(gains, 0)
    return gains


def _likenesses(
    layer: CauseLayer, vectors: Vectors, asked: str, found: str
) -> Iterable[tuple[str, NDArray[np.float32]]]:
    by_vectors = readable(vectors[asked], layer.encoder) @ readable(vectors[found], layer.encoder).T
    by_layer = layer.transform(vectors[asked]) @ layer.transform(vectors[found]).T
    yield "vectors", by_vectors
    yield "layer", by_layer
    yield "both", by_vectors + by_layer


def _mean_ndcg(likeness: NDArray[np.float32], gains: NDArray[np.float64]) -> float:
    np.fill_diagonal(likeness, -np.inf)  # a charity is not looked for with itself
    best = np.argsort(-likeness, axis=1, kind="stable")[:, :10]
    shown = np.take_along_axis(gains, best, axis=1)
    figures = [ndcg_at_k(s, 10, g) for s, g in zip(shown, gains, strict=True)]
    return float(np.nanmean(figures))
