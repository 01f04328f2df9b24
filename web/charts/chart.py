"""What all charts have."""

from dataclasses import dataclass
from math import ceil
from typing import ClassVar

#: Steps of shade above nothing.
STEPS = 5


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a chart.

    label: what it is of. value: the number, None where it is not shown. words: the number as a
    table says it, such as "about 35" or "fewer than 8". mark: the same as short as a drawing needs
    it, such as "35" or "*"; the words where none is given. address: the page behind it, if any.
    more_than: of days that are not reached yet, how many they are at least: more than any number.
    out_of: of a share, out of how many, as the table says it.
    """

    label: str
    value: float | None
    words: str
    mark: str = ""
    address: str = ""
    more_than: float | None = None
    out_of: str = ""

    @property
    def written(self) -> str:
        """The number as the drawing has it."""
        return self.mark or self.words


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart with its table.

    key: its name on the page, of letters and hyphens, also that of its place (`#chart-key`). title:
    the finding, in a sentence. about: what is drawn, and of when. points: the numbers. heads: the
    heads of the table's two columns. csv: the address of its file, if it has one. notes: sentences
    below it. level: that of its heading, 2 or 3.
    """

    key: str
    title: str
    about: str
    points: tuple[Point, ...]
    heads: tuple[str, str]
    csv: str = ""
    notes: tuple[str, ...] = ()
    level: int = 3
    #: The template that draws it.
    drawing: ClassVar[str]
    #: Whether the drawing is a table itself, so that it needs none beside it.
    is_table: ClassVar[bool] = False

    @property
    def instead(self) -> str:
        """What is said instead of the drawing, where there is nothing to draw."""
        return ""

    @property
    def most(self) -> float:
        """The largest value, 0 where there is none."""
        return max((point.value for point in self.points if point.value is not None), default=0.0)

    @property
    def has_bases(self) -> bool:
        """Whether the table says of shares out of how many they are."""
        return any(point.out_of for point in self.points)

    @property
    def has_links(self) -> bool:
        """Whether parts of the drawing lead somewhere."""
        return any(point.address for point in self.points)


def shade(value: float | None, most: float) -> int:
    """The step of shade of a value: 0 for nothing or what is not shown, 5 for the most."""
    if value is None or value <= 0 or most <= 0:
        return 0
    return min(STEPS, ceil(STEPS * value / most))


def units(length: float) -> str:
    """A length of a drawing as SVG takes it, whatever the reader's language."""
    return f"{length:.1f}".removesuffix(".0")
