"""Columns to test the ranking with: made by hand, or a whole made-up borough."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from matching.ranking.columns import RoleColumns, Vocabulary, VolunteerColumns, tag_matrix

#: One top cause with two children, and one that stands alone.
VOCABULARY = Vocabulary(
    causes=("nature", "parks", "rivers", "literacy"),
    cause_parents=np.array([-1, 0, 0, -1], np.int32),
    activities=("outdoors", "teaching"),
    skills=("listening", "driving", "signing"),
    languages=("en", "gu", "ta"),
    motives=("learn", "people", "outdoors"),
)
_WIDTHS = {
    "languages": len(VOCABULARY.languages),
    "causes": len(VOCABULARY.causes),
    "activities": len(VOCABULARY.activities),
    "skills": len(VOCABULARY.skills),
    "skills_needed": len(VOCABULARY.skills),
    "skills_useful": len(VOCABULARY.skills),
    "skills_gained": len(VOCABULARY.skills),
    "motives": len(VOCABULARY.motives),
    "offers": len(VOCABULARY.motives),
}
#: An adult who said nothing that a rule or a part could judge.
_VOLUNTEER: dict[str, tuple[type, Any]] = {
    "age": (np.float32, 30),
    "parent_confirmed": (np.bool_, False),
    "latitude": (np.float64, np.nan),
    "longitude": (np.float64, np.nan),
    "travel_km": (np.float32, np.inf),
    "travel_mode": (np.int8, 2),
    "helps_in_person": (np.bool_, True),
    "helps_from_home": (np.bool_, True),
    "one_off": (np.bool_, True),
    "regular": (np.bool_, True),
    "wants_company": (np.bool_, False),
    "hours_a_week": (np.float32, np.nan),
    "availability": (np.uint32, 0),
    "dbs_level": (np.int8, 0),
    "willing_dbs": (np.bool_, True),
    "waiting_days": (np.float32, 0),
}
#: An open role of a verified group that asks for nothing.
_ROLE: dict[str, tuple[type, Any]] = {
    "organisation_ids": (np.int64, 1),
    "latitude": (np.float64, np.nan),
    "longitude": (np.float64, np.nan),
    "from_home": (np.bool_, False),
    "slots": (np.uint32, 0),
    "one_off": (np.bool_, False),
    "hours_a_week": (np.float32, np.nan),
    "minimum_age": (np.float32, 16),
    "maximum_age": (np.float32, np.nan),
    "dbs_level": (np.int8, 0),
    "welcomes_company": (np.bool_, False),
    "verified": (np.bool_, True),
    "open": (np.bool_, True),
    "places_left": (np.int32, 2),
    "pending": (np.int32, 0),
    "catching_up": (np.bool_, False),
}


def _columns(kind: Any, usual: dict[str, tuple[type, Any]], given: dict[str, Any]) -> Any:
    """Columns from lists; a value that is no list is for everybody; tags are lists of lists."""
    lengths = [len(value) for value in given.values() if isinstance(value, list | np.ndarray)]
    count = given.pop("n", max(lengths, default=1))
    made: dict[str, Any] = {"ids": np.arange(1, count + 1)}
    for field in fields(kind):
        name = field.name
        if name in usual:
            dtype, value = usual[name]
            value = given.pop(name, value)
            filled = value if isinstance(value, list | np.ndarray) else [value] * count
            made[name] = np.array(filled, dtype)
        elif name in _WIDTHS:
            made[name] = tag_matrix(given.pop(name, [[]] * count), _WIDTHS[name])
        elif name == "ids":
            made[name] = np.array(given.pop("ids", made["ids"]), np.int64)
        else:
            made[name] = given.pop(name, [""] * count)
    assert not given, f"no such columns: {sorted(given)}"
    return kind(**made)


def volunteers_of(**given: Any) -> VolunteerColumns:
    """People, like `volunteers_of(age=[15, 30], causes=[[0], []])`; one if no list says more."""
    return _columns(VolunteerColumns, _VOLUNTEER, given)


def roles_of(**given: Any) -> RoleColumns:
    """Roles, like `roles_of(title=["Plant trees"], causes=[[0]])`."""
    return _columns(RoleColumns, _ROLE, given)


_PHRASES = (
    "plant trees in the park",
    "read stories with children",
    "teach spelling and homework",
    "visit lonely older people",
    "cook meals for hungry families",
    "repair bicycles",
    "play music in a choir",
    "drive people to the hospital",
    "keep the accounts of a charity",
    "clear litter from the river",
)


def _texts(rng: np.random.Generator, count: int, silent: float) -> list[str]:
    chosen = [rng.choice(_PHRASES, rng.integers(1, 4), replace=False) for _ in range(count)]
    return ["" if rng.random() < silent else ". ".join(phrases) for phrases in chosen]


def _tags(rng: np.random.Generator, count: int, width: int) -> list[list[int]]:
    return [np.flatnonzero(rng.random(width) < 0.35).tolist() for _ in range(count)]


def _some(rng: np.random.Generator, values: np.ndarray, unknown: Any, share: float) -> np.ndarray:
    return np.where(rng.random(len(values)) < share, unknown, values)


def borough_of(
    seed: int, people: int = 40, roles: int = 25
) -> tuple[VolunteerColumns, RoleColumns]:
    """People and roles of every kind, silent ones among them; the same for the same seed."""
    rng = np.random.default_rng(seed)

    def yes(count: int, share: float) -> np.ndarray:
        return rng.random(count) < share

    def tags_of(count: int, *names: str) -> dict[str, list[list[int]]]:
        return {name: _tags(rng, count, _WIDTHS[name]) for name in names}

    def places(count: int) -> dict[str, np.ndarray]:
        here = _some(rng, rng.uniform(51.55, 51.63, count), np.nan, 0.1)
        return {"latitude": here, "longitude": rng.uniform(-0.42, -0.28, count)}

    volunteers = volunteers_of(
        n=people,
        ids=rng.permutation(people) + 1,
        age=_some(rng, rng.integers(13, 90, people), np.nan, 0.2),
        parent_confirmed=yes(people, 0.5),
        **places(people),
        travel_km=_some(rng, rng.uniform(1, 12, people), np.inf, 0.2),
        travel_mode=rng.integers(0, 4, people),
        helps_in_person=yes(people, 0.8),
        helps_from_home=yes(people, 0.6),
        one_off=yes(people, 0.7),
        regular=yes(people, 0.8),
        wants_company=yes(people, 0.1),
        hours_a_week=_some(rng, rng.integers(1, 10, people), np.nan, 0.4),
        availability=_some(rng, rng.integers(1, 2**21, people), 0, 0.3),
        **tags_of(people, "languages", "causes", "activities", "skills", "motives"),
        dbs_level=rng.integers(0, 5, people),
        willing_dbs=yes(people, 0.7),
        waiting_days=rng.integers(0, 200, people),
        about=_texts(rng, people, 0.3),
        experience=_texts(rng, people, 0.5),
    )
    offered = roles_of(
        n=roles,
        ids=rng.permutation(roles) + 100,
        organisation_ids=rng.integers(1, 9, roles),
        **places(roles),
        from_home=yes(roles, 0.2),
        slots=_some(rng, rng.integers(1, 2**21, roles), 0, 0.3),
        one_off=yes(roles, 0.3),
        hours_a_week=_some(rng, rng.integers(1, 8, roles), np.nan, 0.4),
        minimum_age=rng.choice([13, 16, 18], roles),
        maximum_age=_some(rng, np.full(roles, 25.0), np.nan, 0.9),
        dbs_level=rng.choice([0, 0, 0, 3], roles),
        **tags_of(roles, "causes", "activities", "skills_needed", "skills_useful", "offers"),
        skills_gained=_tags(rng, roles, 3),
        languages=[[] if rng.random() < 0.7 else [1] for _ in range(roles)],
        welcomes_company=yes(roles, 0.5),
        verified=yes(roles, 0.9),
        open=yes(roles, 0.9),
        places_left=rng.integers(0, 5, roles),
        pending=rng.integers(0, 8, roles),
        title=_texts(rng, roles, 0.0),
        body=_texts(rng, roles, 0.2),
    )
    return volunteers, offered


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return VOCABULARY


@pytest.fixture(scope="session")
def make_volunteers() -> Callable[..., VolunteerColumns]:
    return volunteers_of


@pytest.fixture(scope="session")
def make_roles() -> Callable[..., RoleColumns]:
    return roles_of


@pytest.fixture(scope="session")
def make_borough() -> Callable[..., tuple[VolunteerColumns, RoleColumns]]:
    return borough_of
