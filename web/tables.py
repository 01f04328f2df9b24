"""Tables of the statistics: on a phone rows are stacked, each cell beside the head of its column.

One template draws them (`components/table.html`), so that all do so alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A head; is_numeric: whether numbers stand under it, at the end of the line."""

    head: str
    is_numeric: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere. of: what tells links of the same words apart, heard and unseen."""

    words: str
    address: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: words, which lead to `address` where there is one; a smaller note
    under them; links, one under the other.
    """

    words: str = ""
    address: str = ""
    note: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """caption: what it shows, heard and unseen. rows: a cell for each column, or its words alone;
    the first names the row.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell | str]]

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """The rows, each cell with its column."""
        return [
            [
                (column, Cell(cell) if isinstance(cell, str) else cell)
                for column, cell in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]
