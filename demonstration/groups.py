"""The groups of the demonstration borough: visibly made up, of every form and size."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from core.places.postcodes import Location
from demonstration.kinds import GroupKind, group_kinds
from demonstration.plan import Plan, by_day, somewhere, weighted

#: Numbers that no register has given out: registered charities and companies are far below.
FIRST_CHARITY = 9_900_000
FIRST_COMPANY = 99_000_000


@dataclass(frozen=True, slots=True)
class Answering:
    """How a group answers: the share of people it answers at all, and the usual days until then."""

    code: str
    share: float
    days: float


#: Ways of answering, and how many of 100 groups have them.
ANSWERING: dict[Answering, float] = {
    Answering("fast", 0.98, 2.0): 36,
    Answering("steady", 0.92, 6.0): 30,
    Answering("late", 0.75, 16.0): 20,
    Answering("hardly ever", 0.15, 20.0): 14,
}


@dataclass(slots=True)
class Group:
    """A group before it is written; `fields` as in `opportunities.services.organisations`."""

    kind: GroupKind
    number: int
    answering: Answering
    place: Location
    registered_at: datetime
    verified_at: datetime | None
    fields: dict[str, Any] = field(default_factory=dict)
    safeguarding_on_file: bool = False
    insurance_on_file: bool = False
    members: int = 1


def groups(plan: Plan, *, kinds: dict[int, str], unverified: set[int]) -> list[Group]:
    """Give the plan's groups, numbered from 1 on.

    `kinds` says of which kind some numbers are, `unverified` which numbers wait to be verified;
    about one in twenty of the others waits too.
    """
    chance = plan.chance("groups")
    every = group_kinds()
    made = []
    for number in range(1, plan.organisations + 1):
        kind = every[weighted(chance, {code: kind.share for code, kind in every.items()})]
        waits = chance.random() < 0.05
        if number in kinds:
            kind, waits = every[kinds[number]], number in unverified
        made.append(_group(plan, chance, number, kind, waits=waits))
    return made


def _group(plan: Plan, chance: Random, number: int, kind: GroupKind, *, waits: bool) -> Group:
    days = 20 * chance.random() + 1 if waits else 60 + 900 * chance.random() ** 0.7
    registered = by_day(plan.ago(days))
    verified = None if waits else plan.at_work(registered + timedelta(days=chance.randint(1, 8)))
    form, size = chance.choice(kind.forms), chance.choice(kind.sizes)
    place = somewhere(chance, "groups")
    return Group(
        kind=kind,
        number=number,
        answering=weighted(chance, ANSWERING),
        place=place,
        registered_at=registered,
        verified_at=verified,
        fields={
            "name": f"{kind.name} {number:03} (demo)",
            "legal_form": form,
            "identifier": _identifier(chance, form, number),
            "description": kind.description,
            "website": f"https://group{number:03}.example.org/" if chance.random() < 0.6 else "",
            "contact_email": f"group{number:03}@example.org",
            "postcode": place.postcode,
            "size": size if chance.random() < 0.9 else "",
            "network": weighted(chance, {"cvs": 45, "other": 15, "none": 30, "": 10}),
            "causes": kind.causes,
        },
        safeguarding_on_file=not waits and chance.random() < 0.8,
        insurance_on_file=not waits and chance.random() < 0.75,
        members=weighted(chance, {1: 60, 2: 30, 3: 10}),
    )


def _identifier(chance: Random, form: str, number: int) -> str:
    if form in ("charity", "cio") or (form == "faith" and chance.random() < 0.5):
        return f"GB-CHC-{FIRST_CHARITY + number}"
    if form in ("cic", "social_enterprise"):
        return f"GB-COH-{FIRST_COMPANY + number}"
    return ""
