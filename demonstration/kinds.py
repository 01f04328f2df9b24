"""The kinds of role and of group that the demonstration borough is made of, read from its files."""

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.week import DAY_CODES, PART_CODES, SLOTS_BY_CODE

DATA = Path(__file__).parent / "data"
_DAYS = {
    "weekday": DAY_CODES[:5],
    "weekend": DAY_CODES[5:],
    "monday": ("mon",),
    "tuesday": ("tue",),
    "wednesday": ("wed",),
    "thursday": ("thu",),
    "friday": ("fri",),
    "saturday": ("sat",),
    "sunday": ("sun",),
}


@dataclass(frozen=True, slots=True)
class RoleKind:
    """A kind of role. `share` of the roles are of it; `appeal` is how much people ask for it, 1.0
    usual; `places` the fewest and most that a role of it has before supply is set.

    `slots` are masks of the week (`core.week`), one for each time at which it may be done.
    `wishes` are what people write who would like it.
    """

    code: str
    share: float
    appeal: float
    titles: list[str]
    summary: str
    description: str
    gains: str
    causes: list[str]
    activities: list[str]
    needed: list[str]
    useful: list[str]
    gained: list[str]
    slots: list[int]
    commitment: str
    hours: int
    minimum_age: int
    dbs: str
    places: tuple[int, int]
    wishes: list[str]
    from_home: bool = False
    company: bool = False
    groups: bool = False
    dated: bool = False
    languages: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GroupKind:
    """A kind of group: its made-up `name`, how many of the groups are of it, which kinds of role it
    has, and which legal forms and sizes such groups have."""

    code: str
    name: str
    share: float
    description: str
    roles: list[str]
    causes: list[str]
    forms: list[str]
    sizes: list[str]


def mask(words: str) -> int:
    """Give the slots that words such as "weekday morning" or "saturday afternoon" mean.

    Raises KeyError for words that are no day or part.
    """
    days, part = words.split()
    if part not in PART_CODES:
        raise KeyError(part)
    return sum(1 << SLOTS_BY_CODE[f"{day}_{part}"].bit for day in _DAYS[days])


@lru_cache(maxsize=1)
def role_kinds() -> dict[str, RoleKind]:
    """Give the kinds of role by code, in the order of the file."""
    return {row["code"]: _role_kind(row) for row in read("role_kinds")["kind"]}


@lru_cache(maxsize=1)
def group_kinds() -> dict[str, GroupKind]:
    """Give the kinds of group by code, in the order of the file."""
    return {row["code"]: GroupKind(**row) for row in read("group_kinds")["kind"]}


def read(name: str) -> dict[str, Any]:
    """Give what `data/<name>.toml` says."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def _role_kind(row: dict[str, Any]) -> RoleKind:
    least, most = row.pop("places")
    slots = [mask(words) for words in row.pop("slots")]
    return RoleKind(**row, slots=slots, places=(least, most))
