"""Answers that a group can still take back: a no, and an invitation to talk.

Such an answer waits on the application for ten minutes; then a job makes the move and the person is
told. Until then nothing has happened to the person, and whoever acts for the group can take it
back. Places are not held back like that, one or several: a place is given or offered at once, so
that nobody is promised one that is not there. The page says so before the button, and how to take a
place back later.

Each step is one conditional UPDATE on the application, so that of two people of the group who
answer at the same time one wins and the other is told.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now
from core.errors import Conflict, NotAllowed
from core.outbox import facts
from opportunities.models import Opportunity
from placements import states
from placements.models import GROUP_REASONS, Application
from placements.services import catching_up, locks, moves
from placements.states import Move, State

#: How long an answer can be taken back.
UNDO_WITHIN = timedelta(minutes=10)
#: The answers that wait; the others are given at once.
HOLDABLE = frozenset({Move.INVITE, Move.DECLINE})


@transaction.atomic
def hold(
    *, application: Application, move: Move, reason: str = "", words: str = "", by: User | None
) -> Application:
    """Give an answer of `HOLDABLE` that is sent in ten minutes unless it is taken back.

    Raises InvalidInput for a reason that is not the group's or for too many words, Conflict where
    the person has been answered since, or an answer is on its way already, NotAllowed where the
    group is stopped.
    """
    if move not in HOLDABLE:
        raise ValueError(f"{move} is not held")
    words = moves.written(words, field="words")
    if move == Move.DECLINE and reason not in GROUP_REASONS:
        raise received.refuse("reason", _("Choose a reason."))
    moves.check_not_stopped(application, by)
    seen = State(application.state)
    if states.target(seen, move) is None:
        raise moves.too_late(application)
    locks.role(application.opportunity_id)
    until = now() + UNDO_WITHIN
    done = Application.objects.filter(pk=application.pk, state=seen, held_move="").update(
        held_move=move,
        held_until=until,
        held_reason=reason if move == Move.DECLINE else "",
        held_words=words,
        held_by=by,
        updated_at=now(),
    )
    application.refresh_from_db()
    if not done:
        raise moves.too_late(application, seen)
    audit.record(
        by=by, action="application.answer_held", subject=application, move=move.value, reason=reason
    )
    facts.state("answer.held", application.pk, not_before=until)
    catching_up.follow_answer(application.opportunity_id)
    return application


@transaction.atomic
def take_back(*, application: Application, by: User | None) -> Application:
    """Take back an answer that has not been sent. Raises Conflict where there is none."""
    held = Application.objects.filter(pk=application.pk, held_until__gt=now()).first()
    taken = Application.objects.filter(pk=application.pk, held_until__gt=now()).update(
        **moves.NOTHING_HELD, updated_at=now()
    )
    application.refresh_from_db()
    if not taken or held is None:
        raise Conflict(
            _("This cannot be taken back any more: it now says “%(state)s”.")
            % {"state": application.get_state_display()},
            code="not_held",
        )
    audit.record(
        by=by, action="application.answer_taken_back", subject=application, move=held.held_move
    )
    if application.opportunity.status == Opportunity.Status.CLOSED:
        # What is unanswered there is told so by a job, as when the role closed.
        facts.state("role.changed", application.opportunity_id)
    return application


@transaction.atomic
def send(application_id: int) -> bool:
    """Make the answer whose time to be taken back is over; give whether this call made one.

    Safe to run at any time and again: what was taken back, sent or given anew is left alone.
    """
    held = (
        Application.objects.select_related("opportunity__organisation", "volunteer__user")
        .select_related("held_by")
        .filter(pk=application_id, held_until__lte=now())
        .first()
    )
    if held is None:
        return False
    locks.role(held.opportunity_id)
    let_go = Application.objects.filter(
        pk=held.pk, state=held.state, held_move=held.held_move, held_until=held.held_until
    )
    if not let_go.update(**moves.NOTHING_HELD, updated_at=now()):
        return False
    try:
        with transaction.atomic():
            moves.make(
                Move(held.held_move),
                held,
                by=held.held_by,
                reason=held.held_reason,
                words=held.held_words,
            )
    except (Conflict, NotAllowed):  # the person withdrew, the role closed, the group is stopped
        return False
    return True
