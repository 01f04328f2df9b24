"""The volunteers of the demonstration borough: visibly made up, and as unlike as people are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from core.models import Skill
from demonstration import profile_texts
from demonstration.kinds import RoleKind, role_kinds
from demonstration.lives import LIVES, Life, free_slots
from demonstration.plan import Plan, by_day, somewhere, weighted

#: Languages that people speak beside English, and how many of 100 of those who do.
OTHER_LANGUAGES: dict[str, float] = {
    "gu": 24,
    "hi": 13,
    "ta": 11,
    "ro": 12,
    "ur": 7,
    "pl": 6,
    "ar": 6,
    "pa": 4,
    "fa": 4,
    "so": 3,
    "bn": 3,
    "es": 2,
    "pt": 2,
    "fr": 2,
    "de": 1,
    "zh": 1,
    "tr": 1,
}
#: Areas next to Harrow from which people come, who give only the first half of their postcode.
NEXT_DOOR = ("HA4", "UB5", "NW9", "HA0", "WD23")
TRAVEL_MILES: dict[int | None, float] = {1: 10, 2: 20, 3: 31, 5: 25, 10: 7, None: 7}


@dataclass(slots=True)
class Person:
    """A volunteer before they are written.

    `kinds` are the kinds of role that they would like, dearest first; `fields` as in
    `volunteers.services.profiles.register`. Without an `email` the broker registered them.
    """

    first_name: str
    last_name: str
    email: str | None
    kinds: list[str]
    registered_at: datetime
    fields: dict[str, Any] = field(default_factory=dict)
    parent_confirmed_at: datetime | None = None
    used_at: Sequence[datetime] = ()
    last_used_at: datetime | None = None
    paused_at: datetime | None = None


def people(plan: Plan, *, first: int, count: int) -> list[Person]:
    """Give `count` people, numbered from `first` on."""
    chance = plan.chance("people")
    names = dict(Skill.objects.values_list("code", "name"))
    return [_person(plan, chance, number, names) for number in range(first, first + count)]


def _person(plan: Plan, chance: Random, number: int, names: dict[str, str]) -> Person:
    life = weighted(chance, {life: life.share for life in LIVES})
    age = chance.randint(*life.ages)
    registered = by_day(plan.ago(425 * chance.random() + 1))
    by_broker = chance.random() < (0.25 if age >= 75 else 0.04)
    how_long = profile_texts.length(chance)
    kinds = _kinds(chance, age)
    languages = _languages(chance)
    fields: dict[str, Any] = {"date_of_birth": _born(chance, age, registered.date())}
    if how_long == "other language":
        text = profile_texts.in_other_language(chance, age)
        kinds = [role_kinds()[code] for code in text.kinds] + kinds[:1]
        languages = sorted({text.code, *languages} - ({"en"} if chance.random() < 0.3 else set()))
        fields["about"] = text.words
    else:
        fields["about"] = profile_texts.about(chance, how_long, life, kinds)
    if by_broker and age >= 18 and chance.random() < 0.3:
        fields["date_of_birth"] = None
    fields |= _where(chance, life, age) | _when(chance, life, kinds)
    fields |= _lists(chance, kinds, bare=how_long in ("nothing", "few words"))
    fields |= _checks_and_needs(chance, age)
    fields |= {
        "languages": languages,
        "motives": [] if how_long == "nothing" else _motives(plan, life, number, languages),
        "experience": profile_texts.experience(chance, fields["skills"], names),
    }
    return Person(
        first_name=f"Volunteer {number:04}",
        last_name="(demo)",
        email=None if by_broker else f"volunteer{number:04}@example.org",
        kinds=list(dict.fromkeys(kind.code for kind in kinds)),
        registered_at=registered,
        fields=fields,
        parent_confirmed_at=_parent(chance, age, registered, plan),
        last_used_at=_last_used(chance, registered, plan),
        paused_at=_paused(chance, registered, plan),
    )


def _motives(plan: Plan, life: Life, number: int, languages: list[str]) -> list[str]:
    """Give what somebody would like to get out of it; two in three tick something."""
    chance = plan.chance(f"motives of {number}")
    likely = {**life.motives, "english": 0.02 if "en" in languages else 0.8}
    if chance.random() < 1 / 3:
        return []
    return [motive for motive in likely if chance.random() < likely[motive]]


def _kinds(chance: Random, age: int) -> list[RoleKind]:
    """Give one to three kinds of role that somebody of this age could have, by their appeal."""
    open_to = {
        kind.code: kind.appeal * kind.share
        for kind in role_kinds().values()
        if kind.minimum_age <= age and (kind.dbs == "none" or age >= 16)
    }
    wanted: list[str] = []
    for _ in range(weighted(chance, {1: 3, 2: 4, 3: 2})):
        code = weighted(chance, open_to)
        if code not in wanted:
            wanted.append(code)
    return [role_kinds()[code] for code in wanted]


def _languages(chance: Random) -> list[str]:
    spoken = {"en"} if chance.random() < 0.96 else set()
    if chance.random() < 0.5:
        spoken.add(weighted(chance, OTHER_LANGUAGES))
    return sorted(spoken)


def _born(chance: Random, age: int, registered: date) -> date:
    return registered - timedelta(days=round(age * 365.25) + chance.randint(1, 363))


def _where(chance: Random, life: Life, age: int) -> dict[str, Any]:
    lives_at = chance.random()
    postcode = somewhere(chance, "people").postcode
    if lives_at < 0.03:
        postcode = chance.choice(NEXT_DOOR)
    elif lives_at < 0.05:
        postcode = ""
    modes = [mode for mode in life.modes if age >= 18 or mode != "car"]
    return {
        "postcode": postcode,
        "travel_miles": weighted(chance, TRAVEL_MILES),
        "travel_mode": chance.choice(modes),
    }


def _when(chance: Random, life: Life, kinds: list[RoleKind]) -> dict[str, Any]:
    in_person = chance.random() < 0.95
    at_home = chance.random() < 0.5 or any(kind.from_home for kind in kinds)
    once = chance.random() < 0.6 or any(kind.commitment == "one_off" for kind in kinds)
    return {
        "helps_in_person": in_person or not at_home,
        "helps_from_home": at_home,
        "open_to_one_off": once,
        "open_to_regular": not once or chance.random() < 0.85,
        "wants_company": chance.random() < 0.05,
        "hours_a_week": None if chance.random() < 0.2 else chance.randint(*life.hours),
        "availability": 0 if chance.random() < 0.08 else free_slots(chance, life.times),
    }


def _lists(chance: Random, kinds: list[RoleKind], *, bare: bool) -> dict[str, list[str]]:
    """Give what they ticked. Who writes next to nothing mostly ticks nothing either."""
    if bare and chance.random() < 0.7:
        return {"causes": [], "activities": [], "skills": []}
    every = list(role_kinds().values())
    stray = [chance.choice(every)] if chance.random() < 0.3 else []

    def some(codes: list[str], likely: float) -> list[str]:
        return [code for code in dict.fromkeys(codes) if chance.random() < likely]

    return {
        "causes": some([c for kind in [*kinds, *stray] for c in kind.causes], 0.7),
        "activities": some([a for kind in [*kinds, *stray] for a in kind.activities], 0.75),
        "skills": some([s for kind in kinds for s in [*kind.needed, *kind.useful]], 0.5)
        + some([s for kind in stray for s in kind.gained if s not in _asked(kinds)], 0.5),
    }


def _asked(kinds: list[RoleKind]) -> set[str]:
    return {skill for kind in kinds for skill in [*kind.needed, *kind.useful]}


def _checks_and_needs(chance: Random, age: int) -> dict[str, Any]:
    has_needs = chance.random() < 0.05
    return {
        "dbs_level": weighted(chance, {"none": 82, "basic": 5, "enhanced": 13})
        if age >= 18
        else "none",
        "willing_dbs": chance.random() < 0.92,
        "support_needs": chance.choice(profile_texts.words()["support"]) if has_needs else "",
        "share_support_needs": has_needs and chance.random() < 0.6,
    }


def _parent(chance: Random, age: int, registered: datetime, plan: Plan) -> datetime | None:
    """Three in four under 16 have a parent's word, some days after they registered."""
    confirmed = registered + timedelta(days=chance.randint(1, 6), hours=chance.randint(0, 9))
    return confirmed if age < 16 and confirmed < plan.end and chance.random() < 0.75 else None


def _last_used(chance: Random, registered: datetime, plan: Plan) -> datetime:
    days = weighted(chance, {7: 40, 30: 30, 60: 15, 200: 15})
    return max(registered, plan.ago(days * chance.random()))


def uses(chance: Random, registered: datetime, last: datetime) -> list[datetime]:
    """Give when somebody used the service between registering and the last time: about every three
    weeks.
    """
    found, at = [], registered
    while (at := by_day(at + timedelta(days=chance.expovariate(1 / 20)))) < last:
        found.append(at)
    return found


def _paused(chance: Random, registered: datetime, plan: Plan) -> datetime | None:
    paused = plan.ago(60 * chance.random())
    return paused if chance.random() < 0.05 and paused > registered else None
