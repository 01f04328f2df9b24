"""What is said about a role in a line: when, where, how many places and how many people wait."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.places.wards import ward_name
from core.week import describe
from matching import wording
from matching.recommender.odds import odds_of
from opportunities.models import Opportunity, Session
from web.dates import moment_in_words, near_day, span_in_words

#: Chances of a place from which odds are good, and under which they are long.
GOOD, LONG = 0.5, 0.2


@dataclass(frozen=True)
class Odds:
    """The honest line about a role. `level` is "good", "long" or '' for neither."""

    words: str
    level: str


def odds(role: Opportunity) -> Odds:
    """Say how many places are left, how many people wait, how likely a place is, and how fast the
    group answers. Loads the group.

    Good where at least half of the people who ask now get a place, long where hardly one in five
    does.
    """
    (expected,) = odds_of([role])
    chance = expected.place.chance
    level = "good" if chance >= GOOD else "long" if chance < LONG else ""
    words = wording.odds(role, expected)
    if role.catching_up_since is not None:
        return Odds(
            _("%(odds)s It pauses until the group has answered people.") % {"odds": words}, "long"
        )
    return Odds(words, level)


def when(role: Opportunity) -> str:
    """Say when the role is done: its next session where those were read with it, else its times in
    the week.
    """
    sessions: list[Session] = getattr(role, "upcoming_sessions", [])
    next_at: datetime | None = getattr(role, "next_session_at", None)
    if next_at is not None:
        return _("Next on %(day)s") % {"day": moment_in_words(next_at)}
    if sessions:
        first = span_in_words(sessions[0].starts_at, sessions[0].ends_at)
        more = len(sessions) - 1
        if not more:
            return first
        return ngettext(
            "%(first)s, and %(count)s more time", "%(first)s, and %(count)s more times", more
        ) % {"first": first, "count": more}
    times = describe(role.weekly_slots) or _("times to suit you")
    times = f"{times[:1].upper()}{times[1:]}"
    if not role.hours_a_week:
        return times
    return ngettext(
        "%(times)s, about %(hours)s hour a week",
        "%(times)s, about %(hours)s hours a week",
        role.hours_a_week,
    ) % {"times": times, "hours": role.hours_a_week}


def where(role: Opportunity) -> str:
    """Say where the role is done: the place by name, its ward, or at home."""
    if role.from_home:
        return _("From home")
    ward = ward_name(role.ward_code)
    if role.place_name and ward:
        return _("%(place)s, %(ward)s") % {"place": role.place_name, "ward": ward}
    return role.place_name or ward or role.postcode.partition(" ")[0] or _("Ask the group")


def closes(role: Opportunity) -> str:
    """Say until when people can apply; '' where there is no last day."""
    if role.closes_on is None:
        return ""
    return _("Apply by %(day)s") % {"day": near_day(role.closes_on)}
