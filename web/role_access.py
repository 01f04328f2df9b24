"""Whose eyes a role's page is for."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from opportunities.models import Opportunity
from placements.models import Application


def roles_seen_by(request: HttpRequest) -> QuerySet[Opportunity]:
    """Give the roles whose page this person may open.

    Anyone sees public roles; who applied for one, and who acts for its group, goes on seeing it.
    """
    if not request.user.is_authenticated:
        return Opportunity.objects.public()
    public = Opportunity.objects.public().values("pk")
    own = Application.objects.filter(volunteer__user=request.user).values("opportunity")
    mine = Q(organisation__memberships__user=request.user)
    seen = Opportunity.objects.filter(Q(pk__in=public) | Q(pk__in=own) | mine).distinct()
    return Opportunity.objects.all() if request.user.is_broker else seen
