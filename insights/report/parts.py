"""What a report is made of."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.translation import ngettext

from insights.periods import Period


class Kind(StrEnum):
    """How a table is drawn: bars of its first numbers, the wards as a map, or as a table alone."""

    BARS = "bars"
    WARDS = "wards"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as people read it, and as a drawing or a workbook takes it (None where it is not
    shown, or is no number).
    """

    words: str
    value: float | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: what it is of, and its cells."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Numbers of a section. key: its name in files. title: the finding. about: what is counted, and
    when. heads: of all columns, the first of the labels. drawn: so many lines are drawn on a page,
    and the others are in the workbook alone; 0 for all.
    """

    key: str
    title: str
    about: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    kind: Kind = Kind.BARS
    whole: float | None = None
    notes: tuple[str, ...] = ()
    drawn: int = 0

    @property
    def lines_drawn(self) -> tuple[Line, ...]:
        """The lines that are drawn on a page."""
        return self.lines[: self.drawn] if self.drawn else self.lines

    @property
    def notes_drawn(self) -> tuple[str, ...]:
        """The notes, and how many lines are in the workbook alone."""
        left = len(self.lines) - len(self.lines_drawn)
        if not left:
            return self.notes
        said = ngettext(
            "%(count)s more is in the workbook.", "%(count)s more are in the workbook.", left
        )
        return (*self.notes, said % {"count": left})


@dataclass(frozen=True)
class Section:
    """One section: sentences, then tables."""

    code: str
    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to say."""
        return not self.sentences and not self.tables


@dataclass(frozen=True)
class Report:
    """The report of a year. summary: the three sentences that a councillor would take from it.
    closed: whether its figures are final. made_at: when it was put together; worked_out_at: its
    figures.
    """

    year: Period
    year_words: str
    made_at: datetime
    worked_out_at: datetime
    closed: bool
    summary: tuple[str, ...]
    sections: tuple[Section, ...] = field(default_factory=tuple)

    @property
    def title(self) -> str:
        """Such as "Volunteering in Harrow, April 2026 to March 2027"."""
        return f"Volunteering in Harrow, {self.year_words}"

    @property
    def tables(self) -> list[Table]:
        """Every table, in the order in which they stand."""
        return [table for section in self.sections for table in section.tables]
