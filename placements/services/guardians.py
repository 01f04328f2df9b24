"""What happens to somebody's applications when a parent or guardian takes back their word."""

from django.db import transaction

from core.errors import Conflict
from placements.models import Application
from placements.services import applications, locks, timed_offers
from placements.states import FINAL, Mover, State
from volunteers.models import ParentRequest
from volunteers.services import parents


@transaction.atomic
def take_back(*, token: str) -> ParentRequest:
    """The parent says no, or takes back a yes: what the person asked for is withdrawn, a place that
    they had is ended, one that is kept for them goes to the next in line, and the groups are told
    that they cannot come, not why.

    Raises NotFound as `volunteers.services.parents.request_of`.
    """
    locks.person_with_roles(parents.request_of(token).volunteer_id)
    request = parents.refuse(token=token)
    open_ones = Application.objects.filter(volunteer=request.volunteer_id).exclude(
        state__in=sorted(FINAL)
    )
    for application in open_ones.select_related(
        "opportunity__organisation", "volunteer__user"
    ).order_by("pk"):
        try:
            with transaction.atomic():
                _stop(application)
        except Conflict:  # it ended in this moment
            continue
    timed_offers.take_back(volunteer=request.volunteer, by=None)
    return request


def _stop(application: Application) -> None:
    reason = Application.Reason.OTHER
    if application.state == State.STARTED:
        applications.end(
            application=application,
            reason=reason,
            side=Mover.VOLUNTEER,
            looks_again=False,
            by=None,
        )
    else:
        applications.withdraw(application=application, reason=reason, by=None)
