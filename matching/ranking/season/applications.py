"""The applications of a season, and what the service knew when each was made."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from matching.ranking.odds import ACCEPTED, ANSWERED, Belief, belief_of, borough_belief, chance


class Ending(IntEnum):
    """What became of an application. withdrawn: the person went, to another role or for good."""

    OPEN = 0
    TAKEN_ON = 1
    UNSUITED = 2
    NO_PLACE = 3
    LAPSED = 4
    WITHDRAWN = 5


class Applications:
    """Applications in the order in which they were made. groups: that of each role, (m,)."""

    def __init__(self, groups: NDArray[np.int64]) -> None:
        self._groups = groups
        self._week = 0
        self.people: list[int] = []
        self.roles: list[int] = []
        self.endings: list[Ending] = []
        #: Week, places left and people who waited at that moment.
        self._moments: list[tuple[int, int, int]] = []
        count = int(groups.max()) + 1 if len(groups) else 0
        self._answered = np.zeros((count, 2))
        self._accepted = np.zeros((count, 2))
        self._beliefs: list[NDArray[np.float64]] = []
        self._known: list[bool] = []

    def __len__(self) -> int:
        return len(self.people)

    def begin_week(self, week: int) -> None:
        """What is thought of each group from now on follows from its record until now."""
        self._week = week
        self._known.append(bool(self._answered.any()))
        of_weeks = [_believed(self._answered, ANSWERED), _believed(self._accepted, ACCEPTED)]
        self._beliefs.append(np.concatenate(of_weeks, axis=1))

    def add(self, person: int, role: int, left: int, pending: int) -> int:
        """An application and its number. left, pending: of the role, just before."""
        self.people.append(person)
        self.roles.append(role)
        self.endings.append(Ending.OPEN)
        self._moments.append((self._week, int(left), int(pending)))
        return len(self.people) - 1

    def take_on(self, number: int) -> None:
        self._end(number, Ending.TAKEN_ON, answered=True, accepted=True)

    def turn_down(self, number: int, *, unsuited: bool) -> None:
        """unsuited: for the person; else there was no place, which says nothing of the group."""
        if unsuited:
            self._end(number, Ending.UNSUITED, answered=True, accepted=False)
        else:
            self._end(number, Ending.NO_PLACE, answered=True, accepted=None)

    def lapse(self, number: int) -> None:
        self._end(number, Ending.LAPSED, answered=False, accepted=None)

    def withdraw(self, number: int) -> None:
        self.endings[number] = Ending.WITHDRAWN

    def _end(self, number: int, ending: Ending, *, answered: bool, accepted: bool | None) -> None:
        self.endings[number] = ending
        group = self._groups[self.roles[number]]
        self._answered[group] += (answered, 1)
        if accepted is not None:
            self._accepted[group] += (accepted, 1)

    @property
    def ended(self) -> NDArray[np.int64]:
        """`Ending` of each, (a,)."""
        return np.array(self.endings, np.int64)

    @property
    def record_known(self) -> NDArray[np.bool_]:
        """Which were made when at least one group of the borough had answered somebody, (a,)."""
        weeks = np.array([week for week, _, _ in self._moments], np.int64)
        return np.array(self._known, bool)[weeks] if len(weeks) else np.zeros(0, bool)

    @property
    def odds(self) -> NDArray[np.float64]:
        """The chance that the service would have named when each was made, (a,)."""
        if not self.people:
            return np.zeros(0)
        week, left, pending = np.array(self._moments).T
        groups = self._groups[np.array(self.roles)]
        of_groups = np.stack(self._beliefs)[week, groups]
        answered, accepted = Belief(*of_groups[:, :2].T), Belief(*of_groups[:, 2:].T)
        return chance(left, pending, answered, accepted).probability


def _believed(record: NDArray[np.float64], unknown: Belief) -> NDArray[np.float64]:
    """Hits and misses of what is thought of each group, (groups × 2). record: hits and trials."""
    hits, trials = record.T
    belief = belief_of(hits, trials, borough_belief(hits, trials, unknown=unknown))
    return np.stack([np.asarray(belief.hits), np.asarray(belief.misses)], axis=1)
