"""A map of roles, drawn by the server: no tiles, no script, and a table that says the same.

The ground is where people live in Harrow: squares that hold a postcode of the borough.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, hypot, radians

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.places import postcodes
from core.places.postcodes import Location
from core.places.wards import WARDS
from opportunities.models import Opportunity
from web.role_words import where

#: Units across; every size below is in them.
WIDTH = 400.0
_MARGIN = 14.0
_SQUARE = 7.0
#: Roles nearer than this to each other share a dot.
_SHARED = 21.0


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a ward, and where it stands."""

    name: str
    x: float
    y: float


@dataclass(slots=True)
class Dot:
    """A place with a number, and the roles there."""

    number: int
    x: float
    y: float
    roles: list[Opportunity] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What the dot says to whoever does not see it."""
        return ngettext(
            "Place %(number)s: %(where)s, %(count)s role",
            "Place %(number)s: %(where)s, %(count)s roles",
            len(self.roles),
        ) % {"number": self.number, "where": where(self.roles[0]), "count": len(self.roles)}


@dataclass(frozen=True, slots=True)
class RoleMap:
    """Dots on the ground of Harrow; beside them roles from home, and those that are not on it."""

    height: float
    ground: str
    labels: tuple[Label, ...]
    dots: list[Dot]
    from_home: list[Opportunity]
    elsewhere: list[Opportunity]
    start: Label | None = None


@dataclass(frozen=True, slots=True)
class _Ground:
    north: float
    west: float
    #: Units for a degree.
    x_scale: float
    y_scale: float
    height: float
    path: str = ""
    labels: tuple[Label, ...] = ()

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        return (
            _MARGIN + (longitude - self.west) * self.x_scale,
            _MARGIN + (self.north - latitude) * self.y_scale,
        )

    def holds(self, x: float, y: float) -> bool:
        return 0 <= x <= WIDTH and 0 <= y <= self.height


def map_of(roles: Sequence[Opportunity], near: Location | None) -> RoleMap:
    """Place roles, in their order; `near` is where distances count from."""
    ground = _ground()
    dots: list[Dot] = []
    from_home, elsewhere = [], []
    for role in roles:
        if role.from_home:
            from_home.append(role)
        elif role.latitude is None or role.longitude is None:
            elsewhere.append(role)
        elif ground.holds(*(spot := ground.at(role.latitude, role.longitude))):
            _dot_at(dots, *spot).roles.append(role)
        else:
            elsewhere.append(role)
    return RoleMap(
        ground.height, ground.path, ground.labels, dots, from_home, elsewhere, _start(ground, near)
    )


def _dot_at(dots: list[Dot], x: float, y: float) -> Dot:
    for dot in dots:
        if hypot(dot.x - x, dot.y - y) < _SHARED:
            return dot
    dots.append(Dot(len(dots) + 1, round(x, 1), round(y, 1)))
    return dots[-1]


def _start(ground: _Ground, near: Location | None) -> Label | None:
    if near is None:
        return None
    x, y = ground.at(near.latitude, near.longitude)
    if not ground.holds(x, y):
        return None
    return Label(near.postcode or _("Your home"), round(x, 1), round(y, 1))


@lru_cache(maxsize=1)
def _ground() -> _Ground:
    """Harrow as its postcodes lie, read once in a process."""
    by_ward = {ward.name: postcodes.in_ward(ward.code) for ward in WARDS}
    spots = [spot for several in by_ward.values() for spot in several]
    north, south = max(s.latitude for s in spots), min(s.latitude for s in spots)
    west, east = min(s.longitude for s in spots), max(s.longitude for s in spots)
    x_scale = (WIDTH - 2 * _MARGIN) / (east - west)
    y_scale = x_scale / cos(radians((north + south) / 2))
    height = round((north - south) * y_scale + 2 * _MARGIN, 1)
    bare = _Ground(north, west, x_scale, y_scale, height)
    squares = {
        (int(x // _SQUARE), int(y // _SQUARE))
        for x, y in (bare.at(spot.latitude, spot.longitude) for spot in spots)
    }
    labels = []
    for name, several in by_ward.items():
        latitude = sum(spot.latitude for spot in several) / len(several)
        longitude = sum(spot.longitude for spot in several) / len(several)
        x, y = bare.at(latitude, longitude)
        labels.append(Label(name, round(x, 1), round(y, 1)))
    return _Ground(north, west, x_scale, y_scale, height, _path(squares), tuple(labels))


def _path(squares: set[tuple[int, int]]) -> str:
    """Squares as one path, those side by side as one rectangle."""
    parts = []
    for column, row in sorted(squares, key=lambda square: (square[1], square[0])):
        if (column - 1, row) in squares:
            continue
        last = column
        while (last + 1, row) in squares:
            last += 1
        wide = (last - column + 1) * _SQUARE
        parts.append(f"M{column * _SQUARE:g} {row * _SQUARE:g}h{wide:g}v{_SQUARE:g}h-{wide:g}z")
    return "".join(parts)
