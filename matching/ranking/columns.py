"""People and roles as columns of numbers and texts: what the ranking reads, and all that it reads.

Row i of every column is the same person (`VolunteerColumns`) or role (`RoleColumns`). Rows are in
any order; ids must not repeat. Columns are checked when they are made: a wrong shape, type or
length raises `ColumnsError` naming the column.

Nothing here needs scikit-learn, so that a web process can import it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, issparse, vstack

from matching.ranking.geography import points

#: Values of `VolunteerColumns.travel_mode`.
TRAVEL_MODES = ("walk", "cycle", "bus", "car")
#: Values of `dbs_level`, each more than the one before.
DBS_LEVELS = ("none", "basic", "standard", "enhanced", "enhanced_barred")
#: A week has 21 slots: bit = day × 3 + part, Monday first; morning, afternoon, evening.
SLOTS_IN_A_WEEK = 21

#: Which rows: their positions in the order wanted, or a slice.
Rows = NDArray[np.integer] | Sequence[int] | slice


class ColumnsError(ValueError):
    """A column does not have the shape, type or values that it must have."""


def tag_matrix(rows: Sequence[Iterable[int]], size: int) -> csr_array:
    """Which of `size` tags each row has: `rows[i]` holds indices of the vocabulary, repeats count
    once. Gives float32 CSR (len(rows) × size) of 0 and 1. Raises ColumnsError for an index outside.
    """
    distinct = [sorted(set(row)) for row in rows]
    lengths = [len(row) for row in distinct]
    indices = np.fromiter((tag for row in distinct for tag in row), np.int32, sum(lengths))
    if indices.size and (indices.min() < 0 or indices.max() >= size):
        raise ColumnsError(f"a tag lies outside the vocabulary of {size}")
    indptr = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))).astype(np.int32)
    data = np.ones(indices.size, np.float32)
    return csr_array((data, indices, indptr), shape=(len(distinct), size))


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The codes that tag matrices count in: column j of a matrix is `codes[j]`.

    `cause_parents[j]` is the index of the parent of cause j, -1 for a cause at the top.
    """

    causes: tuple[str, ...]
    cause_parents: NDArray[np.int32]
    activities: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    motives: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        parents = self.cause_parents
        if parents.shape != (len(self.causes),):
            raise ColumnsError(
                f"cause_parents must have one entry for each of the {len(self.causes)} causes, "
                f"not shape {parents.shape}"
            )
        if parents.size and (parents.min() < -1 or parents.max() >= parents.size):
            raise ColumnsError("cause_parents points outside the causes")
        if (parents == np.arange(parents.size)).any():
            raise ColumnsError("a cause cannot be its own parent")


class Columns:
    """What `VolunteerColumns` and `RoleColumns` share: length, picking rows, checking."""

    ids: NDArray[np.int64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]

    @cached_property
    def points(self) -> NDArray[np.float32]:
        """Where each is, as `geography.points`, (3 × n)."""
        return points(self.latitude, self.longitude)

    def __len__(self) -> int:
        return len(self.ids)

    def _fill(self, name: str) -> None:
        """Tags that were not given: nobody said anything, in a vocabulary of none."""
        if getattr(self, name) is None:
            object.__setattr__(self, name, csr_array((len(self.ids), 0), dtype=np.float32))

    def take(self, rows: Rows) -> Self:
        """The same columns with these rows only, in this order (an index array or a slice)."""
        if not isinstance(rows, slice):
            rows = np.asarray(rows, dtype=np.intp)
        return type(self)(**{f.name: _pick(getattr(self, f.name), rows) for f in fields(self)})  # type: ignore[arg-type]  # the subclasses are dataclasses

    def joined(self, others: Self) -> Self:
        """The same columns with the rows of others after these."""
        both = ((f.name, getattr(self, f.name), getattr(others, f.name)) for f in fields(self))  # type: ignore[arg-type]  # likewise
        return type(self)(**{name: _joined(ours, theirs) for name, ours, theirs in both})

    def _check(self, dtypes: dict[str, type], tags: Iterable[str], texts: Iterable[str]) -> None:
        owner = type(self).__name__
        for name, dtype in dtypes.items():
            _check_array(f"{owner}.{name}", getattr(self, name), dtype, len(self.ids))
        for name in tags:
            _check_tags(f"{owner}.{name}", getattr(self, name), len(self.ids))
        for name in texts:
            _check_texts(f"{owner}.{name}", getattr(self, name), len(self.ids))
        if len(np.unique(self.ids)) != len(self.ids):
            raise ColumnsError(f"{owner}.ids holds an id twice")

    def _check_range(self, name: str, low: int, high: int) -> None:
        values = getattr(self, name)
        if len(values) and (values.min() < low or values.max() > high):
            raise ColumnsError(f"{type(self).__name__}.{name} must lie between {low} and {high}")


_VOLUNTEER_DTYPES: dict[str, type] = {
    "ids": np.int64,
    "age": np.float32,
    "parent_confirmed": np.bool_,
    "latitude": np.float64,
    "longitude": np.float64,
    "travel_km": np.float32,
    "travel_mode": np.int8,
    "helps_in_person": np.bool_,
    "helps_from_home": np.bool_,
    "one_off": np.bool_,
    "regular": np.bool_,
    "wants_company": np.bool_,
    "hours_a_week": np.float32,
    "availability": np.uint32,
    "dbs_level": np.int8,
    "willing_dbs": np.bool_,
    "waiting_days": np.float32,
}


@dataclass(frozen=True, eq=False)
class VolunteerColumns(Columns):
    """n people.

    age: whole years today, nan where not known. latitude, longitude: degrees, nan where not known.
    travel_km: how far they would go, inf for any distance. travel_mode: index of `TRAVEL_MODES`.
    helps_in_person, helps_from_home: neither set means not said; likewise one_off and regular.
    wants_company: needs a role that takes people who come with someone.
    hours_a_week: nan where not said. availability: mask of 21 slots, 0 where not said.
    languages, causes, activities, skills: CSR, n × size of the vocabulary (`tag_matrix`); an empty
    row means not said. dbs_level: index of `DBS_LEVELS`. waiting_days: since they asked for a role,
    0 for those who do not wait. about: interests in their own words. experience: skills likewise.
    motives: what they want to get out of it, n × motives of the vocabulary; may be left out.
    """

    ids: NDArray[np.int64]
    age: NDArray[np.float32]
    parent_confirmed: NDArray[np.bool_]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    travel_km: NDArray[np.float32]
    travel_mode: NDArray[np.int8]
    helps_in_person: NDArray[np.bool_]
    helps_from_home: NDArray[np.bool_]
    one_off: NDArray[np.bool_]
    regular: NDArray[np.bool_]
    wants_company: NDArray[np.bool_]
    hours_a_week: NDArray[np.float32]
    availability: NDArray[np.uint32]
    languages: csr_array
    causes: csr_array
    activities: csr_array
    skills: csr_array
    dbs_level: NDArray[np.int8]
    willing_dbs: NDArray[np.bool_]
    waiting_days: NDArray[np.float32]
    about: list[str]
    experience: list[str]
    motives: csr_array = None

    def __post_init__(self) -> None:
        self._fill("motives")
        tags = ("languages", "causes", "activities", "skills", "motives")
        self._check(_VOLUNTEER_DTYPES, tags, ("about", "experience"))
        self._check_range("travel_mode", 0, len(TRAVEL_MODES) - 1)
        self._check_range("dbs_level", 0, len(DBS_LEVELS) - 1)
        self._check_range("availability", 0, 2**SLOTS_IN_A_WEEK - 1)


_ROLE_DTYPES: dict[str, type] = {
    "ids": np.int64,
    "organisation_ids": np.int64,
    "latitude": np.float64,
    "longitude": np.float64,
    "from_home": np.bool_,
    "slots": np.uint32,
    "one_off": np.bool_,
    "hours_a_week": np.float32,
    "minimum_age": np.float32,
    "maximum_age": np.float32,
    "dbs_level": np.int8,
    "welcomes_company": np.bool_,
    "verified": np.bool_,
    "open": np.bool_,
    "places_left": np.int32,
    "pending": np.int32,
    "catching_up": np.bool_,
}


@dataclass(frozen=True, eq=False)
class RoleColumns(Columns):
    """m roles.

    latitude, longitude: degrees, nan where not known. from_home: done from home.
    slots: mask of 21 slots, 0 for flexible or not said. one_off: else regular.
    hours_a_week: nan where not said. minimum_age, maximum_age: whole years, both included; nan (or
    -inf, inf) for none. dbs_level: index of `DBS_LEVELS` that the role needs.
    languages: those that it needs. skills_needed, skills_useful, skills_gained: CSR, m × size of
    the vocabulary, as are causes and activities. verified: the group is verified and not suspended.
    open: published, not closed. places_left, pending: people. title, body: what the group wrote;
    body is everything but the title. offers: motives that the role meets; may be left out.
    catching_up: takes nobody until its group has answered those who wait too long; may be left out.
    """

    ids: NDArray[np.int64]
    organisation_ids: NDArray[np.int64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    from_home: NDArray[np.bool_]
    slots: NDArray[np.uint32]
    one_off: NDArray[np.bool_]
    hours_a_week: NDArray[np.float32]
    minimum_age: NDArray[np.float32]
    maximum_age: NDArray[np.float32]
    dbs_level: NDArray[np.int8]
    languages: csr_array
    causes: csr_array
    activities: csr_array
    skills_needed: csr_array
    skills_useful: csr_array
    skills_gained: csr_array
    welcomes_company: NDArray[np.bool_]
    verified: NDArray[np.bool_]
    open: NDArray[np.bool_]
    places_left: NDArray[np.int32]
    pending: NDArray[np.int32]
    title: list[str]
    body: list[str]
    offers: csr_array = None
    catching_up: Any = None

    def __post_init__(self) -> None:
        self._fill("offers")
        if self.catching_up is None:
            object.__setattr__(self, "catching_up", np.zeros(len(self.ids), np.bool_))
        skills = ("skills_needed", "skills_useful", "skills_gained")
        tags = ("languages", "causes", "activities", "offers", *skills)
        self._check(_ROLE_DTYPES, tags, ("title", "body"))
        if len({getattr(self, name).shape for name in skills}) > 1:
            raise ColumnsError("RoleColumns: skills needed, useful and gained differ in width")
        self._check_range("dbs_level", 0, len(DBS_LEVELS) - 1)
        self._check_range("slots", 0, 2**SLOTS_IN_A_WEEK - 1)


@dataclass(frozen=True, eq=False)
class Applied:
    """Who applied for what before: `pairs[i, j]` is set where person i once applied for role j (or
    where that keeps them from asking again: who fills it decides), `blocked[i, j]` where person i
    and the group of role j want nothing of each other.
    """

    pairs: csr_array
    blocked: csr_array = None

    def __post_init__(self) -> None:
        if self.blocked is None:
            object.__setattr__(self, "blocked", csr_array(self.pairs.shape, dtype=np.bool_))

    @classmethod
    def none(cls, volunteers: int, roles: int) -> Self:
        """Nobody applied for anything."""
        return cls(csr_array((volunteers, roles), dtype=np.bool_))

    @classmethod
    def of(
        cls,
        volunteers: VolunteerColumns,
        roles: RoleColumns,
        volunteer_ids: Sequence[int] | NDArray[np.int64],
        role_ids: Sequence[int] | NDArray[np.int64],
        blocks: Sequence[tuple[int, int]] = (),
    ) -> Self:
        """From applications as two lists of ids of the same length, in any order, and blocks as
        (person, group); those of people, roles or groups that are not in the columns are left out.
        Raises ColumnsError if lengths differ.
        """
        if len(volunteer_ids) != len(role_ids):
            raise ColumnsError(
                f"{len(volunteer_ids)} volunteer ids for {len(role_ids)} role ids of applications"
            )
        groups = {group for _person, group in blocks}
        roles_of = {
            group: roles.ids[roles.organisation_ids == group].tolist() for group in sorted(groups)
        }
        kept_apart = [(person, role) for person, group in blocks for role in roles_of[group]]
        return cls(
            _pairs(volunteers, roles, volunteer_ids, role_ids),
            _pairs(volunteers, roles, *zip(*kept_apart, strict=True)) if kept_apart else None,
        )

    def take(self, rows: Rows | None = None, columns: Rows | None = None) -> Self:
        """The same for these people and these roles only."""
        return type(self)(_taken(self.pairs, rows, columns), _taken(self.blocked, rows, columns))


def _pairs(
    volunteers: VolunteerColumns,
    roles: RoleColumns,
    volunteer_ids: Sequence[int] | NDArray[np.int64],
    role_ids: Sequence[int] | NDArray[np.int64],
) -> csr_array:
    """The pairs that two lists of ids name, as far as they are in the columns."""
    rows, known_rows = _positions(volunteers.ids, np.asarray(volunteer_ids, np.int64))
    columns, known_columns = _positions(roles.ids, np.asarray(role_ids, np.int64))
    known = known_rows & known_columns
    data = np.ones(int(known.sum()), np.bool_)
    shape = (len(volunteers), len(roles))
    return csr_array((data, (rows[known], columns[known])), shape=shape, dtype=np.bool_)


def _taken(pairs: csr_array, rows: Rows | None, columns: Rows | None) -> csr_array:
    if rows is not None:
        pairs = pairs[rows]
    if columns is not None:
        pairs = pairs[:, columns]
    return pairs


def _positions(
    ids: NDArray[np.int64], wanted: NDArray[np.int64]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where each wanted id stands in ids, and whether it is there at all."""
    if not len(ids):
        return np.zeros(len(wanted), np.intp), np.zeros(len(wanted), np.bool_)
    order = np.argsort(ids)
    found = np.searchsorted(ids, wanted, sorter=order).clip(max=len(ids) - 1)
    positions = order[found]
    return positions, ids[positions] == wanted


def _pick(column: Any, rows: Rows) -> Any:
    if isinstance(column, list):
        return column[rows] if isinstance(rows, slice) else [column[row] for row in rows]
    return column[rows]


def _joined(ours: Any, theirs: Any) -> Any:
    if isinstance(ours, list):
        return ours + theirs
    if isinstance(ours, np.ndarray):
        return np.concatenate([ours, theirs])
    return csr_array(vstack([ours, theirs], "csr"))


def _check_array(name: str, column: Any, dtype: type, length: int) -> None:
    if not isinstance(column, np.ndarray):
        raise ColumnsError(f"{name} must be a numpy array, not {type(column).__name__}")
    if column.dtype != dtype:
        raise ColumnsError(f"{name} must be of type {np.dtype(dtype)}, not {column.dtype}")
    if column.shape != (length,):
        raise ColumnsError(f"{name} must have shape ({length},), not {column.shape}")


def _check_tags(name: str, column: Any, length: int) -> None:
    if not issparse(column) or column.format != "csr":
        raise ColumnsError(f"{name} must be a CSR matrix, not {type(column).__name__}")
    if column.shape[0] != length:
        raise ColumnsError(f"{name} must have {length} rows, not {column.shape[0]}")


def _check_texts(name: str, column: Any, length: int) -> None:
    if not isinstance(column, list) or not all(isinstance(text, str) for text in column):
        raise ColumnsError(f"{name} must be a list of str")
    if len(column) != length:
        raise ColumnsError(f"{name} must have {length} texts, not {len(column)}")
