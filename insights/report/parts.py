"""What a report is made of."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.clock import LONDON
from core.dates import full_day
from insights.periods import Period

#: Who reads the report.
READERS = gettext_lazy(
    "For the Harrow Strategic Partnership, Overview and Scrutiny, Cabinet and the Voluntary "
    "Sector Forum"
)


class Kind(StrEnum):
    """How a table is drawn: bars of its first numbers, the wards as a map, a line over months, or
    as a table alone.
    """

    BARS = "bars"
    WARDS = "wards"
    MONTHS = "months"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as people read it, and as a drawing or a workbook takes it (None where it is not
    shown, or is no number; `mark` then stands for it). pattern: how a workbook writes the number.
    """

    words: str
    value: float | None = None
    mark: str = ""
    pattern: str = "#,##0"

    @property
    def written(self) -> str:
        """The number as a drawing has it."""
        return self.mark or self.words


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: what it is of, and its cells. short: what it is of, where there is little
    room.
    """

    label: str
    cells: tuple[Cell, ...]
    short: str = ""


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
    def tables_with_notes(self) -> list[tuple[Table, tuple[str, ...]]]:
        """The tables as they are drawn, each with its notes; one that stands below a table before
        is not said again.
        """
        said: set[str] = set()
        found = []
        for table in self.tables:
            found.append((table, tuple(note for note in table.notes_drawn if note not in said)))
            said.update(table.notes_drawn)
        return found

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to say."""
        return not self.sentences and not self.tables


@dataclass(frozen=True)
class Report:
    """The report of a year. summary: the three sentences that a councillor would take from it.
    meaning: what a word in them means. closed: whether its figures are final. worked_out_at: when
    they were worked out. kept: of one that was kept, when and as what, in a sentence.
    """

    year: Period
    year_words: str
    worked_out_at: datetime
    closed: bool
    summary: tuple[str, ...]
    meaning: str = ""
    sections: tuple[Section, ...] = field(default_factory=tuple)
    kept: str = ""

    @property
    def title(self) -> str:
        """Such as "Volunteering in Harrow, April 2026 to March 2027"."""
        return f"Volunteering in Harrow, {self.year_words}"

    @property
    def state(self) -> str:
        """Of when the figures are and whether they are final; of a kept one, also that it is."""
        return f"{self._of_when} {self.kept}".rstrip()

    @property
    def _of_when(self) -> str:
        words = {"day": full_day(self.worked_out_at.astimezone(LONDON).date())}
        if self.closed:
            return _("The figures are final, as of %(day)s.") % words
        if self.year.is_over(self.worked_out_at):
            return _("The year is over, and late entries still count: figures of %(day)s.") % words
        return _("The year is not over: these are its figures so far, of %(day)s.") % words

    @property
    def tables(self) -> list[Table]:
        """Every table, in the order in which they stand."""
        return [table for section in self.sections for table in section.tables]
