"""Roles that are not there (yet): what they would ask, and their columns. Loads no scikit-learn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.datasets import Tags
from matching.ranking.columns import DBS_LEVELS, RoleColumns, tag_matrix


@dataclass(frozen=True, slots=True)
class Asked:
    """What a role asks, as far as the rules and shared tags go; lists hold codes. A role that is
    not from home and has no place yet is counted at any distance. title, body: its words, for who
    compares texts.
    """

    from_home: bool = False
    latitude: float | None = None
    longitude: float | None = None
    slots: int = 0
    one_off: bool = False
    minimum_age: int = 16
    maximum_age: int | None = None
    dbs_level: str = "none"
    welcomes_company: bool = False
    languages: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    skills_needed: tuple[str, ...] = ()
    title: str = ""
    body: str = ""

    @property
    def has_place(self) -> bool:
        """Whether distances count."""
        return not self.from_home and self.latitude is not None


@dataclass(frozen=True, slots=True)
class Added:
    """A role that there could be, and how many places it would have."""

    asked: Asked
    places: int


def columns_of(roles: Sequence[Asked], tags: Tags) -> RoleColumns:
    """The columns of such roles, numbered from 0: open, of a verified group, with nobody waiting
    for them.
    """
    vocabulary, number = tags.vocabulary, len(roles)

    def tagged(name: str, codes: tuple[str, ...]) -> Any:
        return _tagged([getattr(role, name) for role in roles], codes)

    nothing = tag_matrix([[]] * number, len(vocabulary.skills))
    return RoleColumns(
        ids=np.arange(number),
        organisation_ids=np.zeros(number, np.int64),
        latitude=np.array([role.latitude for role in roles], np.float64),
        longitude=np.array([role.longitude for role in roles], np.float64),
        from_home=np.array([role.from_home for role in roles], np.bool_),
        slots=np.array([role.slots for role in roles], np.uint32),
        one_off=np.array([role.one_off for role in roles], np.bool_),
        hours_a_week=np.full(number, np.nan, np.float32),
        minimum_age=np.array([role.minimum_age for role in roles], np.float32),
        maximum_age=np.array([role.maximum_age for role in roles], np.float32),
        dbs_level=np.array([DBS_LEVELS.index(role.dbs_level) for role in roles], np.int8),
        languages=tagged("languages", vocabulary.languages),
        causes=tagged("causes", vocabulary.causes),
        activities=tagged("activities", vocabulary.activities),
        skills_needed=tagged("skills_needed", vocabulary.skills),
        skills_useful=nothing,
        skills_gained=nothing,
        offers=tag_matrix([[]] * number, len(vocabulary.motives)),
        welcomes_company=np.array([role.welcomes_company for role in roles], np.bool_),
        verified=np.ones(number, np.bool_),
        open=np.ones(number, np.bool_),
        places_left=np.ones(number, np.int32),
        pending=np.zeros(number, np.int32),
        title=[role.title for role in roles],
        body=[role.body for role in roles],
    )


def _tagged(rows: Iterable[Iterable[str]], vocabulary: tuple[str, ...]) -> Any:
    known: Mapping[str, int] = {code: place for place, code in enumerate(vocabulary)}
    lists = [[known[code] for code in codes if code in known] for codes in rows]
    return tag_matrix(lists, len(vocabulary))
