"""People who stand for those who wait, and are none of them: numpy only.

Whoever may ask any number of questions about rows can in the end read the rows, however much each
answer is rounded (I. Dinur and K. Nissim, "Revealing information while preserving privacy", 2003).
So it is the rows that are made to tell nothing of anybody: what there is in a neighbourhood stays,
and which of it belongs together in one person goes (the idea of X. Xiao and Y. Tao, "Anatomy",
2006). Each thing is drawn with replacement, so that two boards differ also where nobody came or
went, and for as many people as may be said that there are.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.ranking.columns import VolunteerColumns

#: People who are mixed with each other, at least.
TOGETHER = 20
#: What stays together in a person because it says something only together: of who is under 16,
#: that a parent knows; of work, the cause that it serves.
KEPT_TOGETHER = (
    ("latitude", "longitude"),
    ("age", "parent_confirmed"),
    ("travel_km",),
    ("helps_in_person", "helps_from_home"),
    ("one_off", "regular"),
    ("wants_company",),
    ("availability",),
    ("dbs_level", "willing_dbs"),
    ("languages",),
    ("causes", "activities"),
    ("skills",),
)
Rows = NDArray[np.int64]


def mixed(
    people: VolunteerColumns, left_out: NDArray[np.bool_], step: int, rng: np.random.Generator
) -> dict[str, Any]:
    """Who stands for these people, as columns by name: in each neighbourhood as many as live there,
    to the nearest `step`, and each draws what they are from those who live there, what stays
    together in one draw and every other thing in another. left_out: who is not drawn from, (n,).
    """
    areas = neighbourhoods(people.latitude, people.longitude)
    sizes = [step * ((len(area) + step // 2) // step) or len(area) for area in areas]
    drawn_from = [_drawn_from(area, left_out) for area in areas]
    columns: dict[str, Any] = {}
    for names in KEPT_TOGETHER:
        drawn = [rng.choice(pool, n) for pool, n in zip(drawn_from, sizes, strict=True)]
        rows = np.concatenate([np.empty(0, np.int64), *drawn])
        columns |= {name: getattr(people, name)[rows] for name in names}
    return columns


def _drawn_from(area: Rows, left_out: NDArray[np.bool_]) -> Rows:
    pool = area[~left_out[area]]
    return pool if len(pool) else area


def neighbourhoods(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> list[Rows]:
    """The rows of people in places side by side, each with at least `TOGETHER` of them (fewer only
    where there are fewer in all); who is in one place is in one neighbourhood. Places that are not
    known count as one.
    """
    n = len(latitude)
    if not n:
        return []
    places = np.stack([np.nan_to_num(latitude, nan=np.inf), np.nan_to_num(longitude, nan=np.inf)])
    squares, square = np.unique(places, axis=1, return_inverse=True)
    order = _there_and_back(squares)
    sizes = np.bincount(square.ravel(), minlength=squares.shape[1])
    area_of = np.empty(squares.shape[1], np.int64)
    number, size = 0, 0
    for place in order.tolist():
        area_of[place] = number
        size += int(sizes[place])
        if size >= TOGETHER:
            number, size = number + 1, 0
    if size and number:
        # Those that are left go with their neighbours.
        area_of[area_of == number] = number - 1
    of_person = area_of[square.ravel()]
    by_area = np.argsort(of_person, kind="stable")
    return np.split(by_area, np.flatnonzero(np.diff(of_person[by_area])) + 1)


def _there_and_back(squares: NDArray[np.float64]) -> Rows:
    """Squares row by row, every other row backwards, so that one is beside the next."""
    rows = np.unique(squares[0], return_inverse=True)[1].ravel()
    along = np.where(rows % 2 == 0, squares[1], -squares[1])
    return np.lexsort((along, rows))
