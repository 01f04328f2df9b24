"""Who could do which roles and likes their kind of work, by rules and shared tags alone."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from matching.ranking.columns import Applied, RoleColumns, VolunteerColumns
from matching.ranking.eligibility import EligibilitySettings, RoleKinds, evaluate_pairs
from matching.ranking.pairs import Pairs

#: People who are looked at together.
_BLOCK = 500


def liked_and_possible(
    people: VolunteerColumns,
    known: RoleColumns,
    proposed: RoleColumns,
    applied: Applied,
    settings: EligibilitySettings,
) -> csr_array:
    """Whom every rule allows a role and who likes its kind of work, CSR (n × (m + p)): first the m
    roles that there are, for which `applied` says who asked before, then p proposed ones.
    """
    known_kinds, proposed_kinds = RoleKinds(known), RoleKinds(proposed)
    blocks = [csr_array((0, len(known) + len(proposed)), dtype=np.bool_)]
    for first in range(0, len(people), _BLOCK):
        rows = np.arange(first, min(first + _BLOCK, len(people)))
        some = people.take(rows)
        of_known = evaluate_pairs(Pairs(some, known), applied.take(rows), settings, known_kinds)
        never = Applied.none(len(rows), len(proposed))
        of_proposed = evaluate_pairs(Pairs(some, proposed), never, settings, proposed_kinds)
        both = [
            of_known.eligible & likes(some, known),
            of_proposed.eligible & likes(some, proposed),
        ]
        blocks.append(csr_array(np.concatenate(both, axis=1)))
    return csr_array(vstack(blocks))


def likes(people: VolunteerColumns, roles: RoleColumns) -> NDArray[np.bool_]:
    """Who likes a role's kind of work, (n × m): who named one of its activities; or none, and one
    of its causes; or neither.
    """
    said_activity, said_cause = (
        (np.diff(tags.indptr) > 0)[:, None] for tags in (people.activities, people.causes)
    )
    activity = _shared(people.activities, roles.activities)
    cause = _shared(people.causes, roles.causes)
    return np.where(said_activity, activity, cause | ~said_cause)


def _shared(ours: Any, theirs: Any) -> NDArray[np.bool_]:
    found: NDArray[np.float32] = (ours @ theirs.T).toarray()
    return found > 0
