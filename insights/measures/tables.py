"""What figures are worked out from: people, applications, roles and groups as they were at one
moment, as columns.

Times are days since the beginning of 1970 (UTC), with nan for what had not happened by then. What
happened after the moment is not in the tables, so that a month can be worked out again later from
the same rows (`insights.datasets` says what these do not remember).
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from core.clock import LONDON
from insights.measures.samples import Table
from insights.periods import Period

#: Seconds of a day.
DAY = 86_400.0
Days = NDArray[np.float64]
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]
#: (row, number of the tag in `Tables.causes` or `Tables.activities`), as two arrays.
Tagged = tuple[Index, Index]

#: The questions of the equality form, by the names of their fields.
EQUALITY_QUESTIONS = (
    "age_band",
    "disability",
    "ethnic_group",
    "sex",
    "gender_same",
    "religion",
    "orientation",
)


@dataclass(frozen=True, eq=False)
class PeopleTable:
    """Everybody with a profile by then, n people.

    joined, seen: when they registered and last used the service; of people of whom no earlier use
    is known this may be afterwards. waiting: whether they asked for a role that they could start by
    then, had none, were not paused and had used the service in the 60 days before (or since, where
    it is not known). waiting_from: since when. age: in years, nan
    where not said. ward: code, '' outside the borough. free: mask of the week's 21 slots, 0 where
    not said. answers: for each equality question the code that they gave, '' for none.
    """

    ids: Index
    joined: Days
    seen: Days
    waiting: Flags
    waiting_from: Days
    age: NDArray[np.float64]
    ward: NDArray[np.str_]
    free: NDArray[np.uint32]
    causes: Tagged
    activities: Tagged
    answers: dict[str, NDArray[np.str_]]


@dataclass(frozen=True, eq=False)
class ApplicationsTable:
    """Every application by then, n of them.

    person, role: row in their tables. channel: how the person came to it. Times: applied, answered
    (the group's first answer), offered (a place, or given one at once), placed, started, ended (a
    placement), declined, over (declined, withdrawn or lapsed without a place), and still_there: the
    last time of which somebody said, or confirmed hours say, that the person was there. reason: the
    code that a group gave for declining, '' for none. told_place, told_answer: the chances from 0
    to 1 that the person was told as they asked, of a place and of an answer within 10 days, nan
    where they were told none.
    """

    ids: Index
    person: Index
    role: Index
    channel: NDArray[np.str_]
    applied: Days
    answered: Days
    offered: Days
    placed: Days
    started: Days
    ended: Days
    still_there: Days
    declined: Days
    over: Days
    reason: NDArray[np.str_]
    told_place: NDArray[np.float64]
    told_answer: NDArray[np.float64]

    @property
    def pending(self) -> Flags:
        """Which wait for the group's answer at the moment."""
        return np.isnan(self.offered) & np.isnan(self.over) & np.isnan(self.ended)

    @property
    def holding(self) -> Flags:
        """Which take up a place at the moment: offered, confirmed or begun, and not over."""
        return ~np.isnan(self.offered) & np.isnan(self.over) & np.isnan(self.ended)


@dataclass(frozen=True, eq=False)
class RolesTable:
    """Every role that was ever public by then, n of them.

    group: row in its table. opened, closed: when it was first public, and when it was taken off and
    not published again. is_open: whether it took people at that moment. paused: whether it was
    public then, but took nobody until its group had answered those who waited too long. places: how
    many it had. places_left, pending: at the moment of the tables, from the history of its
    applications and timed offers. slots: mask of the week, 0 for any time.
    """

    ids: Index
    group: Index
    opened: Days
    closed: Days
    is_open: Flags
    paused: Flags
    places: Index
    places_left: Index
    pending: Index
    from_home: Flags
    one_off: Flags
    slots: NDArray[np.uint32]
    ward: NDArray[np.str_]
    causes: Tagged
    activities: Tagged


@dataclass(frozen=True, eq=False)
class GroupsTable:
    """Every group that the volunteer centre had checked by then, n of them; codes as the group's
    own fields have them. standing: whether it was not stopped at the moment.
    """

    ids: Index
    joined: Days
    standing: Flags
    legal_form: NDArray[np.str_]
    size: NDArray[np.str_]
    network: NDArray[np.str_]
    ward: NDArray[np.str_]
    causes: Tagged


@dataclass(frozen=True, eq=False)
class HoursTable:
    """Hours that groups had confirmed by the moment, or by a few days after the end of a period
    that is over. application: row in its table. day: on which they were given. minutes: how many.
    """

    application: Index
    day: Days
    minutes: Index


@dataclass(frozen=True, eq=False)
class ShowingsTable:
    """Every role that was recommended to somebody in the 30 days before the moment, each pair of
    person and role once. person, role: row in their tables. opened, applied: whether the person
    then opened its page, or asked for it.
    """

    person: Index
    role: Index
    opened: Flags
    applied: Flags


@dataclass(frozen=True, eq=False)
class CoursesTable:
    """Every course of which somebody had said by then that they did it. person: row in its table.
    said: when.
    """

    person: Index
    said: Days


@dataclass(frozen=True, eq=False)
class Tables:
    """All of it for one period. at: the moment, its end or now, in days; begins: its first. causes,
    activities: code and name of the tags, in the order of the taxonomy; of causes only the
    headings, which stand for all that is below them.
    """

    period: Period
    begins: float
    at: float
    causes: tuple[tuple[str, str], ...]
    activities: tuple[tuple[str, str], ...]
    people: PeopleTable
    applications: ApplicationsTable
    roles: RolesTable
    groups: GroupsTable
    hours: HoursTable
    showings: ShowingsTable
    courses: CoursesTable

    @property
    def person_of(self) -> dict[Table, Index]:
        """The person of each row, for the tables whose rows are of people."""
        return {
            Table.PEOPLE: np.arange(len(self.people.ids)),
            Table.APPLICATIONS: self.applications.person,
            Table.SHOWINGS: self.showings.person,
        }

    def months_before(self, number: int) -> list[tuple[float, float]]:
        """Begin and end of the last whole months before the moment, in days, the latest first."""
        month = Period.month_of(datetime.fromtimestamp(self.at * DAY, LONDON).date())
        found = []
        for __ in range(number):
            # A period that is over ends where the next month begins.
            month = month.before()
            found.append((month.starts_at.timestamp() / DAY, month.ends_at.timestamp() / DAY))
        return found

    def in_period(self, days: Days) -> Flags:
        """Which of these times lie in the period."""
        return (days >= self.begins) & (days < self.at)


def first_of_each(index: Index, times: Days, length: int) -> Days:
    """The earliest of the times that belong to each of `length` rows, nan where there is none.

    index: which row each time belongs to, (k,). times: (k,), nan for none.
    """
    first = np.full(length, np.nan)
    np.fmin.at(first, index, times)
    return first
