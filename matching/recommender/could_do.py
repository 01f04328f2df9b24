"""Who of those that wait could do which roles, those that there are and those that there could be:
what the statistics of unmet supply share people out by. Loads no scikit-learn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import datasets
from matching.ranking.columns import VolunteerColumns
from matching.ranking.liked import liked_and_possible
from matching.recommender import rules
from matching.recommender.asked import Asked, columns_of
from opportunities.models import Opportunity
from volunteers.models import Volunteer


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
    could_do: Any


def could_do(asked: Sequence[Asked] = ()) -> CouldDo:
    """Everybody who waits, with every open role and these. Thirty queries or so, however many."""
    tags = datasets.tags()
    people = datasets.volunteers(Volunteer.objects.waiting(), tags).columns
    known = datasets.roles(Opportunity.objects.open(), tags).columns
    found = liked_and_possible(
        people,
        known,
        columns_of(asked, tags),
        datasets.applied(people, known),
        rules.for_lists(tags),
    )
    places = np.concatenate([known.places_left, np.zeros(len(asked))]).astype(np.int64)
    return CouldDo(people, known.ids, places, found)
