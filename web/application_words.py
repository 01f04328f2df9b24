"""What an application's state means for the person: what happens next, by when, and so far."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditEntry
from core.clock import LONDON, today
from core.week import describe
from matching import wording
from matching.selectors import fit_for
from opportunities.models import Opportunity
from placements.answering import waits_since
from placements.disclosure import seen_by_group
from placements.models import Application
from placements.states import FINAL, PENDING, PLACED, Move, Mover, State, moves_open
from placements.time_limits import ANSWER_WITHIN
from volunteers.models import Volunteer
from web.dates import moment_in_words, near_day


@dataclass(frozen=True)
class Step:
    """What happens next, in words, and what the person can do about it."""

    words: str
    can_take_up: bool
    can_withdraw: bool
    can_start: bool
    can_end: bool
    is_waiting: bool


@dataclass(frozen=True)
class Event:
    """One thing that happened to an application."""

    words: str
    at: datetime


def seen_when_asking(
    volunteer: Volunteer,
    role: Opportunity,
    *,
    with_words: bool = True,
    state: State = State.SUBMITTED,
) -> list[tuple[str, str]]:
    """Give what the group sees of the person once they ask for the role, or come to it in another
    `state`: what it is, and it.
    """
    asking = Application(volunteer=volunteer, opportunity=role, state=state)
    seen = seen_by_group(asking)
    fit = fit_for(volunteer, role).stored
    in_common = " ".join(wording.reasons_about(fit["reasons"]))
    against = " ".join(filter(None, map(wording.warning_about, fit.get("failed", ()))))
    rows = [
        (_("Your full name") if state in PLACED else _("Your first name"), seen.name),
        (_("Where you live"), seen.area or _("Not said")),
        (_("When you are free"), describe(seen.availability) or _("Not said")),
        (_("What you have in common with the role"), in_common or _("Nothing that we found")),
    ]
    if with_words:
        rows.append((_("Your words"), _("What you write above")))
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
    is_stopped = application.opportunity.organisation.suspended_at is not None
    return Step(
        words=_while_stopped(application, state) if is_stopped else _next_words(application, state),
        can_take_up=Move.TAKE_UP in moves and not is_stopped,
        can_withdraw=Move.WITHDRAW in moves,
        can_start=Move.START in moves,
        # Before they started, people withdraw.
        can_end=Move.END in moves and Move.WITHDRAW not in moves,
        is_waiting=state in PENDING,
    )


def _while_stopped(application: Application, state: State) -> str:
    names = {"group": application.opportunity.organisation.name}
    if state in FINAL:
        return _next_words(application, state)
    if state in PLACED:
        return (
            _(
                "The volunteer centre has stopped %(group)s for now. Ask the volunteer centre "
                "before you go there."
            )
            % names
        )
    return (
        _(
            "The volunteer centre has stopped %(group)s for now, so it cannot answer you. You need "
            "not wait: you can ask for other roles at the same time."
        )
        % names
    )


def _next_words(application: Application, state: State) -> str:
    answer_by = (application.created_at + ANSWER_WITHIN).astimezone(LONDON).date()
    names: dict[str, object] = {
        "group": application.opportunity.organisation.name,
        "day": near_day(answer_by),
        "days": ANSWER_WITHIN.days,
        "end": moment_in_words(application.answer_by) if application.answer_by else "",
    }
    if state == State.LAPSED and application.reason == Application.Reason.TIME_OVER:
        return _(
            "The time to say yes is over, so the place goes to somebody else. "
            "Your list has other roles."
        )
    if state == State.INVITED:
        return _talking(application)
    if state in (State.SUBMITTED, State.ACKNOWLEDGED) and today() > answer_by:
        return _should_have_answered(names)
    return _NEXT[state] % names


def _should_have_answered(names: dict[str, object]) -> str:
    return (
        _(
            "%(group)s should have answered you by %(day)s, and we are sorry that it has not. "
            "You can go on waiting, and ask for other roles at the same time."
        )
        % names
    )


def _talking(application: Application) -> str:
    """What follows where the group would like to talk: the person writes, then the group does."""
    written = waits_since(application)
    by = ((written or application.state_since) + ANSWER_WITHIN).astimezone(LONDON).date()
    names: dict[str, object] = {
        "group": application.opportunity.organisation.name,
        "day": near_day(by),
    }
    if written is not None:
        if today() > by:
            return _should_have_answered(names)
        return _("You have written to %(group)s. We ask it to answer you by %(day)s.") % names
    if today() > by:
        return (
            _(
                "%(group)s would like to talk to you first. It waits for you: write to them in the "
                "messages below as soon as you can."
            )
            % names
        )
    return (
        _(
            "%(group)s would like to talk to you first. Write to them in the messages below by "
            "%(day)s, if you can."
        )
        % names
    )


#: What follows on each state.
_NEXT = {
    State.SUBMITTED: gettext_lazy(
        "%(group)s reads what you wrote. We ask groups to answer within %(days)s days, so by "
        "%(day)s."
    ),
    State.ACKNOWLEDGED: gettext_lazy(
        "%(group)s has seen it and decides. We ask groups to answer within %(days)s days, so by "
        "%(day)s."
    ),
    State.OFFERED: gettext_lazy(
        "%(group)s keeps a place for you until %(end)s. Say yes to take it. After that it goes to "
        "somebody else."
    ),
    State.ACCEPTED: gettext_lazy(
        "The place is yours. %(group)s writes to you here about how to start."
    ),
    State.STARTED: gettext_lazy(
        "You are volunteering with %(group)s. When you stop, please say so here: the place is then "
        "free for somebody else."
    ),
    State.ENDED: gettext_lazy("This is over. Thank you for the time that you gave %(group)s."),
    State.DECLINED: gettext_lazy("Nothing more happens with this one. Your list has other roles."),
    State.WITHDRAWN: gettext_lazy(
        "Nothing more happens with this one. You can ask for this role again, as anybody can."
    ),
    State.LAPSED: gettext_lazy(
        "The role closed before the group answered. Your list has other roles."
    ),
}


def timeline(application: Application) -> list[Event]:
    """Give what happened to an application, oldest first."""
    return [
        Event(words, entry.at)
        for entry in AuditEntry.objects.about(application)
        if (words := _event_words(entry))
    ]


def _event_words(entry: AuditEntry) -> str:
    if entry.details.get("reason") == Application.Reason.TIME_OVER:
        return _("The time to say yes was over")
    words = {
        State.SUBMITTED: _("You asked for the role"),
        State.ACKNOWLEDGED: _("The group saw it"),
        State.INVITED: _("The group would like to talk to you"),
        State.OFFERED: _("The group offered you a place"),
        State.ACCEPTED: _("The place is yours"),
        State.STARTED: _("You started"),
        State.ENDED: _("It ended"),
        State.DECLINED: _("The group said no this time"),
        State.WITHDRAWN: _("You withdrew"),
        State.LAPSED: _("The role closed"),
    }
    return words.get(entry.details.get("to"), "")
