"""A made-up country of any number of people and roles, as columns drawn in a moment.

Towns of very different size (Zipf's law: the second is half as large as the first, the hundredth a
hundredth), all lived in as densely, lie over a land of the size of England and Wales; 15 in 100
people live outside them. Roles lie where people do, but further inside the towns.
What is not about place and time is drawn as for a borough (`benchmarks.borough`).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.borough import Borough
from matching.ranking.columns import RoleColumns, VolunteerColumns
from matching.ranking.geography import points
from matching.ranking.nearby import WORKING_HOURS, Reach

#: Towns, and what share of people lives in none.
TOWNS, OUTSIDE = 800, 0.15
#: Corners of the land, degrees of latitude and longitude.
SOUTH, NORTH, WEST, EAST = 50.8, 54.8, -4.0, 0.8
#: Radius of the largest town, km: the others are as dense.
LARGEST_KM = 25.0
#: How far people would go, km, and how many of them.
TRAVEL = {3.2: 0.25, 4.8: 0.25, 8.0: 0.25, 16.0: 0.15, np.inf: 0.10}
#: Free in working hours only, and only outside them.
IN_WORKING_HOURS, OUTSIDE_WORKING_HOURS = 0.2, 0.4
FROM_HOME = 0.7
_KM_IN_A_DEGREE = 111.2
_EVERY_SLOT = np.uint32((1 << 21) - 1)

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Whereabouts:
    """n people: all that is asked of everybody before anybody is ranked."""

    latitude: Numbers
    longitude: Numbers
    travel_km: NDArray[np.float32]
    helps_from_home: NDArray[np.bool_]
    availability: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.latitude)

    @property
    def reach(self) -> Reach:
        """What neighbourhoods are made of. All help in person."""
        return Reach(
            points(self.latitude, self.longitude),
            self.travel_km,
            np.ones(len(self), np.bool_),
            self.helps_from_home,
            self.availability,
        )


class Country:
    """Draws people and roles."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rng = np.random.default_rng(seed)
        sizes = 1 / np.arange(1, TOWNS + 1)
        self.shares = sizes / sizes.sum()
        self.radii = LARGEST_KM * np.sqrt(sizes)
        self.centres = self._anywhere(TOWNS)

    def whereabouts(self, count: int) -> Whereabouts:
        rng = self.rng
        latitude, longitude = self._places(count, 1.0)
        slots = (rng.random((count, 21)) < 0.35) @ (1 << np.arange(21))
        week = rng.random(count)
        slots[week < IN_WORKING_HOURS] &= WORKING_HOURS
        slots[week > 1 - OUTSIDE_WORKING_HOURS] &= _EVERY_SLOT & ~WORKING_HOURS
        slots[rng.random(count) < 0.2] = 0
        return Whereabouts(
            latitude,
            longitude,
            rng.choice(list(TRAVEL), count, p=list(TRAVEL.values())).astype(np.float32),
            rng.random(count) < FROM_HOME,
            slots.astype(np.uint32),
        )

    def volunteers(self, everybody: Whereabouts, rows: NDArray[np.intp]) -> VolunteerColumns:
        """All columns of some people: always the same for the same rows."""
        made = Borough([self.seed, int(rows[0])]).volunteers(len(rows))
        return replace(
            made,
            ids=rows.astype(np.int64) + 1,
            latitude=everybody.latitude[rows],
            longitude=everybody.longitude[rows],
            travel_km=everybody.travel_km[rows],
            helps_from_home=everybody.helps_from_home[rows],
            availability=everybody.availability[rows],
        )

    def roles(self, count: int) -> RoleColumns:
        latitude, longitude = self._places(count, 0.7)
        made = Borough([self.seed, 0, 0]).roles(count)
        return replace(made, latitude=latitude, longitude=longitude)

    def _anywhere(self, count: int) -> tuple[Numbers, Numbers]:
        return self.rng.uniform(SOUTH, NORTH, count), self.rng.uniform(WEST, EAST, count)

    def _places(self, count: int, spread: float) -> tuple[Numbers, Numbers]:
        """Places in and outside towns. spread: 1 for evenly over a town, less for further in."""
        rng = self.rng
        town = rng.choice(TOWNS, count, p=self.shares)
        away = self.radii[town] * rng.random(count) ** (0.5 / spread)
        turn = rng.uniform(0, 2 * np.pi, count)
        latitude = self.centres[0][town] + away * np.cos(turn) / _KM_IN_A_DEGREE
        shrunk = _KM_IN_A_DEGREE * np.cos(np.radians(latitude))
        longitude = self.centres[1][town] + away * np.sin(turn) / shrunk
        outside = rng.random(count) < OUTSIDE
        elsewhere = self._anywhere(count)
        return np.where(outside, elsewhere[0], latitude), np.where(outside, elsewhere[1], longitude)
