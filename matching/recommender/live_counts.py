"""Count, while a role is being written, who of those that wait could do it. Loads no scikit-learn.

Counted over a board of everybody who waits that is made once a day (`matching.models.WaitingBoard`)
and kept in memory: a count takes one small query.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction

from core.clock import now
from core.places.distance import KM_PER_MILE
from matching import datasets
from matching.datasets import Tags
from matching.datasets.waiting import on_grid, waiting_people
from matching.models import WaitingBoard
from matching.ranking.board import pack, unpack
from matching.ranking.columns import DBS_LEVELS, RoleColumns, VolunteerColumns, tag_matrix
from matching.ranking.live_count import LiveCount, live_count
from matching.recommender import rules
from volunteers.models import Volunteer

#: Fixed rings around a role, miles: no other distance can be asked about.
RINGS = (1, 3, 5)
#: The ring that the headline and the costs speak of.
SHOWN = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What a role asks, as far as the rules and shared tags go; lists hold codes. A role that is
    not from home and has no place yet is counted at any distance.
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

    @property
    def has_place(self) -> bool:
        """Whether distances count."""
        return not self.from_home and self.latitude is not None


@dataclass(frozen=True, slots=True)
class Counted:
    """True counts, to be rounded before anybody sees them (`core.disclosure`); see `LiveCount`."""

    within: tuple[int, ...]
    interested: int
    kept_out: dict[str, int]
    without_skill: dict[str, int]


@transaction.atomic
def refresh_board() -> WaitingBoard:
    """Make today's board and drop the others. Safe at any time; six queries and a write."""
    people = waiting_people(Volunteer.objects.waiting(), datasets.tags())
    board = WaitingBoard.objects.create(made_at=now(), people=len(people), packed=pack(people))
    WaitingBoard.objects.filter(pk__lt=board.pk).delete()
    return board


def count(asked: Asked) -> Counted:
    """Count for a role that asks this. One query, and three more for a new board.

    Where there is no board yet, it is made.
    """
    tags = datasets.tags()
    shown = SHOWN if asked.has_place else len(RINGS)
    found: LiveCount = live_count(
        _current_board(),
        _columns(asked, tags),
        rules.for_lists(tags),
        rings_km=tuple(miles * KM_PER_MILE for miles in RINGS),
        shown=shown,
    )
    skills = {
        tags.vocabulary.skills[skill]: people for skill, people in found.without_skill.items()
    }
    return Counted(found.within, found.interested, found.kept_out, skills)


_kept: tuple[tuple[int, datetime], VolunteerColumns] | None = None


def _current_board() -> VolunteerColumns:
    global _kept  # noqa: PLW0603  - what a process keeps in memory
    newest = WaitingBoard.objects.order_by("-pk").values_list("pk", "made_at").first()
    if newest is None:
        made = refresh_board()
        newest = made.pk, made.made_at
    if _kept is None or _kept[0] != newest:
        stored = WaitingBoard.objects.filter(pk=newest[0]).values_list("packed", flat=True).get()
        _kept = newest, unpack(bytes(stored))
    return _kept[1]


def _columns(asked: Asked, tags: Tags) -> RoleColumns:
    """One role: open, of a verified group, with nobody waiting for it."""
    vocabulary = tags.vocabulary
    latitude, longitude = on_grid(
        np.array([asked.latitude if asked.has_place else np.nan], np.float64),
        np.array([asked.longitude if asked.has_place else np.nan], np.float64),
    )
    nothing = tag_matrix([[]], len(vocabulary.skills))
    return RoleColumns(
        ids=np.zeros(1, np.int64),
        organisation_ids=np.zeros(1, np.int64),
        latitude=latitude,
        longitude=longitude,
        from_home=np.array([asked.from_home]),
        slots=np.array([asked.slots], np.uint32),
        one_off=np.array([asked.one_off]),
        hours_a_week=np.full(1, np.nan, np.float32),
        minimum_age=np.array([asked.minimum_age], np.float32),
        maximum_age=np.array(
            [np.nan if asked.maximum_age is None else asked.maximum_age], np.float32
        ),
        dbs_level=np.array([DBS_LEVELS.index(asked.dbs_level)], np.int8),
        languages=_tagged(asked.languages, vocabulary.languages),
        causes=_tagged(asked.causes, vocabulary.causes),
        activities=_tagged(asked.activities, vocabulary.activities),
        skills_needed=_tagged(asked.skills_needed, vocabulary.skills),
        skills_useful=nothing,
        skills_gained=nothing,
        welcomes_company=np.array([asked.welcomes_company]),
        verified=np.ones(1, np.bool_),
        open=np.ones(1, np.bool_),
        places_left=np.ones(1, np.int32),
        pending=np.zeros(1, np.int32),
        title=[""],
        body=[""],
    )


def _tagged(codes: Iterable[str], vocabulary: tuple[str, ...]) -> Any:
    known: Mapping[str, int] = {code: place for place, code in enumerate(vocabulary)}
    return tag_matrix([[known[code] for code in codes if code in known]], len(vocabulary))
