"""How far apart people and roles are."""

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088


def kilometres(
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
    other_latitude: NDArray[np.float64],
    other_longitude: NDArray[np.float64],
) -> NDArray[np.float32]:
    """Great-circle distances in km, n places by m others: (n × m); nan where either is not known.

    Haversine: the haversine of the angle between two places is a quarter of the squared chord
    between their unit vectors, which needs no trigonometry for each pair and is exact for
    neighbours too.
    """
    here = _unit_vectors(latitude, longitude)
    there = _unit_vectors(other_latitude, other_longitude)
    squared_chord = np.zeros((len(latitude), len(other_latitude)))
    for axis in range(3):
        squared_chord += (here[axis][:, None] - there[axis][None, :]) ** 2
    # Rounding can carry opposite ends of the earth a hair beyond the diameter.
    half_chord = np.sqrt(np.minimum(squared_chord / 4, 1.0))
    return (2 * EARTH_RADIUS_KM * np.arcsin(half_chord)).astype(np.float32)


def _unit_vectors(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Points on the unit sphere, (3 × n)."""
    phi, theta = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])
