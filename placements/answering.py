"""What waits for a group's answer."""

from django.db.models import Count, Min, Q, QuerySet

from core.clock import now
from opportunities.models import Opportunity, Organisation
from placements import states
from placements.models import Application
from placements.time_limits import ANSWER_WITHIN


def roles_with_waiting(organisation: Organisation) -> QuerySet[Opportunity]:
    """Give a group's roles, those that people wait for first.

    Each with `waiting`, how many wait for the group's next word, and `waiting_since`, since when
    the first of them has: None where nobody does. Whose answer is on its way does not wait.
    """
    pending = Q(applications__state__in=sorted(states.PENDING), applications__held_move="")
    return organisation.opportunities.annotate(
        waiting=Count("applications", filter=pending),
        waiting_since=Min("applications__state_since", filter=pending),
    ).order_by("-waiting", "title", "pk")


def unanswered_too_long(organisation: Organisation) -> int:
    """Count the people whom a group has not answered within the time that we ask it to keep."""
    return Application.objects.filter(
        opportunity__organisation=organisation,
        state__in=sorted(states.UNANSWERED),
        created_at__lt=now() - ANSWER_WITHIN,
    ).count()
