"""The 22 wards as equal squares, laid out by where they lie."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from core.places.wards import WARDS
from web.charts.chart import STEPS, Chart, Point, shade, units

#: Units of a square, and between two.
SIZE, GAP = 72.0, 4.0
_STEP = SIZE + GAP
_COLUMNS = 1 + max(ward.column for ward in WARDS)
_ROWS = 1 + max(ward.row for ward in WARDS)
#: Letters that have room on a line of a square.
_LETTERS = 12
_LINE = 12.0
_HATCH = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a ward's name and how far down it stands."""

    words: str
    y: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A ward's square: where it is, how dark, its name on lines, and whether its number is not
    shown (`hatch` is then the path of its hatching).
    """

    point: Point
    x: str
    y: str
    middle: str
    number_at: str
    shade: int
    lines: tuple[Line, ...]
    hatch: str


@dataclass(frozen=True, kw_only=True)
class WardTiles(Chart):
    """The tile map. Points are labelled by ward; see `of_wards`. A label that is no ward's, such as
    "Outside Harrow", stands in the table alone.
    """

    drawing: ClassVar[str] = "components/charts/tiles.html"
    width: ClassVar[str] = units(_COLUMNS * _STEP - GAP)
    height: ClassVar[str] = units(_ROWS * _STEP - GAP)
    size: ClassVar[str] = units(SIZE)

    @property
    def tiles(self) -> list[Tile]:
        """The squares, row by row from the north-west."""
        points = {point.label: point for point in self.points}
        shown = [points[ward.name] for ward in WARDS if ward.name in points]
        most = max((point.value or point.more_than or 0 for point in shown), default=0)
        return [
            _tile(points[ward.name], ward.column, ward.row, most)
            for ward in sorted(WARDS, key=lambda ward: (ward.row, ward.column))
            if ward.name in points
        ]


def of_wards(points: Mapping[str, Point]) -> tuple[Point, ...]:
    """Points by the code of their ward, as a tile map takes them: in the order of names."""
    return tuple(points[ward.code] for ward in WARDS if ward.code in points)


def _tile(point: Point, column: int, row: int, most: float) -> Tile:
    x, y = column * _STEP, row * _STEP
    words = _lines(point.label)
    lines = tuple(Line(line, units(y + 16 + number * _LINE)) for number, line in enumerate(words))
    return Tile(
        point=point,
        x=units(x),
        y=units(y),
        middle=units(x + SIZE / 2),
        number_at=units(y + SIZE - 12),
        shade=shade(point.value, most) if point.more_than is None else STEPS,
        lines=lines,
        hatch=_hatch(x, y) if point.value is None and point.more_than is None else "",
    )


def _lines(name: str) -> list[str]:
    """A name on as few lines as have room for it."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= _LETTERS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _hatch(x: float, y: float) -> str:
    """Lines from the lower left to the upper right, over the whole square."""
    parts = []
    for start in range(_HATCH, int(2 * SIZE), _HATCH):
        left, down = max(0.0, start - SIZE), min(SIZE, float(start))
        run = down - left
        parts.append(f"M{units(x + left)} {units(y + down)}l{units(run)} -{units(run)}")
    return "".join(parts)
