"""The 22 wards as equal squares, laid out by where they lie."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

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
#: Names for squares too small for the whole one. Others fit as they are, word by word.
_SHORT = {
    "Belmont": "Belm.",
    "Centenary": "Cent.",
    "Edgware": "Edgw.",
    "Greenhill": "Greenh.",
    "Harrow on the Hill": "H. on Hill",
    "Harrow Weald": "H. Weald",
    "Headstone": "Headst.",
    "Kenton East": "Kenton E.",
    "Kenton West": "Kenton W.",
    "Marlborough": "Marlb.",
    "North Harrow": "N. Harrow",
    "Pinner South": "Pinner S.",
    "Rayners Lane": "Rayn. Lane",
    "Roxbourne": "Roxb.",
    "Stanmore": "Stanm.",
    "Wealdstone North": "Weald. N.",
    "Wealdstone South": "Weald. S.",
    "West Harrow": "W. Harrow",
}
#: Letters, and units between lines, where names are short.
_SHORT_LETTERS, _SHORT_LINE = 7, 17.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a ward's name and how far down it stands."""

    words: str
    y: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A ward's square: where it is, how dark, its name on lines, the same short enough for a
    phone, and whether its number is not shown (`hatch` is then the path of its hatching).
    """

    point: Point
    x: str
    y: str
    middle: str
    number_at: str
    shade: int
    lines: tuple[Line, ...]
    short_lines: tuple[Line, ...]
    hatch: str


@dataclass(frozen=True, slots=True)
class Key:
    """What a shade of the map stands for: a step of shade, and the numbers that have it; hatched
    where these are numbers that are not shown.
    """

    shade: int
    words: str
    is_hatched: bool = False


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

    @property
    def keys(self) -> list[Key]:
        """The shades that are on the map, from fewest to most, and what is hatched."""
        of_step: dict[int, list[Point]] = {}
        for tile in self.tiles:
            if not tile.hatch:
                of_step.setdefault(tile.shade, []).append(tile.point)
        keys = [Key(step, _between(of_step[step])) for step in sorted(of_step)]
        if any(tile.hatch for tile in self.tiles):
            keys.append(Key(0, _("not shown"), is_hatched=True))
        return keys


def of_wards(points: Mapping[str, Point]) -> tuple[Point, ...]:
    """Points by the code of their ward, as a tile map takes them: in the order of names."""
    return tuple(points[ward.code] for ward in WARDS if ward.code in points)


def _tile(point: Point, column: int, row: int, most: float) -> Tile:
    x, y = column * _STEP, row * _STEP
    return Tile(
        point=point,
        x=units(x),
        y=units(y),
        middle=units(x + SIZE / 2),
        number_at=units(y + SIZE - 8),
        shade=shade(point.value, most) if point.more_than is None else STEPS,
        lines=_placed(_lines(point.label, _LETTERS), y + 16, _LINE),
        short_lines=_placed(
            _lines(_SHORT.get(point.label, point.label), _SHORT_LETTERS), y + 17, _SHORT_LINE
        ),
        hatch=_hatch(x, y) if point.value is None and point.more_than is None else "",
    )


def _between(points: list[Point]) -> str:
    """The numbers of these, as the map has them: from the least to the most."""
    ordered = sorted(points, key=lambda point: math.inf if point.value is None else point.value)
    least, most = ordered[0].written, ordered[-1].written
    if least == most:
        return least
    return _("%(least)s to %(most)s") % {"least": least, "most": most}


def _placed(words: list[str], top: float, step: float) -> tuple[Line, ...]:
    return tuple(Line(line, units(top + number * step)) for number, line in enumerate(words))


def _lines(name: str, letters: int) -> list[str]:
    """A name on as few lines, of so many letters, as have room for it."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
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
