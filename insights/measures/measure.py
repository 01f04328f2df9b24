"""One figure: what it is called, what it means, and the function that picks its rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.utils.functional import Promise

from core.disclosure import FEWEST
from insights.measures.samples import Picked
from insights.measures.tables import Tables

P = TypeVar("P", bound=Picked)


class Unit(StrEnum):
    """What a figure counts."""

    PEOPLE = "people"
    APPLICATIONS = "applications"
    ROLES = "roles"
    GROUPS = "groups"
    PLACES = "places"
    HOURS = "hours"
    DAYS = "days"
    SHARE = "share"
    PER_PLACE = "people per place"
    INDEX = "index"


class Better(StrEnum):
    """Which way is good news."""

    MORE = "more"
    FEWER = "fewer"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the borough.

    code: a stable name, in addresses and files. title: what it is called. definition: what is
    counted, in a sentence. base: out of what. source: the tables of rows behind it. by: codes of
    the dimensions that it is split by. least: fewer different people behind a number, and it is not
    shown. of_moment: whether it is of the period's last moment (people waiting) and not of all that
    happened in it (people placed).
    """

    code: str
    title: str | Promise
    unit: Unit
    definition: str | Promise
    base: str | Promise
    source: str
    by: tuple[str, ...]
    pick: Callable[[Tables], Picked]
    better: Better = Better.NEITHER
    least: int = FEWEST
    of_moment: bool = False


class Registry:
    """All measures, in the order in which they are shown."""

    def __init__(self) -> None:
        self._measures: dict[str, Measure] = {}

    def measure(
        self,
        *,
        title: str | Promise,
        unit: Unit,
        definition: str | Promise,
        base: str | Promise,
        source: str,
        by: tuple[str, ...] = (),
        better: Better = Better.NEITHER,
        least: int = FEWEST,
        of_moment: bool = False,
    ) -> Callable[[Callable[[Tables], P]], Callable[[Tables], P]]:
        """Register a function as a measure; its name is the code."""

        def register(pick: Callable[[Tables], P]) -> Callable[[Tables], P]:
            code = pick.__name__
            if code in self._measures:
                raise ValueError(f"there are two measures “{code}”")
            self._measures[code] = Measure(
                code, title, unit, definition, base, source, by, pick, better, least, of_moment
            )
            return pick

        return register

    def __iter__(self) -> Iterator[Measure]:
        return iter(self._measures.values())

    def __getitem__(self, code: str) -> Measure:
        return self._measures[code]

    def __contains__(self, code: str) -> bool:
        return code in self._measures

    def __len__(self) -> int:
        return len(self._measures)


MEASURES = Registry()
