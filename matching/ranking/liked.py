"""Who could do which roles and likes their kind of work, by rules and shared tags alone; and where
each of these would stand on their list.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from matching.ranking.columns import Applied, RoleColumns, VolunteerColumns
from matching.ranking.eligibility import EligibilitySettings, RoleKinds, evaluate_pairs
from matching.ranking.pairs import Pairs
from matching.ranking.parts import distance
from matching.ranking.season.behaviour import Behaviour
from matching.ranking.weights import Weights

#: People who are looked at together.
_BLOCK = 500


@dataclass(frozen=True, eq=False)
class Liked:
    """n people with the m roles that there are and p proposed ones.

    could_do: whom every rule allows a role and who likes its kind of work, CSR bool
    (n × (m + p)). ranks: of the same pairs, where the role stands on the person's list, or would
    stand, from 1, CSR int32. On the list is every role that there is and the rules allow them,
    liked or not; first stands what shares their causes and activities and is near, weighed as in
    the ranking, without the texts.
    """

    could_do: csr_array
    ranks: csr_array

    @property
    def looks(self) -> csr_array:
        """The chance that each of these people looks at each of these roles, CSR (n × (m + p)): by
        its rank, as in a season, and 0 past the end of a list. So somebody with a hundred roles to
        choose from looks at hardly more of them than somebody with fifty.
        """
        ranks, season = self.ranks, Behaviour()
        chance = ranks.data.astype(np.float64) ** -season.attention
        chance[ranks.data > season.list_length] = 0
        return csr_array((chance, ranks.indices, ranks.indptr), shape=ranks.shape)


def liked_and_possible(
    people: VolunteerColumns,
    known: RoleColumns,
    proposed: RoleColumns,
    applied: Applied,
    settings: EligibilitySettings,
) -> Liked:
    """By the roles that there are, for which `applied` says who asked before, then the proposed."""
    kinds = RoleKinds(known), RoleKinds(proposed)
    columns = len(known) + len(proposed)
    liked = [csr_array((0, columns), dtype=np.bool_)]
    ranks = [csr_array((0, columns), dtype=np.int32)]
    for first in range(0, len(people), _BLOCK):
        rows = np.arange(first, min(first + _BLOCK, len(people)))
        some = people.take(rows)
        never = Applied.none(len(rows), len(proposed))
        of_known, of_proposed = Pairs(some, known), Pairs(some, proposed)
        allowed = evaluate_pairs(of_known, applied.take(rows), settings, kinds[0]).eligible
        could = evaluate_pairs(of_proposed, never, settings, kinds[1]).eligible
        both = [allowed & likes(some, known), could & likes(some, proposed)]
        liked.append(csr_array(np.concatenate(both, axis=1)))
        worth = _worth(of_known), _worth(of_proposed)
        on_list = np.where(allowed, worth[0], -np.inf)
        ranks.append(_ranks(liked[-1], np.concatenate(worth, axis=1), on_list))
    return Liked(csr_array(vstack(liked)), csr_array(vstack(ranks)))


def likes(people: VolunteerColumns, roles: RoleColumns) -> NDArray[np.bool_]:
    """Who likes a role's kind of work, (n × m): who named one of its activities; or none, and one
    of its causes; or neither, and so may like any.
    """
    activity = _shared(people.activities, roles.activities)
    cause = _shared(people.causes, roles.causes)
    anything = ~named_something(people)[:, None]
    return np.where(_has_any(people.activities)[:, None], activity, cause | anything)


def named_something(people: VolunteerColumns) -> NDArray[np.bool_]:
    """Who named an activity or a cause, (n,). Of the others nobody knows what they would like."""
    return _has_any(people.activities) | _has_any(people.causes)


def _has_any(tags: Any) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.diff(tags.indptr) > 0
    return found


def _worth(pairs: Pairs) -> NDArray[np.float32]:
    """What lists are ordered by here, (n × m)."""
    people, roles, weights = pairs.volunteers, pairs.roles, Weights()
    worth = distance(pairs).value * np.float32(weights.distance)
    worth += _shared(people.causes, roles.causes) * np.float32(weights.causes)
    worth += _shared(people.activities, roles.activities) * np.float32(weights.activities)
    return worth


def _ranks(liked: csr_array, worth: NDArray[np.float32], on_list: NDArray[np.float32]) -> csr_array:
    """One more than the roles of each person's list that are worth more, for each liked pair."""
    ordered = np.sort(on_list, axis=1)
    ranks = np.empty(liked.nnz, np.int32)
    for row, (first, last) in enumerate(zip(liked.indptr[:-1], liked.indptr[1:], strict=True)):
        found = worth[row, liked.indices[first:last]]
        worse = np.searchsorted(ordered[row], found, side="right")
        ranks[first:last] = 1 + ordered.shape[1] - worse
    return csr_array((ranks, liked.indices, liked.indptr), shape=liked.shape)


def _shared(ours: Any, theirs: Any) -> NDArray[np.bool_]:
    found: NDArray[np.float32] = (ours @ theirs.T).toarray()
    return found > 0
