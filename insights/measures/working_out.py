"""All measures of one period, worked out from its tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from insights.measures.dimensions import DIMENSIONS
from insights.measures.measure import MEASURES, Measure
from insights.measures.samples import Cell, Divided, Picked, Table, cell_of, cells_of
from insights.measures.tables import Tables

#: What a missing split of a table gives: nothing in any category.
_NOWHERE = (np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True)
class Figures:
    """The true numbers of a period, which leave only through `insights.disclosure`.

    totals: the borough's cell of each measure, by code. splits: for each measure and dimension, the
    cell of each category, in the order of `categories`: code and label of each dimension's.
    kept_back: of the splits of a closed year, the places of the cells that would give its months
    away (`insights.services.years`), and of those of a closed month, of the cells that would give
    it or the month before away (`insights.services.quiet_months`); a split that is not in it is
    protected by itself.
    """

    totals: dict[str, Cell]
    splits: dict[tuple[str, str], list[Cell]]
    categories: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    kept_back: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As it is stored; the opposite of `of_json`."""
        return {
            "totals": {code: cell.as_json() for code, cell in self.totals.items()},
            "splits": {
                f"{measure}/{dimension}": [cell.as_json() for cell in cells]
                for (measure, dimension), cells in self.splits.items()
            },
            "categories": self.categories,
            "kept_back": {f"{one}/{other}": kept for (one, other), kept in self.kept_back.items()},
        }

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> "Figures":
        """Figures as they were stored."""
        splits = {
            _pair(key): [Cell.of_json(cell) for cell in cells]
            for key, cells in stored["splits"].items()
        }
        kept_back = {_pair(key): kept for key, kept in stored.get("kept_back", {}).items()}
        totals = {code: Cell.of_json(cell) for code, cell in stored["totals"].items()}
        categories = {
            code: [(one, label) for one, label in pairs]
            for code, pairs in stored["categories"].items()
        }
        return cls(totals, splits, categories, kept_back)


def _pair(key: str) -> tuple[str, str]:
    measure, __, dimension = key.partition("/")
    return measure, dimension


def worked_out(tables: Tables, measures: Iterable[Measure] = MEASURES) -> Figures:
    """All measures of a period, for the borough and split by each of their dimensions."""
    people = tables.person_of
    pairs: dict[tuple[str, Table], Any] = {}
    categories = {
        dimension.code: [(code, str(label)) for code, label in dimension.categories(tables)]
        for dimension in DIMENSIONS
    }
    totals, splits = {}, {}
    for measure in measures:
        picked = measure.pick(tables)
        totals[measure.code] = cell_of(picked, people)
        for code in measure.by:
            dimension = DIMENSIONS[code]
            for table in _tables_of(picked):
                if (code, table) not in pairs:
                    of = dimension.of.get(table)
                    pairs[code, table] = of(tables) if of else _NOWHERE
            of_tables = {table: pairs[code, table] for table in _tables_of(picked)}
            splits[measure.code, code] = cells_of(picked, of_tables, len(categories[code]), people)
    return Figures(totals, splits, categories)


def _tables_of(picked: Picked) -> set[Table]:
    if isinstance(picked, Divided):
        return {sample.table for sample in picked.samples}
    return {picked.table}
