"""Count, while a role is being written, who of those that wait could do it. Loads no scikit-learn.

Counted over a board of everybody who waits that is made once a day (`matching.models.WaitingBoard`)
and kept in memory: a count takes one small query.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from core.clock import now
from core.places.distance import KM_PER_MILE
from matching import datasets
from matching.datasets import Tags
from matching.datasets.waiting import on_grid, waiting_people
from matching.models import WaitingBoard
from matching.ranking.board import pack, unpack
from matching.ranking.columns import RoleColumns, VolunteerColumns
from matching.ranking.live_count import LiveCount, live_count
from matching.recommender import rules
from matching.recommender.asked import Asked, columns_of
from volunteers.models import Volunteer

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
    """The role in the middle of its square of the grid, or nowhere."""
    if not asked.has_place:
        return columns_of([replace(asked, latitude=None, longitude=None)], tags)
    latitude, longitude = on_grid(asked.latitude, asked.longitude)
    return columns_of([replace(asked, latitude=float(latitude), longitude=float(longitude))], tags)
