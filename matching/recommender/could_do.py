"""Who of those that wait could do which roles, those that there are and those that there could be:
what the statistics of unmet supply share people out by. Loads no scikit-learn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from matching import datasets
from matching.ranking.columns import RoleColumns, VolunteerColumns
from matching.ranking.eligibility import RoleKinds, evaluate_pairs
from matching.ranking.pairs import Pairs
from matching.recommender import rules
from matching.recommender.asked import Asked, columns_of
from opportunities.models import Opportunity
from volunteers.models import Volunteer

#: People who are looked at together.
_BLOCK = 500


@dataclass(frozen=True, eq=False)
class CouldDo:
    """n people who wait, and m roles: first those that are open, then the ones asked about.

    people: their columns. role_ids: of the open roles, (k,). places: free ones, 0 for those asked
    about, (m,). could_do: whom every rule allows a role and who like its kind of work, (n × m): who
    ticked or wrote of one of its activities; or of none, and of one of its causes; or of neither.
    """

    people: VolunteerColumns
    role_ids: NDArray[np.int64]
    places: NDArray[np.int64]
    could_do: csr_array


def could_do(asked: Sequence[Asked] = ()) -> CouldDo:
    """Everybody who waits, with every open role and these. Thirty queries or so, however many."""
    tags = datasets.tags()
    people = datasets.volunteers(Volunteer.objects.waiting(), tags).columns
    known = datasets.roles(Opportunity.objects.open(), tags).columns
    settings = rules.for_lists(tags)
    applied = datasets.applied(people, known)
    known_kinds = RoleKinds(known)
    proposed = columns_of(asked, tags)
    proposed_kinds = RoleKinds(proposed)
    blocks = []
    for first in range(0, len(people), _BLOCK):
        rows = np.arange(first, min(first + _BLOCK, len(people)))
        some = people.take(rows)
        of_known = evaluate_pairs(Pairs(some, known), applied.take(rows), settings, known_kinds)
        of_proposed = evaluate_pairs(
            Pairs(some, proposed), applied.none(len(rows), len(proposed)), settings, proposed_kinds
        )
        both = np.concatenate(
            [
                of_known.eligible & _likes(some, known),
                of_proposed.eligible & _likes(some, proposed),
            ],
            axis=1,
        )
        blocks.append(csr_array(both))
    width = len(known) + len(proposed)
    places = np.concatenate([known.places_left, np.zeros(len(proposed))]).astype(np.int64)
    found = csr_array(vstack(blocks)) if blocks else csr_array((0, width), dtype=np.bool_)
    return CouldDo(people, known.ids, places, found)


def _likes(people: VolunteerColumns, roles: RoleColumns) -> NDArray[np.bool_]:
    """Who likes a role's kind of work, (n × m)."""
    said_activity, said_cause = (
        (np.diff(tags.indptr) > 0)[:, None] for tags in (people.activities, people.causes)
    )
    activity = _shared(people.activities, roles.activities)
    cause = _shared(people.causes, roles.causes)
    return np.where(said_activity, activity, cause | ~said_cause)


def _shared(ours: Any, theirs: Any) -> NDArray[np.bool_]:
    found: NDArray[np.float32] = (ours @ theirs.T).toarray()
    return found > 0
