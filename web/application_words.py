"""What an application's state means for the person: what happens next, by when, and so far."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import AuditEntry
from core.clock import LONDON
from core.week import describe
from matching import wording
from matching.selectors import fit_for
from opportunities.models import Opportunity
from placements.disclosure import seen_by_group
from placements.models import Application
from placements.states import PENDING, Move, Mover, State, moves_open
from volunteers.models import Volunteer
from web.dates import near_day

#: How long a group has to answer, as it is told when somebody asks.
ANSWER_DAYS = 10


@dataclass(frozen=True)
class Step:
    """What happens next, in words, and what the person can do about it."""

    words: str
    can_take_up: bool
    can_withdraw: bool
    is_waiting: bool


@dataclass(frozen=True)
class Event:
    """One thing that happened to an application."""

    words: str
    at: datetime


def seen_when_asking(volunteer: Volunteer, role: Opportunity) -> list[tuple[str, str]]:
    """Give what the group sees of the person once they ask for the role: what it is, and it."""
    asking = Application(volunteer=volunteer, opportunity=role, state=State.SUBMITTED)
    seen = seen_by_group(asking)
    fit = fit_for(volunteer, role).stored
    in_common = " ".join(wording.reasons_about(fit["reasons"]))
    against = " ".join(filter(None, map(wording.warning_about, fit.get("failed", ()))))
    rows = [
        (_("Your first name"), seen.name),
        (_("Where you live"), seen.area or _("Not said")),
        (_("When you are free"), describe(seen.availability) or _("Not said")),
        (_("What you have in common with the role"), in_common or _("Nothing that we found")),
        (_("Your words"), _("What you write above")),
    ]
    rest = (
        (_("What may not fit"), against),
        (_("DBS check"), seen.dbs_check),
        (_("What would help you"), seen.support_needs),
    )
    rows += [row for row in rest if row[1]]
    return rows


def next_step(application: Application) -> Step:
    """Give what happens next with an application whose role and group are loaded."""
    state = State(application.state)
    moves = moves_open(state, Mover.VOLUNTEER)
    return Step(
        words=_next_words(application, state),
        can_take_up=Move.TAKE_UP in moves,
        can_withdraw=Move.WITHDRAW in moves,
        is_waiting=state in PENDING,
    )


def _next_words(application: Application, state: State) -> str:
    group = application.opportunity.organisation.name
    answer_by = near_day(
        (application.created_at + timedelta(days=ANSWER_DAYS)).astimezone(LONDON).date()
    )
    names = {"group": group, "day": answer_by}
    return {
        State.SUBMITTED: _(
            "%(group)s reads what you wrote. We ask groups to answer within 10 days, so by %(day)s."
        ),
        State.ACKNOWLEDGED: _(
            "%(group)s has seen it and decides. We ask groups to answer within 10 days, so by "
            "%(day)s."
        ),
        State.INVITED: _("%(group)s would like to talk to you first, and gets in touch."),
        State.OFFERED: _("%(group)s holds a place for you. Say yes to take it."),
        State.ACCEPTED: _("The place is yours. %(group)s gets in touch about how to start."),
        State.DECLINED: _("Nothing more happens with this one. Your list has other roles."),
        State.WITHDRAWN: _("Nothing more happens with this one."),
        State.LAPSED: _("The role closed before the group answered. Your list has other roles."),
    }[state] % names


def timeline(application: Application) -> list[Event]:
    """Give what happened to an application, oldest first."""
    return [
        Event(words, entry.at)
        for entry in AuditEntry.objects.about(application)
        if (words := _event_words(entry))
    ]


def _event_words(entry: AuditEntry) -> str:
    words = {
        State.SUBMITTED: _("You asked for the role"),
        State.ACKNOWLEDGED: _("The group saw it"),
        State.INVITED: _("The group would like to talk to you"),
        State.OFFERED: _("The group offered you a place"),
        State.ACCEPTED: _("The place is yours"),
        State.DECLINED: _("The group said no this time"),
        State.WITHDRAWN: _("You withdrew"),
        State.LAPSED: _("The role closed"),
    }
    return words.get(entry.details.get("to"), "")
