"""Where a postcode is.

Postcodes in and around Harrow are known one by one; any other in Great Britain is located by its
outward code (the part before the space). The files are described in `data/README.md`.
"""

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from core.places.wards import HARROW

DATA_DIR: Final = Path(__file__).parent / "data"
POSTCODES_FILE: Final = DATA_DIR / "postcodes.csv.gz"
OUTWARD_CODES_FILE: Final = DATA_DIR / "outward_codes.csv.gz"

Precision = Literal["postcode", "outward"]
#: Outward code, and inward code if given, of a text without spaces in capitals.
_SHAPE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})?")
#: Latitude and longitude in degrees, ward of Harrow or ''.
_Spot = tuple[float, float, str]


@dataclass(frozen=True, slots=True)
class Location:
    """Where a postcode is: WGS 84 degrees, and the ward ('' outside Harrow).

    `precision` is `postcode` where the postcode itself is known, `outward` where the place is the
    middle of all postcodes that share its outward code (around Harrow half of them lie within
    1.2 km of that, nine in ten within 2.2 km).
    """

    postcode: str
    latitude: float
    longitude: float
    ward_code: str
    precision: Precision


def locate(text: str) -> Location | None:
    """The place of a postcode written in any case and spacing, or of an outward code alone.

    None for what is no postcode, and for an outward code that Great Britain does not have (so for
    Northern Ireland, the Channel Islands and the Isle of Man, which the source leaves out).
    """
    shape = _SHAPE.fullmatch("".join(text.split()).upper())
    if shape is None:
        return None
    outward, inward = shape.groups(default="")
    postcode = f"{outward} {inward}".strip()
    spot = _postcodes().get(postcode)
    if spot is not None:
        return _location(postcode, spot, "postcode")
    spot = _outward_codes().get(outward)
    return _location(postcode, spot, "outward") if spot is not None else None


def in_ward(ward_code: str) -> tuple[Location, ...]:
    """Every known postcode of a ward of Harrow, in order; empty for any other code."""
    spots = _postcodes()
    return tuple(
        _location(postcode, spots[postcode], "postcode")
        for postcode in _by_ward().get(ward_code, ())
    )


def _location(postcode: str, spot: _Spot, precision: Precision) -> Location:
    latitude, longitude, ward_code = spot
    return Location(postcode, latitude, longitude, ward_code, precision)


@lru_cache(maxsize=1)
def _postcodes() -> dict[str, _Spot]:
    return {
        postcode: (float(lat), float(lon), ward if district == HARROW else "")
        for postcode, lat, lon, district, ward in _rows(POSTCODES_FILE)
    }


@lru_cache(maxsize=1)
def _outward_codes() -> dict[str, _Spot]:
    return {
        outward: (float(lat), float(lon), "") for outward, lat, lon in _rows(OUTWARD_CODES_FILE)
    }


@lru_cache(maxsize=1)
def _by_ward() -> dict[str, list[str]]:
    wards: dict[str, list[str]] = {}
    for postcode, (_latitude, _longitude, ward) in _postcodes().items():
        if ward:
            wards.setdefault(ward, []).append(postcode)
    return wards


def _rows(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="ascii", newline="") as file:
        rows = csv.reader(file)
        next(rows)  # the header
        yield from rows
