"""Count, while a role is being written, who of those that wait could do it. Loads no scikit-learn.

Counted over a board of people who stand for those who wait (`matching.models.WaitingBoard`,
`matching.ranking.mixing`), made once a month and kept in memory: a count takes one small query.
"""

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from django.db import transaction

from core.clock import LONDON, now, today
from core.disclosure import FEWEST, STEP
from core.places.distance import KM_PER_MILE
from matching import datasets
from matching.datasets import Tags
from matching.datasets.waiting import left_out, on_grid, waiting_people
from matching.models import WaitingBoard
from matching.ranking.board import board_columns, is_of, pack, unpack
from matching.ranking.columns import RoleColumns, VolunteerColumns
from matching.ranking.live_count import LiveCount, live_count
from matching.ranking.mixing import mixed
from matching.recommender import rules
from matching.recommender.asked import Asked, columns_of
from volunteers.policies import CONFIRMED_WITHIN

#: Fixed rings around a role, miles: no other distance can be asked about.
RINGS = (1, 3, 5)
#: The ring that the headline and the costs speak of.
SHOWN = 1


@dataclass(frozen=True, slots=True)
class Counted:
    """True counts, to be rounded before anybody sees them (`core.disclosure`); see `LiveCount`."""

    within: tuple[int, ...]
    interested: int
    kept_out: dict[str, int]
    without_skill: dict[str, int]


def refresh_due() -> WaitingBoard | None:
    """Make the board of the month, if there is none yet; None where there is. Two queries, and what
    `refresh_board` takes.

    Once a month and no more often, as all that is split is published (docs/adr/0019). One of fewer
    people than are spoken of is made anew until they are more.
    """
    newest = WaitingBoard.objects.order_by("-pk").first()
    if newest is not None and newest.people >= FEWEST and _is_of_now(newest):
        return None
    return refresh_board()


def _is_of_now(board: WaitingBoard) -> bool:
    made, day = board.made_at.astimezone(LONDON), today()
    is_of_month = (made.year, made.month) == (day.year, day.month)
    return is_of_month and is_of(bytes(board.packed), datasets.tags().vocabulary)


@transaction.atomic
def refresh_board() -> WaitingBoard:
    """Make a new board and drop the others. Safe at any time; six queries and a write."""
    tags = datasets.tags()
    people = waiting_people(datasets.still_waiting(now() - CONFIRMED_WITHIN), tags)
    chance = np.random.default_rng()
    drawn = board_columns(mixed(people, left_out(people.ids), STEP, chance))
    packed = pack(drawn.take(chance.permutation(len(drawn))), tags.vocabulary)
    board = WaitingBoard.objects.create(made_at=now(), people=len(people), packed=packed)
    WaitingBoard.objects.filter(pk__lt=board.pk).delete()
    return board


def count(asked: Asked) -> Counted:
    """Count for a role that asks this. One query, and one more for a new board.

    Where there is no board yet that knows these tags, it is made.
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
    if newest is not None and _kept is not None and _kept[0] == newest:
        return _kept[1]
    board = WaitingBoard.objects.filter(pk=newest[0]).first() if newest else None
    if board is None or not is_of(bytes(board.packed), datasets.tags().vocabulary):
        board = refresh_board()
    columns = unpack(bytes(board.packed))
    _kept = (board.pk, board.made_at), columns
    return columns


def _columns(asked: Asked, tags: Tags) -> RoleColumns:
    """The role in the middle of its square of the grid, or nowhere."""
    if not asked.has_place:
        return columns_of([replace(asked, latitude=None, longitude=None)], tags)
    latitude, longitude = on_grid(asked.latitude, asked.longitude)
    return columns_of([replace(asked, latitude=float(latitude), longitude=float(longitude))], tags)
