"""Each person's best roles: the pairs that take part in an allocation."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

#: Scores that differ by less than this are taken to be the same.
_LEAST_SPREAD = 1e-9


@dataclass(frozen=True, eq=False)
class Candidates:
    """Pairs of people and roles: row and column of each, and its value in standard deviations of
    the person's scores above their mean. active: people who can be offered something, (n,).
    mask: what is eligible, as it was given, (n × m). compared: how many of a person's best roles
    their scores were compared with, 0 for all.
    """

    people: NDArray[np.int64]
    roles: NDArray[np.int64]
    values: NDArray[np.float64]
    active: NDArray[np.bool_]
    columns: int
    mask: NDArray[np.bool_] | csr_array
    compared: int = 0

    def check(self, people: int, *roles: int) -> None:
        """Raises ValueError unless there are so many people and roles."""
        if len(self.active) != people or any(count != self.columns for count in roles):
            raise ValueError(
                f"suitability is of {len(self.active)} people and {self.columns} roles, "
                f"but waiting is of {people}, places and pending of {roles}"
            )


def relative(scores: NDArray[Any]) -> NDArray[np.float64]:
    """Scores in standard deviations above the mean of a person's scores, along the last axis; 0
    where all are the same. Those that are not finite stay out of mean and deviation, and are -inf.

    What a score is worth differs between models, and between somebody who wrote three words and
    somebody who wrote a page; what a person likes better than the rest does not.
    """
    scores = np.asarray(scores, float)
    finite = np.isfinite(scores)
    count = np.maximum(finite.sum(axis=-1, keepdims=True), 1)
    known = np.where(finite, scores, 0.0)
    mean = known.sum(axis=-1, keepdims=True) / count
    away = np.where(finite, scores - mean, 0.0)
    spread = np.sqrt((away**2).sum(axis=-1, keepdims=True) / count)
    scaled = np.where(spread > _LEAST_SPREAD, away / np.maximum(spread, _LEAST_SPREAD), 0.0)
    return np.where(finite, scaled, -np.inf)


def relative_among_best(
    scores: NDArray[Any], eligible: NDArray[np.bool_], count: int
) -> NDArray[np.float64]:
    """As `relative`, with the mean and deviation of each person's best `count` eligible roles: what
    sparse candidates were compared with. count 0: of all roles.
    """
    scores = np.asarray(scores, float)
    if not 0 < count < scores.shape[-1]:
        return relative(scores)
    possible = np.where(eligible & np.isfinite(scores), scores, -np.inf)
    best = -np.partition(-possible, count - 1, axis=-1)[..., :count]
    finite = np.isfinite(best)
    known = np.maximum(finite.sum(axis=-1, keepdims=True), 1)
    mean = np.where(finite, best, 0.0).sum(axis=-1, keepdims=True) / known
    away = np.where(finite, best - mean, 0.0)
    spread = np.sqrt((away**2).sum(axis=-1, keepdims=True) / known)
    scaled = np.where(spread > _LEAST_SPREAD, scores - mean, 0.0)
    scaled = scaled / np.maximum(spread, _LEAST_SPREAD)
    return np.where(np.isfinite(scores), scaled, -np.inf)


def dense_candidates(
    suitability: NDArray[Any], eligible: NDArray[np.bool_], count: int, of_each_role: int = 0
) -> Candidates:
    """The best `count` eligible roles of each of n people, and the `of_each_role` people whom each
    role suits best. suitability, eligible: (n × m).
    """
    if suitability.shape != eligible.shape or suitability.ndim != 2:
        raise ValueError(f"suitability is {suitability.shape}, eligible {eligible.shape}")
    values = np.where(eligible, relative(suitability), -np.inf)
    chosen = np.zeros(values.shape, bool)
    np.put_along_axis(chosen, _best(values, count), True, axis=1)
    np.put_along_axis(chosen, _best(values.T, of_each_role).T, True, axis=0)
    people, roles = np.nonzero(chosen & (values > -np.inf))
    return Candidates(
        people=people,
        roles=roles,
        values=values[people, roles],
        active=np.asarray(eligible.any(axis=1)),
        columns=eligible.shape[1],
        mask=eligible,
    )


def _best(values: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Columns of the `count` highest values of each row, in no order."""
    count = min(count, values.shape[1])
    if not count:
        return np.empty((len(values), 0), np.int64)
    return np.argpartition(-values, count - 1, axis=1)[:, :count]


def sparse_candidates(suitability: csr_array, eligible: csr_array) -> Candidates:
    """All stored pairs that are eligible. The mean and deviation are those of a row's stored pairs.
    suitability, eligible: (n × m).
    """
    if suitability.shape != eligible.shape:
        raise ValueError(f"suitability is {suitability.shape}, eligible {eligible.shape}")
    lengths = np.diff(suitability.indptr)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    scores = suitability.data.astype(float)
    finite = np.isfinite(scores)
    known = np.where(finite, scores, 0.0)
    count = np.maximum(np.bincount(rows, finite, len(lengths)), 1)
    mean = np.bincount(rows, known, len(lengths)) / count
    away = np.where(finite, known - mean[rows], 0.0)
    spread = np.sqrt(np.bincount(rows, away**2, len(lengths)) / count)[rows]
    values = np.where(spread > _LEAST_SPREAD, away / np.maximum(spread, _LEAST_SPREAD), 0.0)
    mask = eligible.astype(bool)
    allowed = mask[rows, suitability.indices] if len(rows) else rows.astype(bool)
    kept = np.flatnonzero(np.asarray(allowed).ravel() & finite)
    active = np.bincount(rows[kept], minlength=len(lengths)) > 0
    stored = lengths[active]
    return Candidates(
        people=rows[kept].astype(np.int64),
        roles=suitability.indices[kept].astype(np.int64),
        values=values[kept],
        active=active,
        columns=suitability.shape[1],
        mask=mask,
        compared=round(float(stored.mean())) if len(stored) else 0,
    )
