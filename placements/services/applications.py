"""Apply for a role, and the moves that follow, each by its name.

`moves` makes them, `held` those that can still be taken back, `unanswered` those that nobody made.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core.clock import now
from core.errors import Conflict, NotAllowed
from core.outbox import facts
from opportunities.models import Opportunity
from placements import policies
from placements.models import Application, TimedOffer
from placements.services import locks, messages, moves, places
from placements.states import Move, Mover, State
from volunteers.models import Volunteer

CameBy = Application.CameBy


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody who asks was told: the chance of a place, and of an answer within 10 days, each
    from 0 to 1.
    """

    place: float
    answer: float


@transaction.atomic
def submit(
    *,
    volunteer: Volunteer,
    opportunity: Opportunity,
    message: str = "",
    came_by: Application.CameBy = CameBy.ASKED,
    told: Told | None = None,
    by: User | None,
) -> Application:
    """Ask for a role. Raises the error of the first gate that is closed (`policies.GATES`), and
    Conflict where a place of it is kept for the person, which they have to answer.

    What people are told of their chances is known above this layer: pages and the API ask through
    `matching.services.asking`, which says it here.
    """
    message = moves.written(message, field="message")
    role = locks.role(opportunity.pk)
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
        told=told,
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
    told: Told | None = None,
    by: User | None,
) -> Application:
    """Write a new application in its first state, with what follows from it; nobody is told.

    The caller holds the role and has asked the gates. Raises Conflict where the person has an
    application for it under way, or where the state takes a place and none is left.
    """
    at = now()
    person = moves.hold_person(volunteer.pk, None, state)
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
                told_place=told.place if told else None,
                told_answer=told.answer if told else None,
            )
    except IntegrityError as error:  # asked for twice in the same moment
        raise Conflict(
            _("You have asked for this role before."), code="not_applied_before"
        ) from error
    places.follow(opportunity.pk, before=None, after=state)
    if person is not None:
        moves.follow_waiting(person, None, state)
    how = {"came_by": came_by.value} if came_by else {}
    audit.record(
        by=by, action=f"application.{state.value}", subject=application, to=state.value, **how
    )
    facts.state("application.changed", application.pk)
    return application


def acknowledge(*, application: Application, by: User | None) -> Application:
    """The group has seen it."""
    return moves.make(Move.ACKNOWLEDGE, application, by=by)


def invite(*, application: Application, words: str = "", by: User | None) -> Application:
    """The group asks the person to talk."""
    return moves.make(Move.INVITE, application, by=by, words=words)


def offer(*, application: Application, words: str = "", by: User | None) -> Application:
    """The group holds a place until the person says yes. Raises Conflict where none is left."""
    return moves.make(Move.OFFER, application, by=by, words=words)


def accept(*, application: Application, words: str = "", by: User | None) -> Application:
    """The group gives the person a place. Raises Conflict where none is left."""
    return moves.make(Move.ACCEPT, application, by=by, words=words)


def take_up(*, application: Application, by: User | None) -> Application:
    """The person says yes to the place they were offered."""
    return moves.make(Move.TAKE_UP, application, by=by)


def start(*, application: Application, by: User | None) -> Application:
    """The person is there: one of the sides says so, or they came for the first time."""
    return moves.make(Move.START, application, by=by)


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
    return moves.make(
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
    return moves.make(Move.DECLINE, application, by=by, reason=reason, words=words)


def withdraw(*, application: Application, reason: str = "", by: User | None) -> Application:
    """The person no longer wants it; a reason of `VOLUNTEER_REASONS` is welcome, not needed."""
    return moves.make(Move.WITHDRAW, application, by=by, reason=reason)
