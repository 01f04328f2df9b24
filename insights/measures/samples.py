"""What a measure picks out of the tables, and how it becomes a number.

A measure names rows of one table, and what each of them stands for; this file turns them into
numbers, for the whole borough and for each category of a dimension, always in the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.disclosure import FEWEST
from insights.analysis.survival import days_followed, days_until

Rows = NDArray[np.integer]


class Table(StrEnum):
    """What the rows of a sample are."""

    PEOPLE = "people"
    APPLICATIONS = "applications"
    ROLES = "roles"
    GROUPS = "groups"
    SHOWINGS = "showings"


@dataclass(frozen=True, slots=True)
class Cell:
    """The true numbers of one measure for one category, which leave only through
    `insights.disclosure`.

    value: the number, None where there is nothing to work it out from. count: how many rows it
    counts (of a share: those of which it is true). base: out of how many. people: how many
    different people stand behind it; None for a number that is of no people. more_than: of a number
    of days that is not reached yet, how many days it is at least.
    """

    value: float | None
    count: int
    base: int
    people: int | None
    more_than: float | None = None

    def as_json(self) -> list[Any]:
        """As it is stored; the opposite of `of_json`."""
        stored = [self.value, self.count, self.base, self.people]
        return stored if self.more_than is None else [*stored, self.more_than]

    @classmethod
    def of_json(cls, stored: list[Any]) -> "Cell":
        """A cell as it was stored."""
        return cls(*stored)


@dataclass(frozen=True, eq=False)
class Sample:
    """Some rows of a table, by number, (k,)."""

    table: Table
    rows: Rows

    def of(self, chosen: NDArray[np.bool_]) -> "Sample":
        """The part of it for which `chosen`, (k,), is true."""
        kept = {name: getattr(self, name)[chosen] for name in self._arrays()}
        return type(self)(**(vars(self) | kept))

    def cell(self, person_of: NDArray[np.integer] | None) -> Cell:
        """Its number. person_of: the person of each row of the whole table; None where rows are of
        no person.
        """
        raise NotImplementedError

    def _arrays(self) -> tuple[str, ...]:
        return tuple(name for name, value in vars(self).items() if isinstance(value, np.ndarray))

    def _people(self, person_of: NDArray[np.integer] | None) -> int | None:
        return None if person_of is None else len(np.unique(person_of[self.rows]))


@dataclass(frozen=True, eq=False)
class Counted(Sample):
    """How many rows there are."""

    def cell(self, person_of: NDArray[np.integer] | None) -> Cell:
        number = len(self.rows)
        return Cell(float(number), number, number, self._people(person_of))


@dataclass(frozen=True, eq=False)
class Summed(Sample):
    """What the rows add up to. amounts: of each row, (k,)."""

    amounts: NDArray[np.floating | np.integer]

    def cell(self, person_of: NDArray[np.integer] | None) -> Cell:
        number = len(self.rows)
        return Cell(float(self.amounts.sum()), number, number, self._people(person_of))


@dataclass(frozen=True, eq=False)
class Shared(Sample):
    """The share of the rows of which something is true, 0 to 1. hits: whether it is, (k,)."""

    hits: NDArray[np.bool_]

    def cell(self, person_of: NDArray[np.integer] | None) -> Cell:
        base, count = len(self.rows), int(self.hits.sum())
        return Cell(count / base if base else None, count, base, self._people(person_of))


@dataclass(frozen=True, eq=False)
class Timed(Sample):
    """After how many days something has happened to a share of the rows (`quantile`), counting
    those for whom it has not happened yet (`insights.analysis.survival`).

    days: until it happened or the last that is known, (k,). happened: whether it did, (k,).
    """

    days: NDArray[np.floating]
    happened: NDArray[np.bool_]
    quantile: float = 0.5

    def cell(self, person_of: NDArray[np.integer] | None) -> Cell:
        value = days_until(self.quantile, self.days, self.happened)
        more_than = None if value is not None else days_followed(self.days, FEWEST)
        people = self._people(person_of)
        return Cell(value, int(self.happened.sum()), len(self.rows), people, more_than)


@dataclass(frozen=True, eq=False)
class Spread(Sample):
    """How unevenly something is spread over the rows: the Gini index, 0 where all have the same,
    near 1 where one has everything. amounts: what each has, (k,), at least 0.
    """

    amounts: NDArray[np.floating | np.integer]

    def cell(self, person_of: NDArray[np.integer] | None) -> Cell:
        number = len(self.rows)
        return Cell(gini(self.amounts), number, number, self._people(person_of))


def gini(amounts: NDArray[np.floating | np.integer]) -> float | None:
    """The Gini index of amounts of at least 0, (k,); None where they are all 0, or none."""
    total = float(amounts.sum())
    if not total:
        return None
    ranks = np.arange(1, len(amounts) + 1)
    return (
        float(2 * (ranks * np.sort(amounts)).sum() / (len(amounts) * total)) - 1 - 1 / len(amounts)
    )


@dataclass(frozen=True, eq=False)
class Divided:
    """One sample's number divided by another's, such as people by places."""

    above: Sample
    below: Sample

    @property
    def samples(self) -> tuple[Sample, Sample]:
        return self.above, self.below


Picked = Sample | Divided


def divided(above: Cell, below: Cell) -> Cell:
    """The cell of a `Divided`: the people are those of whichever number has any, fewest first."""
    value = above.value / below.value if above.value is not None and below.value else None
    people = [cell.people for cell in (above, below) if cell.people is not None]
    return Cell(value, above.count, below.count, min(people, default=None))


def cells_of(
    picked: Picked,
    pairs: Mapping[Table, tuple[Rows, Rows]],
    categories: int,
    people: Mapping[Table, NDArray[np.integer]],
) -> list[Cell]:
    """The cell of each category of a dimension.

    pairs: for each table (row, category) as two arrays: a row may be in several categories or in
    none. categories: how many there are. people: for each table whose rows are of people, the
    person of each row.
    """
    if isinstance(picked, Divided):
        above, below = (cells_of(one, pairs, categories, people) for one in picked.samples)
        return [divided(*both) for both in zip(above, below, strict=True)]
    rows, of_category = pairs[picked.table]
    # Looked up by row: faster than looking for each row in every category.
    last = max((int(one.max()) for one in (rows, picked.rows) if len(one)), default=-1)
    cells = []
    for category in range(categories):
        is_in = np.zeros(last + 1, bool)
        is_in[rows[of_category == category]] = True
        inside = is_in[picked.rows]
        cells.append(picked.of(inside).cell(people.get(picked.table)))
    return cells


def cell_of(picked: Picked, people: Mapping[Table, NDArray[np.integer]]) -> Cell:
    """The cell of the whole borough. people: as of `cells_of`."""
    if isinstance(picked, Divided):
        above, below = (cell_of(one, people) for one in picked.samples)
        return divided(above, below)
    return picked.cell(people.get(picked.table))
