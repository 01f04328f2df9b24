"""A line over months."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import floor, log10
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import get_language_bidi

from web.charts.chart import Chart, Point, units

WIDTH, HEIGHT = 440.0, 230.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 48.0, 26.0, 26.0, 34.0
#: Names of months nearer than this to each other would touch.
_ROOM_FOR_NAME = 50.0
#: Marks above the ground line.
_TICKS = 2


@dataclass(frozen=True, slots=True)
class Dot:
    """A month's point: where it is, and whether its number is written beside it."""

    point: Point
    x: str
    y: str
    number_at: str
    is_written: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across with its number, or a month's name."""

    words: str
    x: str
    y: str


@dataclass(frozen=True, kw_only=True)
class Months(Chart):
    """One point a month, the first first; those that are not shown leave a gap. target: what they
    are held against, drawn as a dashed line. empty: what is said instead where none is shown.
    """

    target: Point | None = None
    empty: str | Promise = ""
    drawing: ClassVar[str] = "components/charts/months.html"
    width: ClassVar[str] = units(WIDTH)
    height: ClassVar[str] = units(HEIGHT)
    left: ClassVar[str] = units(_LEFT)
    right: ClassVar[str] = units(WIDTH - _RIGHT)

    @property
    def instead(self) -> str:
        """What is said instead of the drawing; '' where there is a point to draw."""
        return "" if any(point.value is not None for point in self.points) else str(self.empty)

    @property
    def top(self) -> float:
        """The value at the upper edge: a round one above all."""
        return _round_above(max(self.most, (self.target.value or 0) if self.target else 0))

    @property
    def dots(self) -> list[Dot]:
        """The points that are shown."""
        written = set(self._written())
        return [
            Dot(
                point,
                units(self._x(place)),
                units(self._y(point.value)),
                units(self._y(point.value) - 10),
                place in written,
            )
            for place, point in enumerate(self.points)
            if point.value is not None
        ]

    @property
    def path(self) -> str:
        """The line: a stretch for each run of months that are shown."""
        return "".join(self._stretches())

    @property
    def ticks(self) -> list[Tick]:
        """Lines across, the ground line first."""
        edge = WIDTH - _LEFT + 6 if get_language_bidi() else _LEFT - 6
        values = [self.top * step / _TICKS for step in range(_TICKS + 1)]
        return [Tick(f"{value:,g}", units(edge), units(self._y(value))) for value in values]

    @property
    def names(self) -> list[Tick]:
        """The names of months that have room, the last one always."""
        every = max(1, -(-int(_ROOM_FOR_NAME) // max(1, int(self._step))))
        last = len(self.points) - 1
        return [
            Tick(point.label, units(self._x(place)), units(HEIGHT - 10))
            for place, point in enumerate(self.points)
            if (last - place) % every == 0
        ]

    @property
    def target_at(self) -> str:
        """How far down the target's line is; '' where there is none."""
        if self.target is None or self.target.value is None:
            return ""
        return units(self._y(self.target.value))

    @property
    def _step(self) -> float:
        return (WIDTH - _LEFT - _RIGHT) / max(1, len(self.points) - 1)

    def _x(self, place: int) -> float:
        x = _LEFT + place * self._step
        return WIDTH - x if get_language_bidi() else x

    def _y(self, value: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * value / self.top

    def _stretches(self) -> Iterator[str]:
        shown = ((place, point.value) for place, point in enumerate(self.points))
        for is_shown, run in groupby(shown, key=lambda one: one[1] is not None):
            if is_shown:
                places = [f"{units(self._x(at))} {units(self._y(value or 0))}" for at, value in run]
                yield "M" + "L".join(places)

    def _written(self) -> Iterator[int]:
        """The last, the highest and the lowest, as far as they stand clear of each other."""
        shown = [place for place, point in enumerate(self.points) if point.value is not None]
        if not shown:
            return
        wanted = [
            shown[-1],
            shown[0],
            max(shown, key=lambda place: self.points[place].value or 0),
            min(shown, key=lambda place: self.points[place].value or 0),
        ]
        taken: list[int] = []
        for place in wanted:
            if all(abs(place - other) * self._step >= _ROOM_FOR_NAME for other in taken):
                taken.append(place)
                yield place


def _round_above(value: float) -> float:
    """The smallest of 1, 2, 4, 5, 6, 8, 10 times a power of ten that is not below the value."""
    if value <= 0:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in (1, 2, 4, 5, 6, 8, 10, 20) if step * power >= value)
