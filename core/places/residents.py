"""How many people live in Harrow, by age: the adult population that figures stand beside.

Office for National Statistics, mid-year population estimates by single year of age (Open Government
Licence v3.0); where the file is from says `data/README.md`.
"""

import csv
from functools import lru_cache
from typing import Final

from core.places.postcodes import DATA_DIR

#: The year in the middle of which they were estimated.
ESTIMATED_IN: Final = 2023
_FILE: Final = DATA_DIR / "residents_by_age.csv"
#: An estimate is good to so many people.
_NEAREST: Final = 100


@lru_cache
def residents_from(age: int) -> int:
    """How many people of this age and over live in Harrow, to the nearest hundred."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        people = sum(int(row["residents"]) for row in csv.DictReader(file) if _is(row, age))
    return _NEAREST * round(people / _NEAREST)


def _is(row: dict[str, str], age: int) -> bool:
    return int(row["age"]) >= age
