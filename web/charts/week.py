"""The week as a grid: seven days by morning, afternoon and evening."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import get_language_bidi

from web.charts.chart import Chart, Point, shade, units

DAYS, PARTS = 7, 3
#: Units of a cell, between two, and for the names of the rows and of the columns.
WIDTH, HEIGHT, GAP = 48.0, 40.0, 4.0
_NAMES, _HEAD = 84.0, 22.0
_ALL = _NAMES + DAYS * (WIDTH + GAP) - GAP


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of one day: where it is, how dark, and whether its number is not shown."""

    point: Point
    x: str
    y: str
    middle: str
    base: str
    shade: int


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a row or column and where it stands."""

    words: str
    x: str
    y: str


@dataclass(frozen=True, kw_only=True)
class WeekGrid(Chart):
    """The grid. points: 21, Monday morning, afternoon, evening, Tuesday morning and so on, as the
    week's slots are numbered everywhere. days, parts: their names, short ones for the days.
    """

    days: tuple[str, ...]
    parts: tuple[str, ...]
    drawing: ClassVar[str] = "components/charts/week.html"
    width: ClassVar[str] = units(_ALL)
    height: ClassVar[str] = units(_HEAD + PARTS * (HEIGHT + GAP) - GAP)
    cell_width: ClassVar[str] = units(WIDTH)
    cell_height: ClassVar[str] = units(HEIGHT)

    def __post_init__(self) -> None:
        if len(self.points) != DAYS * PARTS:
            raise ValueError(f"a week has {DAYS * PARTS} parts, not {len(self.points)}")

    @property
    def cells(self) -> list[Cell]:
        """The cells in the order of the points; from right to left where the reader reads so."""
        return [
            _cell(point, *divmod(slot, PARTS), self.most) for slot, point in enumerate(self.points)
        ]

    @property
    def day_names(self) -> list[Name]:
        """The names above the columns."""
        return [
            Name(name, units(_x(day) + WIDTH / 2), units(_HEAD - 8))
            for day, name in enumerate(self.days)
        ]

    @property
    def part_names(self) -> list[Name]:
        """The names beside the rows."""
        edge = _ALL if get_language_bidi() else 0
        return [
            Name(name, units(edge), units(_y(part) + HEIGHT / 2 + 5))
            for part, name in enumerate(self.parts)
        ]


def _cell(point: Point, day: int, part: int, most: float) -> Cell:
    x, y = _x(day), _y(part)
    return Cell(
        point,
        units(x),
        units(y),
        units(x + WIDTH / 2),
        units(y + HEIGHT / 2 + 5),
        shade(point.value, most),
    )


def _x(day: int) -> float:
    along = day * (WIDTH + GAP)
    return _ALL - _NAMES - WIDTH - along if get_language_bidi() else _NAMES + along


def _y(part: int) -> float:
    return _HEAD + part * (HEIGHT + GAP)
