"""Make one move of an application, and everything that follows from it.

Each move is one conditional UPDATE on the application (so that of two people who press at the same
time one wins and the other is told), one on the role's counts, one audit row, one fact, and the
messages to the people concerned, all in one transaction (in the order of `locks`).
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now
from core.errors import Conflict
from core.outbox import facts
from opportunities.policies import stopped
from placements import states, time_limits
from placements.models import END_REASONS, GROUP_REASONS, VOLUNTEER_REASONS, Application
from placements.services import catching_up, locks, messages, places
from placements.states import PLACED, Move, Mover, State
from volunteers.models import Volunteer
from volunteers.services import earlier

MESSAGE_LENGTH = 1500


@transaction.atomic
def make(
    move: Move,
    application: Application,
    *,
    by: User | None,
    reason: str = "",
    words: str = "",
    side: Mover | None = None,
    looks_again: bool = True,
) -> Application:
    """Make one move; raise Conflict where the table of states does not have it, NotAllowed where
    the volunteer centre has stopped the group.

    `side` says who makes a move that either side can make.
    """
    if move in _NOT_WHILE_STOPPED:
        check_not_stopped(application, by)
    before = State(application.state)
    changes = changes_of(move, application, at=now(), reason=reason, words=words)
    after = State(changes["state"])
    is_answer = before in states.PENDING and after not in states.UNANSWERED
    if is_answer or any(places.changes(before, after)):
        locks.role(application.opportunity_id)
    person = hold_person(application.volunteer_id, before, after)
    rows = Application.objects.filter(pk=application.pk, state=before)
    if move in GROUP_MOVES:
        # What a group has on its way to a person is sent or taken back before anything else.
        rows = rows.filter(held_move="")
    if not rows.update(**changes, **NOTHING_HELD, updated_at=now()):
        try:
            application.refresh_from_db()
        except Application.DoesNotExist as error:
            raise locks.gone() from error
        raise too_late(application, before)
    places.follow(application.opportunity_id, before=before, after=after)
    if is_answer:
        catching_up.follow_answer(application.opportunity_id)
    if person is not None and (after in PLACED or looks_again):
        follow_waiting(person, before, after)
    application.refresh_from_db()
    audit.record(
        by=by,
        action=f"application.{after.value}",
        subject=application,
        **audit_details(before, after, reason),
    )
    facts.state("application.changed", application.pk)
    if messages.is_refusal(application, move):
        # Told by a job, which adds what the person can do next.
        facts.state("application.refused", application.pk)
    else:
        messages.moved(application, move, side=side)
    return application


def changes_of(
    move: Move, application: Application, *, at: datetime, reason: str = "", words: str = ""
) -> dict[str, Any]:
    """Give what a move at `at` changes on an application, without changing it.

    Raises Conflict where the table of states does not have it, InvalidInput for a reason that is
    not this move's or for too many words.
    """
    words = written(words, field="words")
    if move == Move.DECLINE and reason not in GROUP_REASONS:
        raise received.refuse("reason", _("Choose a reason."))
    if move == Move.WITHDRAW and reason and reason not in VOLUNTEER_REASONS:
        raise received.refuse("reason", _("Choose a reason from the list."))
    if move == Move.END and reason not in END_REASONS:
        raise received.refuse("reason", _("Choose a reason."))
    after = states.target(State(application.state), move)
    if after is None:
        raise too_late(application)
    if move == Move.TAKE_UP and application.answer_by is not None and at >= application.answer_by:
        raise time_is_over()
    changes: dict[str, Any] = {"state": after, "state_since": at, "reason": reason, "words": words}
    if application.answered_at is None and move in _ANSWERS:
        changes["answered_at"] = at
    end = time_limits.answer_by(at) if after == State.OFFERED else None
    changes["answer_by"] = end
    changes["remind_at"] = time_limits.remind_at(end) if end else None
    if move == Move.INVITE:
        # A new wait begins when they write.
        changes["group_reminders"] = 0
    if move == Move.START:
        changes["started_at"] = at
    return changes


def audit_details(before: State, after: State, reason: str) -> dict[str, str]:
    """Give what the audit trail keeps of a move."""
    return {"from": before.value, "to": after.value, "reason": reason}


#: Moves by which a group answers a person.
_ANSWERS = frozenset({Move.INVITE, Move.OFFER, Move.ACCEPT, Move.DECLINE})
#: Moves of the group's side alone.
GROUP_MOVES = frozenset(move for move in Move if states.movers(move) == {Mover.GROUP})
#: Moves that wait while the volunteer centre has stopped the group.
_NOT_WHILE_STOPPED = GROUP_MOVES | {Move.TAKE_UP}
#: What every move leaves of an answer that was on its way.
NOTHING_HELD: dict[str, Any] = {
    "held_move": "",
    "held_until": None,
    "held_reason": "",
    "held_words": "",
    "held_by": None,
}


def check_not_stopped(application: Application, by: User | None) -> None:
    """Raise NotAllowed where the volunteer centre has stopped the group, unless it acts itself."""
    group = application.opportunity.organisation
    if group.suspended_at is not None and not (by is not None and by.is_broker):
        raise stopped(group)


def hold_person(volunteer_id: int, before: State | None, after: State) -> Volunteer | None:
    """Hold the person of a move that gives or ends a place, before their application; None where it
    does neither. Raises Conflict where they have deleted their account meanwhile.
    """
    if (before in PLACED) == (after in PLACED):
        return None
    return locks.person(volunteer_id)


def follow_waiting(person: Volunteer, before: State | None, after: State) -> None:
    """Write since when a person whom the caller holds waits after a move."""
    since = waiting_after(person.waiting_since, before, after, at=now())
    earlier.keep_waiting_since(person, after=since)
    person.waiting_since = since
    person.save(update_fields=["waiting_since"])


def waiting_after(
    since: datetime | None, before: State | None, after: State, *, at: datetime
) -> datetime | None:
    """Give since when a person waits after a move at `at`.

    A placed person waits no longer; one who leaves their place waits again from then on.
    """
    if after in PLACED:
        return since if before in PLACED else None
    return since or at if before in PLACED else since


def time_is_over() -> Conflict:
    """Give the error for an answer that comes too late."""
    return Conflict(
        _("The time to answer is over, so the place goes to somebody else."), code="time_is_over"
    )


def too_late(application: Application, seen: State | None = None) -> Conflict:
    """Give the error for a move that cannot be made any more. `application` as it stands now,
    `seen` the state in which it was seen: the same means that an answer is on its way.
    """
    if application.held_move and application.state == seen:
        return Conflict(
            _("An answer is on its way already. Take it back first to give another one."),
            code="answer_held",
        )
    return Conflict(
        _("This cannot be done any more: it now says “%(state)s”.")
        % {"state": application.get_state_display()},
        code="wrong_state",
    )


def written(text: str, *, field: str) -> str:
    """Give the text without space around it. Raises InvalidInput where it is too long."""
    text = text.strip()
    if len(text) > MESSAGE_LENGTH:
        raise received.refuse(
            field, _("Write no more than %(count)s characters.") % {"count": MESSAGE_LENGTH}
        )
    return text
