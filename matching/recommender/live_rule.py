"""Between two plans: whether a role is left off the lists, since enough people wait for it."""

from math import inf

from matching.models import PlannedRole
from matching.ranking.allocation import most_pending
from matching.recommender.serving import PENDING_MULTIPLE
from opportunities.models import Opportunity


def enough_have_asked(role: Opportunity) -> bool:
    """Whether as many people wait for an answer as lists let wait. Until the group answers, the
    role is on nobody's list and no invitation to it is sent; whoever finds it may still ask, as
    long as the door allows (`placements.policies`). One query.
    """
    planned = PlannedRole.objects.select_related("plan").filter(opportunity=role).first()
    if planned is None:
        most = most_pending(PENDING_MULTIPLE, role.places_left, 0.0, inf)
    else:
        held = inf if planned.held is None else planned.held
        multiple = planned.plan.pending_multiple
        most = most_pending(multiple, role.places_left, planned.promised, held)
    return bool(role.applications_pending >= most)
