"""How far it is from one place to another, as the crow flies, and how long that takes on foot."""

from typing import Final, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

KM_PER_MILE: Final = 1.609344
#: Mean radius of the Earth (IUGG), kilometres.
EARTH_RADIUS_KM: Final = 6371.0088
#: An ordinary walking pace, kilometres an hour.
WALKING_KM_AN_HOUR: Final = 5.0
#: Streets are taken to make a walk this much longer than the straight line. An assumption.
DETOUR_FACTOR: Final = 1.3


@overload
def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float: ...
@overload
def kilometres(
    lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike
) -> NDArray[np.float64]: ...
def kilometres(
    lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike
) -> float | NDArray[np.float64]:
    """Great-circle distance in kilometres between points in degrees (haversine formula).

    Arguments broadcast against each other: n × 1 against 1 × m gives n × m. Four plain numbers give
    a plain number. Where a coordinate is not known (NaN) the distance is NaN.
    """
    north1, east1, north2, east2 = (
        np.radians(np.asarray(degrees, dtype=np.float64)) for degrees in (lat1, lon1, lat2, lon2)
    )
    half_chord = (
        np.sin((north2 - north1) / 2) ** 2
        + np.cos(north1) * np.cos(north2) * np.sin((east2 - east1) / 2) ** 2
    )
    # Rounding carries opposite ends of the Earth one last place past 1; the root takes that away.
    distance = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half_chord))
    return float(distance) if np.ndim(distance) == 0 else distance


def walking_minutes(kilometres: float) -> int:
    """About how many minutes' walk a straight-line distance is: whole minutes, at least 1."""
    return max(1, round(kilometres * DETOUR_FACTOR / WALKING_KM_AN_HOUR * 60))
