"""Horizontal bars: a table whose rows have a bar each."""

from dataclasses import dataclass
from typing import ClassVar

from web.charts.chart import Chart, Point, units

#: Units from the beginning of a bar to the end of the longest.
WIDTH = 100.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A row. width: of its bar, in hundredths of the longest; '' where it has none. mark: where
    across it a line stands, likewise.
    """

    point: Point
    width: str
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Bars(Chart):
    """One bar for each point, from nothing to its value. whole: what a bar of full length stands
    for (1 or 100 for shares); the largest value where none is given. marks: for each point the
    value at which a line is drawn across its bar, None for no line; none at all where it is empty.
    """

    whole: float | None = None
    marks: tuple[float | None, ...] = ()
    drawing: ClassVar[str] = "components/charts/bars.html"
    is_table: ClassVar[bool] = True

    @property
    def bars(self) -> list[Bar]:
        """The rows, in the order of the points."""
        longest = self.whole or self._longest()
        marks = self.marks or (None,) * len(self.points)
        return [
            Bar(
                point,
                _width(point.value, longest) if point.more_than is None else units(WIDTH),
                _width(mark, longest),
            )
            for point, mark in zip(self.points, marks, strict=True)
        ]

    def _longest(self) -> float:
        return max((point.value or point.more_than or 0 for point in self.points), default=0.0)


def _width(value: float | None, longest: float) -> str:
    if value is None or value <= 0 or longest <= 0:
        return ""
    return units(min(WIDTH, WIDTH * value / longest))
