"""Who of those that wait could do which roles, those that there are and those that there could be:
what the statistics of unmet supply share people out by. Loads no scikit-learn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from matching import datasets
from matching.ranking.columns import RoleColumns, VolunteerColumns
from matching.ranking.liked import liked_and_possible, named_something
from matching.recommender import rules
from matching.recommender.asked import Asked, columns_of
from opportunities.models import Opportunity
from volunteers.models import Volunteer


@dataclass(frozen=True, eq=False)
class CouldDo:
    """n people who wait, and m roles: first those that are open, then the ones asked about, then
    those that were taken as if they were open.

    people: their columns. role_ids: of the open roles, (k,). again_ids: of the last, (l,). places:
    free ones of open roles, 0 for all others, (m,). could_do: whom every rule allows a role and who
    may like its kind of work, (n × m): who ticked or wrote of one of its activities; or of none,
    and of one of its causes; or of neither. named: of these pairs, those of people who named
    something, so that it is known that they like it. looks: the chance that they look at these
    (`matching.ranking.liked.Liked`).
    """

    people: VolunteerColumns
    role_ids: NDArray[np.int64]
    again_ids: NDArray[np.int64]
    places: NDArray[np.int64]
    could_do: Any
    looks: Any

    @property
    def named(self) -> Any:
        pairs = self.could_do.multiply(self.named_something[:, None]).tocsr()
        # A pair that is stored counts, also where it is not true.
        pairs.eliminate_zeros()
        return pairs

    @property
    def named_something(self) -> NDArray[np.bool_]:
        """Who named an activity or a cause, (n,)."""
        return named_something(self.people)


def who_waits(confirmed_since: datetime | None = None) -> VolunteerColumns:
    """Everybody who waits, as columns; with a time, those who are counted as waiting
    (`matching.datasets.still_waiting`). Ten queries or so, however many.
    """
    chosen = (
        Volunteer.objects.waiting()
        if confirmed_since is None
        else datasets.still_waiting(confirmed_since)
    )
    return datasets.volunteers(chosen, datasets.tags()).columns


def could_do(
    asked: Sequence[Asked] = (),
    people: VolunteerColumns | None = None,
    *,
    as_if_open: QuerySet[Opportunity] | None = None,
) -> CouldDo:
    """These people, or everybody who waits, with every open role and those asked about. Thirty
    queries or so, however many.

    as_if_open: roles that are looked at once more as if they had room, whatever their state.
    """
    tags = datasets.tags()
    people = who_waits() if people is None else people
    known = datasets.roles(Opportunity.objects.open(), tags).columns
    again = datasets.roles(
        Opportunity.objects.none() if as_if_open is None else as_if_open, tags
    ).columns
    proposed = columns_of(asked, tags)
    found = liked_and_possible(
        people,
        known,
        proposed.joined(_with_room(again)) if len(again) else proposed,
        datasets.applied(people, known),
        rules.for_lists(tags),
    )
    nothing = np.zeros(len(proposed) + len(again))
    places = np.concatenate([known.places_left, nothing]).astype(np.int64)
    return CouldDo(people, known.ids, again.ids, places, found.could_do, found.looks)


def _with_room(roles: RoleColumns) -> RoleColumns:
    number = len(roles)
    return replace(
        roles,
        verified=np.ones(number, np.bool_),
        open=np.ones(number, np.bool_),
        places_left=np.ones(number, np.int32),
        pending=np.zeros(number, np.int32),
        catching_up=np.zeros(number, np.bool_),
    )
