"""Real role texts for a season, from a file of published volunteering roles."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

#: At most so many people wanted are believed: a few groups wrote thousands.
MOST_WANTED = 100
#: One place in a season for so many people wanted, rounded up.
WANTED_FOR_ONE_PLACE = 5
_COORDINATES = re.compile(r"latitude\W+(-?\d+\.\d+)\W+longitude\W+(-?\d+\.\d+)")


class SeasonDataError(ValueError):
    """The file of roles cannot be used."""


@dataclass(frozen=True, eq=False)
class SeasonRoles:
    """m roles. title, summary: what the group wrote. latitude, longitude: degrees. places: people
    wanted in one season. views: how often the page was looked at. groups: number of the group that
    posts each, (m,).
    """

    title: list[str]
    summary: list[str]
    category: list[str]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    places: NDArray[np.int64]
    views: NDArray[np.float64]
    groups: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.title)

    @property
    def texts(self) -> list[str]:
        """Title and summary of each."""
        return [f"{a}. {b}" for a, b in zip(self.title, self.summary, strict=True)]

    @property
    def group_sizes(self) -> NDArray[np.int64]:
        """How many roles the group of each role posts, (m,)."""
        return np.bincount(self.groups)[self.groups].astype(np.int64)


def read_roles(path: Path) -> SeasonRoles:
    """Roles with a known place from a file with the columns of "NYC Service: Volunteer
    Opportunities" (NYC Open Data): title, summary, vol_requests, hits, org_title, locality.

    Raises SeasonDataError where a column is missing or no role has coordinates.
    """
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    needed = {"title", "summary", "category_desc", "vol_requests", "hits", "org_title", "locality"}
    if not rows or (missing := needed - set(rows[0])):
        raise SeasonDataError(f"{path} lacks {', '.join(sorted(missing if rows else needed))}")
    placed = [(row, found) for row in rows if (found := _COORDINATES.search(row["locality"] or ""))]
    if not placed:
        raise SeasonDataError(f"no role of {path} has coordinates")
    wanted = np.array([_number(row["vol_requests"]) for row, _ in placed]).clip(1, MOST_WANTED)
    _, groups = np.unique([row["org_title"] for row, _ in placed], return_inverse=True)
    return SeasonRoles(
        title=[row["title"] for row, _ in placed],
        summary=[row["summary"] for row, _ in placed],
        category=[row["category_desc"] for row, _ in placed],
        latitude=np.array([float(found[1]) for _, found in placed]),
        longitude=np.array([float(found[2]) for _, found in placed]),
        places=np.ceil(wanted / WANTED_FOR_ONE_PLACE).astype(np.int64),
        views=np.array([_number(row["hits"]) for row, _ in placed]),
        groups=groups.astype(np.int64),
    )


def _number(text: str | None) -> float:
    try:
        return float((text or "0").replace(",", ""))
    except ValueError:
        return 0.0
