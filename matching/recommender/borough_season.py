"""Seasons of the borough as it is now, with and without roles that there could be: the simulator
(docs/explanation/season.md) over the people who wait and the roles that are open. Loads
scikit-learn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from matching import datasets
from matching.ranking.season.borough import BoroughRoles, BoroughSeason, season_with
from matching.recommender import rules
from matching.recommender.asked import Added, columns_of
from matching.recommender.could_do import who_waits
from opportunities.models import Opportunity, Organisation

#: Days within which `Organisation.answered_share` counts an answer.
_ANSWERED_WITHIN = 10
#: What is thought of groups where no group of the borough has a record.
_UNKNOWN_SHARE = 0.6
#: Of more people than this a part is drawn by lot, with that part of all places: tables of people
#: by roles would not fit into memory, and a season would take minutes.
MOST_PEOPLE = 5000
#: Groups that answer within five days have answered before the next week of a season.
ANSWERS_EVERY_WEEK = 1.0
#: In place of the number of an added role: a role that there is, and none.
ELSEWHERE, NOWHERE = -2, -1


@dataclass(frozen=True, slots=True)
class Placed:
    """What came of one season: people placed, and how many of them in roles that were added."""

    people: int
    in_added: int


class BoroughSeasons:
    """Everybody who waits, every open role, and some roles that could be added: loaded once, for
    any number of seasons. `people`, `places`: how many there are today. `share`: the part of them
    that takes part in the seasons; what comes of these is said for all.
    """

    def __init__(
        self, added: Sequence[Added] = (), confirmed_since: datetime | None = None
    ) -> None:
        tags = datasets.tags()
        people = who_waits(confirmed_since)
        known = datasets.roles(Opportunity.objects.open(), tags).columns
        proposed = columns_of([one.asked for one in added], tags)
        # Each is a group of its own, with a number that is nobody's.
        numbers = -1 - np.arange(len(added))
        proposed = replace(proposed, ids=numbers, organisation_ids=numbers)
        columns = known.joined(proposed)
        places = np.concatenate([known.places_left, [one.places for one in added]]).astype(np.int64)
        self._known = len(known)
        self.people, self.places = len(people), int(known.places_left.sum())
        self.share = min(1.0, MOST_PEOPLE / max(len(people), 1))
        if self.share < 1:
            draw = np.random.default_rng(0)
            people = people.take(np.sort(draw.choice(len(people), MOST_PEOPLE, replace=False)))
            places = draw.binomial(places, self.share)
        self._season = None
        if len(people) and len(columns):
            self._season = BoroughSeason(
                people,
                BoroughRoles(columns, places, _answering(columns.organisation_ids)),
                datasets.applied(people, columns),
                rules.for_lists(tags),
            )

    def placed(
        self, seed: int, scenarios: Sequence[Sequence[int]], *, answer_every_week: bool = False
    ) -> list[Placed]:
        """What comes of a season with each of these scenarios: the numbers of the added roles that
        are there. The same people want the same things in all of them.
        """
        if self._season is None:
            return [Placed(0, 0) for __ in scenarios]
        found = []
        for role_of in self.roles_of_people(seed, scenarios, answer_every_week=answer_every_week):
            counts = (role_of != NOWHERE).sum(), (role_of >= 0).sum()
            found.append(Placed(*(round(float(count) / self.share) for count in counts)))
        return found

    def roles_of_people(
        self, seed: int, scenarios: Sequence[Sequence[int]], *, answer_every_week: bool = False
    ) -> list[NDArray[np.int64]]:
        """The same by person, of those who take part: the number of the added role that they have,
        `ELSEWHERE` for a role that there is and `NOWHERE` for none, (n,) for each scenario.
        """
        if self._season is None:
            return [np.empty(0, np.int64) for __ in scenarios]
        world = self._season.world(seed)
        answering = ANSWERS_EVERY_WEEK if answer_every_week else None
        found = []
        for numbers in scenarios:
            there = self._there(world.shape[1], numbers)
            role_of = season_with(self._season, world, there, seed, answering=answering).placed
            known = np.where(role_of >= 0, ELSEWHERE, NOWHERE)
            found.append(np.where(role_of >= self._known, role_of - self._known, known))
        return found

    def appeal(self, seed: int) -> NDArray[np.float32]:
        """How much the page of each added role appeals to everybody in the season of a seed, which
        is drawn by lot: in standard deviations of a taste.
        """
        if self._season is None:
            return np.empty(0, np.float32)
        return self._season.world(seed).appeal[self._known :]

    def _there(self, roles: int, numbers: Sequence[int]) -> NDArray[np.bool_]:
        there = np.zeros(roles, np.bool_)
        there[: self._known] = True
        there[self._known + np.array(numbers, np.int64)] = True
        return there


def _answering(groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """The chance of each role's group to answer in a week, as its record says; the mean of all
    groups where it has none, (m,).
    """
    rows = Organisation.objects.values_list("pk", "answered_share")
    shares = {pk: share for pk, share in rows if share is not None}
    mean = float(np.mean(list(shares.values()))) if shares else _UNKNOWN_SHARE
    of_each = np.array([shares.get(pk, mean) for pk in groups.tolist()], np.float64)
    return np.asarray(1 - (1 - of_each) ** (7 / _ANSWERED_WITHIN))
