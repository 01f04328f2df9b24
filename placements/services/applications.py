"""Apply for a role, and every move that follows.

Each move is one conditional UPDATE on the application (so that of two people who press at the same
time one wins and the other is told), one on the role's counts, one audit row, one fact, and the
messages to the people concerned, all in one transaction.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now
from core.errors import Conflict, NotAllowed
from core.outbox import facts
from opportunities.models import Opportunity
from opportunities.policies import stopped
from placements import policies, states, time_limits
from placements.models import (
    END_REASONS,
    GROUP_REASONS,
    VOLUNTEER_REASONS,
    Application,
    TimedOffer,
)
from placements.services import catching_up, messages, places
from placements.states import PLACED, Move, Mover, State
from volunteers.models import Volunteer

CameBy = Application.CameBy

MESSAGE_LENGTH = 1500


@transaction.atomic
def submit(
    *,
    volunteer: Volunteer,
    opportunity: Opportunity,
    message: str = "",
    came_by: Application.CameBy = CameBy.ASKED,
    by: User | None,
) -> Application:
    """Ask for a role. Raises the error of the first gate that is closed (`policies.GATES`), and
    Conflict where a place of it is kept for the person, which they have to answer.
    """
    message = written(message, field="message")
    role = (
        Opportunity.objects.select_related("organisation")
        .select_for_update(of=("self",))
        .get(pk=opportunity.pk)
    )
    if not volunteer.user.is_active:
        raise NotAllowed(_("This account is stopped."), code="suspended")
    policies.check_can_apply(policies.door(volunteer, role))
    if TimedOffer.objects.filter(
        volunteer=volunteer, opportunity=role, state=TimedOffer.State.LIVE
    ).exists():
        raise Conflict(
            _("A place in this role is kept for you already: say yes or no to it."),
            code="place_kept",
        )
    application = begin(
        volunteer=volunteer,
        opportunity=role,
        state=State.SUBMITTED,
        message=message,
        came_by=came_by,
        by=by,
    )
    if by is not None and by.is_broker and by.pk != volunteer.user_id:
        messages.submitted_for_them(application)
    else:
        messages.submitted(application)
    messages.received(application)
    return application


@transaction.atomic
def begin(
    *,
    volunteer: Volunteer,
    opportunity: Opportunity,
    state: State,
    message: str = "",
    came_by: Application.CameBy = CameBy.ASKED,
    by: User | None,
) -> Application:
    """Write a new application in its first state, with what follows from it; nobody is told.

    The caller has locked the role and asked the gates. Raises Conflict where the person has asked
    for the role before, or where the state takes a place and none is left.
    """
    at = now()
    try:
        with transaction.atomic():
            application = Application.objects.create(
                volunteer=volunteer,
                opportunity=opportunity,
                state=state,
                created_at=at,
                state_since=at,
                message=message,
                came_by=came_by,
                answered_at=at if state == State.ACCEPTED else None,
            )
    except IntegrityError as error:  # asked for twice in the same moment
        raise Conflict(
            _("You have asked for this role before."), code="not_applied_before"
        ) from error
    places.follow(opportunity.pk, before=None, after=state)
    _follow_waiting(application, None, state)
    how = {"came_by": came_by.value} if came_by else {}
    audit.record(
        by=by, action=f"application.{state.value}", subject=application, to=state.value, **how
    )
    facts.state("application.changed", application.pk)
    return application


def acknowledge(*, application: Application, by: User | None) -> Application:
    """The group has seen it."""
    return _make(Move.ACKNOWLEDGE, application, by=by)


def invite(*, application: Application, words: str = "", by: User | None) -> Application:
    """The group asks the person to talk."""
    return _make(Move.INVITE, application, by=by, words=words)


def offer(*, application: Application, words: str = "", by: User | None) -> Application:
    """The group holds a place until the person says yes. Raises Conflict where none is left."""
    return _make(Move.OFFER, application, by=by, words=words)


def accept(*, application: Application, words: str = "", by: User | None) -> Application:
    """The group gives the person a place. Raises Conflict where none is left."""
    return _make(Move.ACCEPT, application, by=by, words=words)


def take_up(*, application: Application, by: User | None) -> Application:
    """The person says yes to the place they were offered."""
    return _make(Move.TAKE_UP, application, by=by)


def start(*, application: Application, by: User | None) -> Application:
    """The person is there: one of the sides says so, or they came for the first time."""
    return _make(Move.START, application, by=by)


def end(
    *,
    application: Application,
    reason: str,
    side: Mover,
    words: str = "",
    looks_again: bool = True,
    by: User | None,
) -> Application:
    """One side (`side`) ends a placement, with a reason of `END_REASONS`; the other is told.

    A group may send words. Whoever `looks_again` waits for a role from now on.
    """
    return _make(
        Move.END,
        application,
        by=by,
        reason=reason,
        words=words,
        side=side,
        looks_again=looks_again,
    )


def decline(
    *, application: Application, reason: str, words: str = "", by: User | None
) -> Application:
    """The group says no, with a reason of `GROUP_REASONS` and kind words."""
    return _make(Move.DECLINE, application, by=by, reason=reason, words=words)


def withdraw(*, application: Application, reason: str = "", by: User | None) -> Application:
    """The person no longer wants it; a reason of `VOLUNTEER_REASONS` is welcome, not needed."""
    return _make(Move.WITHDRAW, application, by=by, reason=reason)


@transaction.atomic
def lapse_unanswered(*, opportunity: Opportunity) -> int:
    """Close what is unanswered on a role that is closed; give how many. Safe to run again.

    A no that is on its way goes out with its own words.
    """
    if opportunity.status != Opportunity.Status.CLOSED:
        return 0
    unanswered = opportunity.applications.filter(
        state__in=sorted(states.origins(Move.LAPSE))
    ).exclude(held_move=Move.DECLINE)
    lapsed = 0
    for application in unanswered.select_related("opportunity__organisation", "volunteer__user"):
        try:
            with transaction.atomic():
                _make(Move.LAPSE, application, by=None)
        except Conflict:  # answered in this moment
            continue
        lapsed += 1
    return lapsed


def end_unanswered_offers() -> int:
    """End the offers whose time to answer is over, and give back their places; give how many. Safe
    to run at any time and again.
    """
    over = _offers_to_answer().filter(answer_by__lte=now())
    ended = 0
    for application in over.select_related("opportunity__organisation", "volunteer__user"):
        try:
            _make(Move.LAPSE, application, by=None, reason=Application.Reason.TIME_OVER)
        except Conflict:  # answered in this moment
            continue
        ended += 1
    return ended


def remind_of_offers() -> int:
    """Remind everybody who has a day left to answer an offer; give how many. Nobody is reminded
    twice of one.
    """
    due = _offers_to_answer().filter(remind_at__lte=now(), answer_by__gt=now())
    reminded = 0
    for application in due.select_related("opportunity__organisation", "volunteer__user"):
        with transaction.atomic():
            if due.filter(pk=application.pk).update(remind_at=None, updated_at=now()):
                messages.offer_reminder(application)
                reminded += 1
    return reminded


def _offers_to_answer() -> QuerySet[Application]:
    """Offers that a person can say yes to: not of a group that is stopped."""
    offers = Application.objects.filter(state=State.OFFERED)
    return offers.filter(opportunity__organisation__suspended_at=None)


def make_held(application: Application) -> Application:
    """Make the move that is held on an application, which the caller has just let go of."""
    return _make(
        Move(application.held_move),
        application,
        by=application.held_by,
        reason=application.held_reason,
        words=application.held_words,
    )


@transaction.atomic
def _make(
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
    rows = Application.objects.filter(pk=application.pk, state=before)
    if move in GROUP_MOVES:
        # What a group has on its way to a person is sent or taken back before anything else.
        rows = rows.filter(held_move="")
    if not rows.update(**changes, **NOTHING_HELD, updated_at=now()):
        application.refresh_from_db()
        raise too_late(application, before)
    places.follow(application.opportunity_id, before=before, after=after)
    if before in states.UNANSWERED and after not in states.UNANSWERED:
        catching_up.follow_answer(application.opportunity_id)
    _follow_waiting(application, before, after, looks_again=looks_again)
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


def _follow_waiting(
    application: Application, before: State | None, after: State, *, looks_again: bool = True
) -> None:
    if (before in PLACED) == (after in PLACED):
        return
    person = Volunteer.objects.select_for_update().get(pk=application.volunteer_id)
    if after in PLACED or looks_again:
        person.waiting_since = waiting_after(person.waiting_since, before, after, at=now())
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
