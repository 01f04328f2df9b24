"""What a group is shown of a prospectus: its page and its paper say the same, but for what changes
after a sheet is printed.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.disclosure import FEWEST
from core.week import day_name, describe, part_name
from insights.models import Prospectus
from insights.selectors import prospectuses as selectors
from insights.services import prospectuses
from matching.wording import prospectuses as wording
from web.charts.chart import shade

_DAYS, _PARTS = range(7), range(3)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One part of one day: how many are free in words, and how dark it is drawn, 0 to 5."""

    words: str
    shade: int


@dataclass(frozen=True, slots=True)
class HeatDay:
    """A day and its parts."""

    name: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A prospectus as it is shown. places_since: how many places others have opened for the same
    people, in words; '' where none. The role is as its draft would begin, or as the draft stands.
    """

    headline: str
    sentences: list[str]
    about_the_number: str
    places_since: str
    parts: tuple[str, ...]
    days: tuple[HeatDay, ...]
    role: dict[str, Any]


def shown(prospectus: Prospectus) -> Shown:
    """Give what is shown, in the active language. Needs the group and the counts loaded."""
    counted = prospectus.counted
    return Shown(
        headline=wording.headline(counted),
        sentences=wording.sentences(counted),
        about_the_number=wording.about_the_number(counted),
        places_since=wording.places_since(
            counted, selectors.places_since(counted, but_of=prospectus.organisation)
        ),
        parts=tuple(part_name(part) for part in _PARTS),
        days=_days(counted.heat),
        role=_role(prospectus),
    )


def kind_of(prospectus: Prospectus) -> str:
    """The kind of work, as it begins a line."""
    named = wording.kind(prospectus.counted)
    return named[:1].upper() + named[1:]


def _days(heat: list[int | None]) -> tuple[HeatDay, ...]:
    if len(heat) != len(_DAYS) * len(_PARTS):
        return ()
    most = max((number for number in heat if number), default=0)
    return tuple(
        HeatDay(
            day_name(day),
            tuple(
                HeatCell(_in_words(number), shade(number, most))
                for number in heat[day * len(_PARTS) : (day + 1) * len(_PARTS)]
            ),
        )
        for day in _DAYS
    )


def _in_words(number: int | None) -> str:
    if number is None:
        return _("fewer than %(count)s") % {"count": FEWEST}
    return str(number) if number else _("nobody")


def _role(prospectus: Prospectus) -> dict[str, Any]:
    fields = prospectuses.role_fields(prospectus)
    return {
        "title": fields["title"],
        "summary": fields.get("summary", ""),
        "description": fields["description"],
        "when": describe(int(fields.get("weekly_slots") or 0)),
        "from_home": bool(fields.get("from_home")),
        "places": fields.get("places", 1),
    }
