"""Harrow's 22 wards, and where each stands on the tile map.

Codes and names: Office for National Statistics, wards of May 2022 (Open Government Licence v3.0).
The tiles keep the wards' centres in order: nobody who knows the borough meets a ward on the wrong
side of another.
"""

from dataclasses import dataclass
from typing import Final

#: The London Borough of Harrow, as the Office for National Statistics codes it.
HARROW: Final = "E09000015"


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward and its tile: `column` 0 is the west, `row` 0 is the north."""

    code: str
    name: str
    column: int
    row: int


WARDS: Final[tuple[Ward, ...]] = (
    Ward("E05013542", "Belmont", 3, 1),
    Ward("E05013543", "Canons", 4, 0),
    Ward("E05013544", "Centenary", 4, 1),
    Ward("E05013545", "Edgware", 5, 1),
    Ward("E05013546", "Greenhill", 3, 3),
    Ward("E05013547", "Harrow on the Hill", 3, 4),
    Ward("E05013548", "Harrow Weald", 2, 0),
    Ward("E05013549", "Hatch End", 1, 0),
    Ward("E05013550", "Headstone", 1, 1),
    Ward("E05013551", "Kenton East", 5, 2),
    Ward("E05013552", "Kenton West", 4, 2),
    Ward("E05013553", "Marlborough", 2, 2),
    Ward("E05013554", "North Harrow", 1, 2),
    Ward("E05013555", "Pinner", 0, 1),
    Ward("E05013556", "Pinner South", 0, 2),
    Ward("E05013557", "Rayners Lane", 1, 3),
    Ward("E05013558", "Roxbourne", 1, 4),
    Ward("E05013559", "Roxeth", 2, 4),
    Ward("E05013560", "Stanmore", 3, 0),
    Ward("E05013561", "Wealdstone North", 2, 1),
    Ward("E05013562", "Wealdstone South", 3, 2),
    Ward("E05013563", "West Harrow", 2, 3),
)
WARDS_BY_CODE: Final[dict[str, Ward]] = {ward.code: ward for ward in WARDS}


def ward_name(code: str) -> str:
    """The ward's name; '' for '' and for a code that is no ward of Harrow."""
    ward = WARDS_BY_CODE.get(code)
    return ward.name if ward else ""


#: Parts of the borough, of five or six wards each: code, and how it is called after "in".
PARTS: Final[tuple[tuple[str, str], ...]] = (
    ("west", "the west"),
    ("middle", "the middle"),
    ("east", "the east"),
    ("south", "the south"),
)
#: From this row on wards are in the south; the others are told apart by their column.
_SOUTH_FROM_ROW: Final = 3


def part_of(ward: Ward) -> str:
    """The code of the part of the borough that a ward is in."""
    if ward.row >= _SOUTH_FROM_ROW:
        return "south"
    return ("west", "middle", "east")[ward.column // 2]
