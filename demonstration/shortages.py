"""Shortages that are planted in the borough: groups of people who wait near each other for the same
kind of work at the same time of the week, which no open role gives them.

Who looks for what is missing in the borough should find them; what was planted is in no table, and
`planted` says it to a benchmark. They write in their own words, tick different things or nothing,
and some of them differ in one thing or another, as people do.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from core.places import postcodes
from core.places.wards import WARDS, Ward
from core.week import slots_in
from demonstration.kinds import mask, read
from demonstration.people import Person
from demonstration.plan import Plan, by_day
from demonstration.profile_texts import words

#: As many as this at most, with so many people each, who are no more than this part of everybody.
MOST, SIZES, SHARE = 12, (12, 30), 0.09
#: Of its people, who differ: in when they are free, in where they live, in having said when at all.
OTHER_TIME, OTHER_WARD, NOT_SAID = 0.08, 0.06, 0.03
#: Of its people, who tick the kind of work, who tick something else, the rest nothing.
TICKS, STRAYS = 0.55, 0.2


@dataclass(frozen=True, slots=True)
class Shortage:
    """One planted shortage: a kind of work (codes of activities), a mask of the week, an area
    (codes of wards), and the numbers of its people ("Volunteer 0042")."""

    code: str
    activities: tuple[str, ...]
    slots: int
    wards: tuple[str, ...]
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a shortage can be made of; `wishes` are what people write who would like it."""

    code: str
    activities: tuple[str, ...]
    causes: tuple[str, ...]
    skills: tuple[str, ...]
    times: tuple[str, ...]
    ages: tuple[int, int]
    wishes: tuple[str, ...]

    @property
    def slots(self) -> int:
        return sum(mask(words) for words in self.times)


def planted(seed: int, volunteers: int = 3000) -> list[Shortage]:
    """Give what is planted in the borough of that seed and size: its answer key."""
    chance = Random(f"{seed}:shortages")
    number = min(MOST, int(volunteers * SHARE / (sum(SIZES) / 2)))
    kinds = chance.sample(_kinds(), number)
    sizes = [chance.randint(*SIZES) for _ in kinds]
    # The logins are not among those who have a number.
    free = chance.sample(range(1, volunteers - 3), sum(sizes))
    shortages = []
    for kind, size in zip(kinds, sizes, strict=True):
        members, free = tuple(sorted(free[:size])), free[size:]
        area = _area(chance)
        shortages.append(Shortage(kind.code, kind.activities, kind.slots, area, members))
    return shortages


def members(plan: Plan) -> dict[int, Person]:
    """Give the people of the plan's shortages, by their numbers."""
    made = {}
    of_code = {kind.code: kind for kind in _kinds()}
    for shortage in planted(plan.seed, plan.volunteers):
        chance = plan.chance(f"shortage {shortage.code}")
        for number in shortage.members:
            made[number] = _person(plan, chance, shortage, of_code[shortage.code], number)
    return made


@lru_cache(maxsize=1)
def _kinds() -> tuple[_Kind, ...]:
    return tuple(_kind(row) for row in read("shortages")["shortage"])


def _kind(row: dict[str, Any]) -> _Kind:
    fields: dict[str, Any] = {
        name: value if name == "code" else tuple(value) for name, value in row.items()
    }
    return _Kind(**fields)


def _area(chance: Random) -> tuple[str, ...]:
    """Give a ward and up to two next to it."""
    centre = chance.choice(WARDS)
    beside = [ward for ward in WARDS if ward != centre and _are_neighbours(ward, centre)]
    chosen = chance.sample(beside, min(len(beside), chance.randint(1, 2)))
    return (centre.code, *(ward.code for ward in chosen))


def _are_neighbours(one: Ward, other: Ward) -> bool:
    return abs(one.column - other.column) + abs(one.row - other.row) == 1


def _person(plan: Plan, chance: Random, of: Shortage, kind: _Kind, number: int) -> Person:
    registered = by_day(plan.ago(chance.uniform(12, 170)))
    ward = chance.choice(of.wards)
    if chance.random() < OTHER_WARD:
        ward = chance.choice(WARDS).code
    fields: dict[str, Any] = {
        "date_of_birth": _born(chance, kind, registered.date()),
        "postcode": chance.choice(postcodes.in_ward(ward)).postcode,
        "travel_miles": chance.choice([1, 2, 2, 3]),
        "travel_mode": chance.choice(["walk", "bus", "cycle"]),
        "helps_in_person": True,
        "helps_from_home": chance.random() < 0.15,
        "open_to_one_off": chance.random() < 0.6,
        "open_to_regular": True,
        "hours_a_week": chance.choice([None, 1, 2, 2, 3, 4]),
        "availability": _free(chance, of.slots),
        "about": _about(chance, kind),
        "experience": "",
        "languages": ["en"],
        "dbs_level": "none",
        "willing_dbs": chance.random() < 0.95,
        **_ticked(chance, kind),
    }
    return Person(
        first_name=f"Volunteer {number:04}",
        last_name="(demo)",
        email=f"volunteer{number:04}@example.org",
        kinds=[],
        registered_at=registered,
        fields=fields,
        last_used_at=max(registered, plan.ago(chance.uniform(0.5, 40))),
    )


def _born(chance: Random, kind: _Kind, registered: date) -> date:
    age = chance.randint(*kind.ages)
    return registered - timedelta(days=round(age * 365.25) + chance.randint(1, 363))


def _free(chance: Random, slots: int) -> int:
    """Give some of the shortage's times; a few people have another one too, or say none."""
    if chance.random() < NOT_SAID:
        return 0
    every = slots_in(slots)
    free = sum(1 << s.bit for s in chance.sample(every, chance.randint(1, min(3, len(every)))))
    return free | (1 << chance.randrange(21)) if chance.random() < OTHER_TIME else free


def _about(chance: Random, kind: _Kind) -> str:
    """Give what they write: one wish, or two of them among other things that people write."""
    wishes = chance.sample(kind.wishes, 2)
    if chance.random() < 0.5:
        return wishes[0]
    said = [chance.choice(words()["why_any"]).format(years=chance.randint(2, 12)), wishes[0]]
    said += [wishes[1]] if chance.random() < 0.4 else []
    said += [chance.choice(words()["manner"])] if chance.random() < 0.6 else []
    return " ".join(said)


def _ticked(chance: Random, kind: _Kind) -> dict[str, list[str]]:
    """Give what they tick: part of it, something else, or nothing."""
    drawn = chance.random()
    if drawn > TICKS + STRAYS:
        return {"causes": [], "activities": [], "skills": []}
    own = drawn < TICKS
    causes = [code for code in kind.causes if chance.random() < 0.5]
    stray = [chance.choice(_kinds()).activities[0]] if not own or chance.random() < 0.15 else []
    activities = chance.sample(kind.activities, chance.randint(1, len(kind.activities)))
    return {
        "causes": causes,
        "activities": sorted({*(activities if own else []), *stray}),
        "skills": [code for code in kind.skills if chance.random() < 0.4],
    }
