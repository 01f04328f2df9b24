"""Groups of people who offer much the same: the same kind of help, at the same times, nearby.

People are points: what they would do, when, where and how often, each a block of coordinates with a
weight of its own. Dense regions of these points are the segments (HDBSCAN: R. J. G. B. Campello, D.
Moulavi and J. Sander, "Density-based clustering based on hierarchical density estimates", 2013);
whoever stands alone is in none. A segment of one week that holds most of the people of one of the
week before is that segment: it keeps its name while it keeps its people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from sklearn.cluster import HDBSCAN
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.preprocessing import normalize

Index = NDArray[np.int64]
NONE = -1


@dataclass(frozen=True)
class SegmentSettings:
    """How people are compared. The weights say how far apart (squared) two people are who have
    nothing in common in what they would do, when, and how often; where: a kilometre.

    fewest: people in a segment. kinds: coordinates that stand for what people would do. kept: the
    share of a segment's people (of both weeks together) that it must keep to be the same.
    """

    fewest: int = 8
    kind: float = 1.0
    time: float = 0.6
    way: float = 0.2
    kilometre: float = 0.02
    furthest: float = 6.0
    kinds: int = 40
    kept: float = 0.4


@dataclass(frozen=True, eq=False)
class Offers:
    """What n people offer. ids: theirs. kinds: activities and causes, CSR (n × tags). free: share
    of each part of the week in which they are free, (n × parts), 0 everywhere where not said.
    ways: one-off, regular, from home, (n × 3). place: kilometres east and north of any point,
    (n × 2), nan where not known.
    """

    ids: Index
    kinds: csr_array
    free: NDArray[np.float64]
    ways: NDArray[np.float64]
    place: NDArray[np.float64]


def points(offers: Offers, settings: SegmentSettings) -> NDArray[np.float64]:
    """People as points whose squared distance is what `SegmentSettings` says, (n × coordinates)."""
    blocks = [
        settings.kind * _kinds(offers.kinds, settings.kinds) / np.sqrt(2),
        settings.time * normalize(offers.free) / np.sqrt(2),
        settings.way * normalize(offers.ways) / np.sqrt(2),
        np.sqrt(settings.kilometre) * _places(offers.place, settings.furthest),
    ]
    return np.hstack(blocks)


def _kinds(tags: csr_array, most: int) -> NDArray[np.float64]:
    """Rare tags count more, as words do; fewer coordinates than tags bring together what the same
    people tick.
    """
    weighted = TfidfTransformer().fit_transform(tags)
    if min(weighted.shape) <= most + 1:
        return np.asarray(weighted.toarray())
    return normalize(TruncatedSVD(most, random_state=0).fit_transform(weighted))


def _places(place: NDArray[np.float64], furthest: float) -> NDArray[np.float64]:
    """From the middle of all, no further than `furthest` km; who is nowhere is in the middle."""
    middle = np.nanmedian(place, axis=0) if len(place) else np.zeros(2)
    centred = np.nan_to_num(place - middle)
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    return centred * np.minimum(1, furthest / np.maximum(length, 1e-9))


def segments(offers: Offers, settings: SegmentSettings | None = None) -> Index:
    """The segment of each person, numbered from 0, -1 for none, (n,)."""
    settings = settings or SegmentSettings()
    if len(offers.ids) < 2 * settings.fewest:
        return np.full(len(offers.ids), NONE, np.int64)
    found = HDBSCAN(
        min_cluster_size=settings.fewest,
        min_samples=max(2, settings.fewest // 2),
        cluster_selection_method="leaf",
        copy=True,
    ).fit_predict(points(offers, settings))
    return found.astype(np.int64)


def named_as_before(
    now: Sequence[Index], before: Mapping[int, Index], settings: SegmentSettings | None = None
) -> list[int | None]:
    """For each segment the name that it had: that of the one before with which it shares most
    people, where these are at least `kept` of the people of both; None for a new one. No two get
    the same name.

    now: ids of the people of each segment. before: ids of the people of each, by name.
    """
    settings = settings or SegmentSettings()
    names = list(before)
    if not now or not names:
        return [None] * len(now)
    alike = np.array([[_shared(ours, before[name]) for name in names] for ours in now])
    rows, columns = linear_sum_assignment(alike, maximize=True)
    found: list[int | None] = [None] * len(now)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if alike[row, column] >= settings.kept:
            found[row] = names[column]
    return found


def _shared(ours: Index, theirs: Index) -> float:
    both = len(np.intersect1d(ours, theirs))
    return both / max(1, len(ours) + len(theirs) - both)


@dataclass(frozen=True)
class Typical:
    """What is typical of a segment: (number of the tag or part, share of its people, how many times
    the share of everybody), most typical first.
    """

    kinds: list[tuple[int, float, float]]
    times: list[tuple[int, float, float]]
    ways: list[tuple[int, float, float]]


def typical(offers: Offers, rows: Index, most: int = 5) -> Typical:
    """What is typical of some people, against all. rows: theirs."""
    return Typical(
        _typical(np.asarray((offers.kinds > 0).toarray(), float), rows, most),
        _typical((offers.free > 0).astype(float), rows, most),
        _typical((offers.ways > 0).astype(float), rows, most),
    )


def _typical(has: NDArray[np.float64], rows: Index, most: int) -> list[tuple[int, float, float]]:
    here, everywhere = has[rows].mean(axis=0), has.mean(axis=0)
    lift = here / np.maximum(everywhere, 1e-9)
    # What most of them offer and few others do.
    order = np.argsort(-here * np.log1p(lift), kind="stable")[:most]
    return [
        (int(place), float(here[place]), float(lift[place]))
        for place in order.tolist()
        if here[place] > 0
    ]
