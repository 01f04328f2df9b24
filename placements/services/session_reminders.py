"""Remind people of the sessions of the next day, each once.

Who has a place is reminded, unless they said that they cannot come. So is who has said nothing:
nobody is told when a group adds a date. Weekly times have no hour and come again each week; of
those nobody is reminded.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet

from core.clock import LONDON, now, today
from core.outbox.leases import Lease
from opportunities.models import Opportunity, Session
from placements.models import Application, Attendance
from placements.services import volunteering_messages

#: Whoever says that they come to a session that was made so shortly before it has just read of it.
SHORTLY = timedelta(days=1)


def remind(lease: Lease) -> int:
    """Remind people of sessions tomorrow in London, and of those later today that they were not
    reminded of yesterday; give of how many sessions. Safe to run at any time and again.
    """
    coming = list(_coming().values_list("pk", flat=True))
    return sum(_remind(session_id, lease) for session_id in coming)


def _coming() -> QuerySet[Session]:
    end = datetime.combine(today() + timedelta(days=2), time(), LONDON)
    ahead = Session.objects.filter(starts_at__gt=now(), starts_at__lt=end)
    # A role that was closed for another reason goes on with the people that it has.
    is_over = {
        "opportunity__status": Opportunity.Status.CLOSED,
        "opportunity__closed_because": Opportunity.ClosedBecause.OVER,
    }
    held = ahead.exclude(**is_over).filter(opportunity__organisation__suspended_at=None)
    return held.order_by("starts_at", "pk")


@transaction.atomic
def _remind(session_id: int, lease: Lease) -> bool:
    lease.check()
    session = _coming().filter(pk=session_id).first()
    if session is None:  # taken out in this moment
        return False
    said = dict(
        Attendance.objects.filter(
            application__opportunity=session.opportunity_id, starts_at=session.starts_at
        ).values_list("application", "state")
    )
    people = (
        Application.objects.placed()
        .filter(opportunity=session.opportunity_id)
        .select_related("volunteer__user", "opportunity__organisation")
        .order_by("pk")
    )
    for application in people:
        word = said.get(application.pk, "")
        if _is_to_be_told(session, word):
            said_so = word == Attendance.State.COMING
            volunteering_messages.session_reminder(application, session, said_so=said_so)
    return True


def _is_to_be_told(session: Session, word: str) -> bool:
    """Whether somebody who said this of a session ('' for nothing) needs a reminder of it."""
    if word == Attendance.State.COMING:
        return session.starts_at - session.created_at > SHORTLY
    return not word
