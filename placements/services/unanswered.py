"""What ends without an answer: applications for a role that closes, offers whose time is over."""

from django.db import transaction
from django.db.models import QuerySet

from core.clock import now
from core.errors import Conflict
from opportunities.models import Opportunity
from placements import states
from placements.models import Application
from placements.services import locks, messages, moves
from placements.states import Move, State


@transaction.atomic
def lapse_unanswered(*, opportunity: Opportunity) -> int:
    """Close what is unanswered on a role that is closed; give how many. Safe to run again.

    A no that is on its way goes out with its own words.
    """
    if opportunity.status != Opportunity.Status.CLOSED:
        return 0
    locks.role(opportunity.pk)
    unanswered = (
        opportunity.applications.filter(state__in=sorted(states.origins(Move.LAPSE)))
        .exclude(held_move=Move.DECLINE)
        .order_by("pk")
    )
    lapsed = 0
    for application in unanswered.select_related("opportunity__organisation", "volunteer__user"):
        try:
            with transaction.atomic():
                moves.make(Move.LAPSE, application, by=None)
        except Conflict:  # answered in this moment
            continue
        lapsed += 1
    return lapsed


def end_offers() -> int:
    """End the offers whose time to answer is over, and give back their places; give how many. Safe
    to run at any time and again.
    """
    over = _offers_to_answer().filter(answer_by__lte=now())
    ended = 0
    for application in over.select_related("opportunity__organisation", "volunteer__user"):
        try:
            moves.make(Move.LAPSE, application, by=None, reason=Application.Reason.TIME_OVER)
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
