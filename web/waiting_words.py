"""Waiting lists in words: what each is called, where the person stands, what happens next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.clock import today
from matching import wording
from placements.models import PassedOver, TimedOffer, WaitingListEntry
from placements.policies import Door, sentence_of
from placements.queues import Standing
from volunteers.models import Volunteer
from web.dates import moment_in_words, near_day
from web.where_to_change import where_to_change


@dataclass(frozen=True)
class WaitingList:
    """One list as its page shows it. `passed`: roles that went to somebody behind them, each with
    why, and the address where they can change that, '' where there is none.
    """

    entry: WaitingListEntry
    name: str
    where: str
    next: str
    offer: TimedOffer | None
    passed: list[tuple[str, str]]

    @property
    def can_leave(self) -> bool:
        return self.entry.state == WaitingListEntry.State.WAITING


def list_of(standing: Standing, volunteer: Volunteer, *, is_hidden: bool) -> WaitingList:
    """Give the words about one list that a person is on; `is_hidden` where it is of a role that
    they keep off their lists.
    """
    return WaitingList(
        entry=standing.entry,
        name=list_name(standing.entry),
        where=_("You are number %(position)s of %(length)s.")
        % {"position": standing.position, "length": standing.length},
        next=_next(standing, volunteer, is_hidden=is_hidden),
        offer=standing.offer,
        passed=[_passed(one, volunteer) for one in standing.passed],
    )


def list_name(entry: WaitingListEntry) -> str:
    """Give what a list is called: the role, or the kind of role. Loads both."""
    if entry.opportunity is not None:
        return entry.opportunity.title
    activity = str(entry.activity)
    if entry.cause is None:
        return activity
    return _("%(activity)s (%(cause)s)") % {"activity": activity, "cause": entry.cause}


def people_waiting(number: int) -> str:
    """Say how many people are on a role's list."""
    if not number:
        return _("Nobody waits for a place yet.")
    return ngettext(
        "%(count)s person waits for a place.", "%(count)s people wait for a place.", number
    ) % {"count": number}


def _next(standing: Standing, volunteer: Volunteer, *, is_hidden: bool) -> str:
    if offer := standing.offer:
        return _("A place in “%(role)s” is kept for you until %(end)s.") % {
            "role": offer.opportunity.title,
            "end": moment_in_words(offer.answer_by),
        }
    if standing.entry.state == WaitingListEntry.State.OFFERED:
        return _(
            "You said yes to a place, and the group answers you. If it says no, you keep your "
            "place here."
        )
    if held_back := _held_back(volunteer, is_hidden=is_hidden):
        return held_back
    role = standing.entry.opportunity
    if role is not None and role.catching_up_since is not None:
        return _(
            "This role pauses until its group has answered people who have waited too long. Nobody "
            "is offered a place until then, and you keep yours in the line."
        )
    if standing.entry.is_pooled:
        return _(
            "When a role of this kind has a place that nobody has asked for, and it suits where "
            "and when you can help, we offer it to whoever is first. You then have three days to "
            "answer."
        )
    return _(
        "When a place comes free in this role, we offer it to whoever is first. You then have "
        "three days to answer."
    )


def _held_back(volunteer: Volunteer, *, is_hidden: bool) -> str:
    """Say why others are asked before this person for now, '' where they are not."""
    if volunteer.paused_at is not None:
        return _("You have paused, so others are asked before you. You keep your place.")
    start = volunteer.can_start_from
    if start is not None and start > today():
        return _(
            "You can start from %(day)s, so others are asked before you until then. You keep your "
            "place."
        ) % {"day": near_day(start)}
    if is_hidden:
        return _(
            "You hid this role, so others are asked before you. Have it back on your lists, or "
            "leave this one."
        )
    return ""


def _passed(one: PassedOver, volunteer: Volunteer) -> tuple[str, str]:
    role = one.opportunity
    # Of the door only what the sentences say.
    door = Door(volunteer, role, has_applied=False, is_blocked=False, day=today())
    why = wording.warning(one.rule, volunteer, role) or sentence_of(one.rule, door)
    said = _("A place in “%(role)s” went to somebody behind you. %(why)s") % {
        "role": role.title,
        "why": why,
    }
    return said.strip(), where_to_change(one.rule)
