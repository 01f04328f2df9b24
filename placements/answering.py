"""What waits for a group's answer."""

from django.db.models import Min, Q, QuerySet

from opportunities.models import Opportunity, Organisation
from placements import states


def roles_with_waiting(organisation: Organisation) -> QuerySet[Opportunity]:
    """Give a group's roles, those that people wait for first, each with `waiting_since`: since
    when the first of them has waited for the next word, None where nobody waits."""
    pending = Q(applications__state__in=sorted(states.PENDING))
    return organisation.opportunities.annotate(
        waiting_since=Min("applications__state_since", filter=pending)
    ).order_by("-applications_pending", "title", "pk")
