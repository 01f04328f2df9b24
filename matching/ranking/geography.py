"""How far apart people and roles are."""

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088
#: Places are counted from this one, in the middle of England: what is near it is exact in float32.
_ORIGIN = (52.5, -1.5)


def kilometres(
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
    other_latitude: NDArray[np.float64],
    other_longitude: NDArray[np.float64],
) -> NDArray[np.float32]:
    """Great-circle distances in km, n places by m others, (n × m); nan where one is not known."""
    here, there = points(latitude, longitude), points(other_latitude, other_longitude)
    return kilometres_of(squared_chords(here, there))


def points(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> NDArray[np.float32]:
    """Places as points in km, (3 × n); nan where not known. Exact to centimetres in Britain, and to
    half a metre at the other end of the earth.
    """
    origin = _on_the_ground(np.array(_ORIGIN[:1]), np.array(_ORIGIN[1:]))
    return (_on_the_ground(latitude, longitude) - origin).astype(np.float32)


def squared_chords(here: NDArray[np.float32], there: NDArray[np.float32]) -> NDArray[np.float32]:
    """Squares of the straight lines through the earth, km², between `points` (3 × n) and others
    (3 × m): (n × m). They grow with the distance, and need no trigonometry.
    """
    total = np.subtract(here[0][:, None], there[0][None, :])
    total *= total
    along = np.empty_like(total)
    for axis in (1, 2):
        np.subtract(here[axis][:, None], there[axis][None, :], out=along)
        along *= along
        total += along
    return total


def squared_chord_of(km: NDArray[np.floating]) -> NDArray[np.float32]:
    """The square of the straight line between places so many km apart; inf for inf."""
    angle = np.minimum(km, np.pi * EARTH_RADIUS_KM) / (2 * EARTH_RADIUS_KM)
    squared = (2 * EARTH_RADIUS_KM * np.sin(angle)) ** 2
    return np.where(np.isinf(km), np.inf, squared).astype(np.float32)


def kilometres_of(squared_chord: NDArray[np.float32]) -> NDArray[np.float32]:
    """Distances over the ground from the squares of straight lines."""
    # Rounding can carry opposite ends of the earth a hair beyond the diameter.
    half = np.minimum(np.sqrt(squared_chord) / np.float32(2 * EARTH_RADIUS_KM), np.float32(1))
    return np.float32(2 * EARTH_RADIUS_KM) * np.arcsin(half)


def _on_the_ground(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Points on the sphere, km from its centre, (3 × n)."""
    phi, theta = np.radians(latitude), np.radians(longitude)
    axes = [np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)]
    return np.stack(axes) * EARTH_RADIUS_KM
