"""How many more people would be placed if what keeps groups from taking more were lifted.

A limit lets in up to so many people more, into any of a group's roles. Lifting several of them is
worth less than the sum of each: the same person may be let in by more than one. So each question is
answered by placing everybody anew (`insights.analysis.placing`), exactly.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from insights.analysis.placing import Pool, best_placing

Index = NDArray[np.int64]


def people_more(
    could_do: object,
    places: Index,
    limits: Sequence[Index],
    extra: Index,
    lifted: Sequence[Index],
) -> tuple[int, list[int]]:
    """How many people can be placed as it is, and how many more in each case.

    could_do: who could do what, (n × m), true or not stored. places: of roles that are free, (m,).
    limits: for each limit the roles that it keeps people out of. extra: how many more people these
    would take without it, (l,). lifted: for each case the numbers of the limits that are lifted.
    """
    able = csc_array(csr_array(could_do, dtype=np.bool_))
    of_limits = _any_of(able, limits)
    now = int(best_placing(_pool(able, places)).placed.sum())
    more = []
    for some in lifted:
        with_more = csc_array(_side_by_side(able, of_limits[:, some])) if len(some) else able
        placed = best_placing(_pool(with_more, np.concatenate([places, extra[some]])))
        more.append(int(placed.placed.sum()) - now)
    return now, more


def _pool(could_do: csc_array, places: Index) -> Pool:
    used = np.flatnonzero(places > 0)
    return Pool.of(could_do[:, used], np.ones(could_do.shape[0]), places[used])


def _any_of(could_do: csc_array, roles: Sequence[Index]) -> csc_array:
    """Who could do any of some roles, (n × l)."""
    sizes = [len(some) for some in roles]
    members = np.concatenate([*roles, np.empty(0, np.int64)]).astype(np.int64)
    column = np.repeat(np.arange(len(roles)), sizes)
    belongs = csc_array(
        (np.ones(len(members), np.int32), (members, column)),
        shape=(could_do.shape[1], len(roles)),
    )
    return csc_array((could_do.astype(np.int32) @ belongs) > 0)


def _side_by_side(left: csc_array, right: csc_array) -> csr_array:
    left, right = left.tocoo(), right.tocoo()
    rows = np.concatenate([left.row, right.row])
    columns = np.concatenate([left.col, right.col + left.shape[1]])
    shape = (left.shape[0], left.shape[1] + right.shape[1])
    return csr_array((np.ones(len(rows), np.bool_), (rows, columns)), shape=shape)
