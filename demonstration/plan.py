"""How large the demonstration borough is, and where its chance comes from."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from typing import TypeVar

from core.clock import LONDON
from core.places import postcodes
from core.places.postcodes import Location
from core.places.wards import WARDS
from demonstration.kinds import read

#: How long the season is that lies behind the borough: 13 whole months, to compare a month with the
#: same one of last year, and the month that has begun.
SEASON = timedelta(days=426)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """The same plan makes the same borough: sizes, `seed`, and the day on which it is loaded."""

    volunteers: int
    organisations: int
    opportunities: int
    seed: int
    today: date

    @property
    def end(self) -> datetime:
        """The midnight before `today`: everything has happened by then."""
        return datetime.combine(self.today, time(), tzinfo=LONDON)

    @property
    def beginning(self) -> datetime:
        """When the season began."""
        return self.end - SEASON

    def ago(self, days: float) -> datetime:
        """Give the time so many days before the end, to the minute; never after it."""
        return self.end - timedelta(minutes=round(max(days, 0.0) * 24 * 60))

    def at_work(self, moment: datetime) -> datetime:
        """Give a time between 9 and 18 o'clock on the same day or, at the weekend, on Monday, for
        what is done at a desk; the moment itself where that would be after the end."""
        shifted = moment.replace(hour=9 + moment.hour % 9)
        shifted += timedelta(days=max(0, 7 - moment.weekday()) if moment.weekday() >= 5 else 0)
        return shifted if shifted < self.end else moment

    def chance(self, what: str) -> Random:
        """Give random numbers for one purpose: more of one thing does not change the others."""
        return Random(f"{self.seed}:{what}")


def by_day(moment: datetime) -> datetime:
    """Give the next full minute, and for one in the night the same minute after 8 o'clock."""
    minute = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return minute + timedelta(hours=8) if minute.hour < 8 else minute


def weighted(chance: Random, weights: dict[T, float]) -> T:
    """Give one of the keys, as likely as its weight."""
    return chance.choices(list(weights), list(weights.values()))[0]


def somewhere(chance: Random, whose: str) -> Location:
    """Give a real postcode of Harrow, as likely as `data/wards.toml` says for `whose` ("people" or
    "groups")."""
    ward = weighted(chance, _ward_weights(whose))
    return chance.choice(_postcodes_of(ward))


@lru_cache(maxsize=2)
def _ward_weights(whose: str) -> dict[str, float]:
    named = read("wards")[whose]
    return {ward.code: named.get(ward.name, 1.0) for ward in WARDS}


@lru_cache(maxsize=len(WARDS))
def _postcodes_of(ward: str) -> tuple[Location, ...]:
    return postcodes.in_ward(ward)
