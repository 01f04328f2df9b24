"""Which roles some people have to be compared with, in a country where nobody can be compared with
all of them: by place and time first, then by what texts mean.

People alike in how they help, when they are free and whether distance matters to them are cut into
neighbourhoods (`neighbourhoods`), each of which looks at one set of roles (`RolesByPlace.near`):
those that take applications, that somebody there could reach, at a time when somebody there is
free. Whatever is left out is ruled out for everybody in it, so that the lists are those of the
whole board.

The exception are people for whom no distance is too far, and people whose place is not known: they
could go to any role there is. They get what lies within `NearbySettings.far_km` (nothing, where the
place is not known), what is done from home, and of all else `NearbySettings.by_meaning` roles for
each of them: those whose texts are most like theirs in what they mean.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.ranking.columns import Applied, RoleColumns, Rows, VolunteerColumns
from matching.ranking.eligibility import EligibilitySettings, takes_applications
from matching.ranking.geography import squared_chord_of
from matching.ranking.lists import rank_read
from matching.ranking.ranked import RankedLists
from matching.ranking.suitability import TEXT_PARTS, SuitabilityModel, Volunteers
from matching.ranking.vectors import Vectors
from matching.ranking.weights import Weights

#: Mornings and afternoons from Monday to Friday, as a mask of slots.
WORKING_HOURS = np.uint32(sum(0b11 << day * 3 for day in range(5)))
#: Roles whose meanings are compared at once.
_ROLES_AT_ONCE = 4_096
_EVERY_SLOT = np.uint32(2**32 - 1)


@dataclass(frozen=True)
class NearbySettings:
    """people: at most so many are a neighbourhood. far_km, by_meaning: what those get who would go
    any distance (see the module).
    """

    people: int = 1024
    far_km: float = 50.0
    by_meaning: int = 20


@dataclass(frozen=True, eq=False)
class Reach:
    """What decides which roles n people are compared with.

    points: `geography.points`, (3 × n), nan where not known. travel_km: inf for any distance.
    in_person, from_home: whether they could help so; who did not say could both.
    availability: mask of 21 slots, 0 where not said.
    """

    points: NDArray[np.float32]
    travel_km: NDArray[np.float32]
    in_person: NDArray[np.bool_]
    from_home: NDArray[np.bool_]
    availability: NDArray[np.uint32]

    @classmethod
    def of(cls, people: VolunteerColumns) -> Self:
        """Of these people."""
        silent = ~people.helps_in_person & ~people.helps_from_home
        return cls(
            people.points,
            people.travel_km,
            people.helps_in_person | silent,
            people.helps_from_home | silent,
            people.availability,
        )

    def __len__(self) -> int:
        return len(self.travel_km)

    def take(self, rows: Rows) -> "Reach":
        """Some of them, in this order."""
        return Reach(
            self.points[:, rows],
            self.travel_km[rows],
            self.in_person[rows],
            self.from_home[rows],
            self.availability[rows],
        )

    @property
    def somewhere(self) -> NDArray[np.bool_]:
        """People whose place is known, (n,)."""
        return ~np.isnan(self.points[0])

    @property
    def anywhere(self) -> NDArray[np.bool_]:
        """People who could go to any role there is, (n,): their candidates are capped."""
        return self.in_person & (np.isinf(self.travel_km) | ~self.somewhere)


def neighbourhoods(reach: Reach, most: int) -> Iterator[NDArray[np.intp]]:
    """Rows of n people in groups of at most `most`, each person in one: alike in how they help,
    whether distance matters, and whether they are free in working hours, otherwise, or both; then
    halved along the longer side of the land that they live in, until they are few enough.
    """
    free = np.where(reach.availability, reach.availability, _EVERY_SLOT)
    week = ((free & WORKING_HOURS) > 0) + 2 * ((free & ~WORKING_HOURS) > 0)
    kinds = reach.in_person + 2 * reach.from_home + 4 * week
    kinds = kinds + 16 * (reach.in_person * (reach.anywhere + 1 * ~reach.somewhere))
    order = np.argsort(kinds, kind="stable")
    for alike in np.split(order, np.flatnonzero(np.diff(kinds[order])) + 1):
        yield from _halved(alike, np.nan_to_num(reach.points[:, alike]), most)


def _halved(
    rows: NDArray[np.intp], points: NDArray[np.float32], most: int
) -> Iterator[NDArray[np.intp]]:
    if len(rows) <= most:
        if len(rows):
            yield np.sort(rows)
        return
    along = points[np.ptp(points, axis=1).argmax()]
    order = np.argsort(along, kind="stable")
    middle = len(rows) // 2
    for half in (order[:middle], order[middle:]):
        yield from _halved(rows[half], points[:, half], most)


@dataclass(frozen=True, eq=False)
class RolesByPlace:
    """m roles by place and time: `open`: those that take applications at all, (m,)."""

    points: NDArray[np.float32]
    from_home: NDArray[np.bool_]
    slots: NDArray[np.uint32]
    open: NDArray[np.bool_]

    @classmethod
    def of(cls, roles: RoleColumns, settings: EligibilitySettings | None = None) -> Self:
        """Of these roles, under these rules."""
        taken = takes_applications(roles, settings or EligibilitySettings())
        return cls(roles.points, roles.from_home, roles.slots, taken)

    def near(self, reach: Reach, settings: NearbySettings | None = None) -> NDArray[np.bool_]:
        """Roles that some of these people could reach, at a time when some of them are free, (m,).
        Who would go any distance counts as going `far_km`.
        """
        settings = settings or NearbySettings()
        reached = self.from_home & reach.from_home.any()
        going = reach.in_person
        if going.any():
            nowhere = np.isnan(self.points[0])
            reached |= ~self.from_home & (nowhere | self._within(reach, settings.far_km))
        return reached & self._in_time(reach)

    def elsewhere(self, reach: Reach) -> NDArray[np.bool_]:
        """Roles to go to, wherever, at a time when some of these people are free, (m,)."""
        return ~self.from_home & self._in_time(reach)

    def _in_time(self, reach: Reach) -> NDArray[np.bool_]:
        free = np.where(reach.availability, reach.availability, _EVERY_SLOT)
        wanted = np.where(self.slots, self.slots, _EVERY_SLOT)
        return self.open & ((wanted & np.bitwise_or.reduce(free)) > 0)

    def _within(self, reach: Reach, far_km: float) -> NDArray[np.bool_]:
        """Roles no further from the box that these people live in than the farthest would go."""
        going = reach.in_person & reach.somewhere
        if not going.any():
            return np.zeros(len(self.open), np.bool_)
        here = reach.points[:, going].astype(np.float64)
        low, high = here.min(axis=1)[:, None], here.max(axis=1)[:, None]
        away = np.maximum(np.maximum(low - self.points, self.points - high), 0)
        farthest = np.where(np.isinf(reach.travel_km), far_km, reach.travel_km)[going].max()
        # A hair more, so that rounding leaves nobody out. Whatever is compared with nan is false.
        return (away**2).sum(axis=0) <= squared_chord_of(farthest) * 1.0001 + 1e-4


@dataclass(frozen=True, eq=False)
class Board:
    """All roles there are, with the vectors of their texts, which may lie in files (`np.memmap`)
    and be of float16: only those that are compared are read.
    """

    columns: RoleColumns
    interests: Vectors
    experience: Vectors
    settings: EligibilitySettings | None = None

    @cached_property
    def by_place(self) -> RolesByPlace:
        """The roles by place and time."""
        return RolesByPlace.of(self.columns, self.settings)


def candidates(
    model: SuitabilityModel,
    people: Volunteers,
    board: Board,
    settings: NearbySettings | None = None,
) -> NDArray[np.intp]:
    """Rows of the roles that these people, a neighbourhood, have to be compared with, ascending."""
    settings = settings or NearbySettings()
    reach = Reach.of(people.columns)
    near = board.by_place.near(reach, settings)
    anywhere = np.flatnonzero(reach.anywhere)
    if len(anywhere) and settings.by_meaning:
        left = board.by_place.elsewhere(reach.take(anywhere)) & ~near
        near[_most_alike(model, people.take(anywhere), board, left, settings.by_meaning)] = True
    return np.flatnonzero(near)


def rank_nearby(
    model: SuitabilityModel,
    people: Volunteers,
    board: Board,
    applied: Applied,
    *,
    k: int,
    settings: NearbySettings | None = None,
) -> RankedLists:
    """As `rank_read` under the rules of the board, for the people of one neighbourhood, who are
    compared with their candidates only. applied: n × all roles. `sole_blockers` counts candidates:
    what a rule keeps apart beyond them is not looked at.
    """
    return rank_candidates(
        model, people, board, candidates(model, people, board, settings), applied, k=k
    )


def rank_candidates(
    model: SuitabilityModel,
    people: Volunteers,
    board: Board,
    rows: NDArray[np.intp],
    applied: Applied,
    *,
    k: int,
) -> RankedLists:
    """As `rank_nearby`, with candidates that are known."""
    some = model.roles_of(
        board.columns.take(rows), board.interests.take(rows), board.experience.take(rows)
    )
    lists = rank_read(model, people, some, applied.take(columns=rows), k=k, settings=board.settings)
    indices = np.full(lists.indices.shape, -1, np.int32)
    listed = lists.indices >= 0
    indices[listed] = rows[lists.indices[listed]]
    return replace(lists, ids=board.columns.ids, indices=indices)


def _most_alike(
    model: SuitabilityModel, people: Volunteers, board: Board, left: NDArray[np.bool_], count: int
) -> NDArray[np.intp]:
    """Roles among those left whose meanings are among the `count` most like some person's."""
    weights = (model.weights or Weights()).as_dict()
    rows = np.flatnonzero(left)
    found = np.empty((len(people), 0), np.intp)
    values = np.empty((len(people), 0), np.float32)
    for first in range(0, len(rows), _ROLES_AT_ONCE):
        some = rows[first : first + _ROLES_AT_ONCE]
        likeness = np.zeros((len(people), len(some)), np.float32)
        for part in TEXT_PARTS:
            theirs = getattr(board, part).dense[some].astype(np.float32)
            likeness += np.float32(weights[part]) * (getattr(people, part).dense @ theirs.T)
        values = np.hstack([values, likeness])
        found = np.hstack([found, np.broadcast_to(some, likeness.shape)])
        if values.shape[1] > count:
            best = np.argpartition(-values, count - 1, axis=1)[:, :count]
            values = np.take_along_axis(values, best, axis=1)
            found = np.take_along_axis(found, best, axis=1)
    return np.unique(found)
