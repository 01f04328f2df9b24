"""Write down what people were shown and what they did with it: learning needs both.

A page that is loaded again shows nothing new. So a role counts as shown once for each rank at which
somebody sees it on one surface within `SAME_LOOK`; later, or at another rank, or from another
model, it is another showing.

What a group answered to an application is not written here: it stands on the application.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from core import input as received
from core.clock import now
from matching.models import Impression, Invitation
from matching.recommender import shown_parts
from matching.selectors import RecommendedRole
from matching.services import invitations
from opportunities.models import Opportunity
from placements.models import Application
from volunteers.models import Volunteer

SAME_LOOK = timedelta(minutes=30)

Event, Surface, Reason = Impression.Event, Impression.Surface, Impression.Reason


def shown(volunteer: Volunteer, items: Iterable[RecommendedRole], surface: str) -> None:
    """That these roles of their list were put before the person, each at its rank. One insert."""
    at = now()
    recent = set(
        Impression.objects.filter(
            volunteer=volunteer,
            event=Event.SHOWN,
            surface=Surface(surface),
            at__gt=at - SAME_LOOK,
        ).values_list("opportunity_id", "rank", "model_version")
    )
    Impression.objects.bulk_create(
        Impression(
            volunteer=volunteer,
            opportunity=item.opportunity,
            event=Event.SHOWN,
            surface=Surface(surface),
            rank=item.rank,
            policy=item.policy,
            model_version=item.model_version,
            propensity=item.propensity,
            parts=shown_parts.packed(item.stored["parts"]),
            at=at,
        )
        for item in items
        if (item.opportunity.pk, item.rank, item.model_version) not in recent
    )


def opened(volunteer: Volunteer, opportunity: Opportunity, surface: str) -> None:
    """That the person opened a role's page, from their list or from elsewhere."""
    _follow(Event.OPENED, volunteer, opportunity, surface)
    invitations.opened(volunteer, opportunity)


def applied(volunteer: Volunteer, opportunity: Opportunity, surface: str) -> None:
    """That the person asked for a role."""
    _follow(Event.APPLIED, volunteer, opportunity, surface)
    invitations.answered(volunteer, opportunity, Invitation.Answer.APPLIED)


def hidden(volunteer: Volunteer, opportunity: Opportunity, surface: str, *, reason: str) -> None:
    """That the person said it is not for them, and why. Raises InvalidInput for a reason that is
    none of `Impression.Reason`.
    """
    if reason not in Reason.values:
        raise received.refuse("reason", _("Choose a reason from the list."))
    _follow(Event.HIDDEN, volunteer, opportunity, surface, reason=reason)
    invitations.answered(volunteer, opportunity, Invitation.Answer.DECLINED)


def restored(volunteer: Volunteer, opportunity: Opportunity, surface: str) -> None:
    """That the person took back that it is not for them."""
    _follow(Event.RESTORED, volunteer, opportunity, surface)


def started(volunteer: Volunteer, opportunity: Opportunity, surface: str) -> None:
    """That the person came for the first time."""
    _follow(Event.STARTED, volunteer, opportunity, surface)


def stayed(volunteer: Volunteer, opportunity: Opportunity, surface: str) -> None:
    """That the person is still there three months after they started."""
    _follow(Event.STAYED, volunteer, opportunity, surface)


def follow_placement(application_id: int) -> None:
    """Write down that somebody has started, and that they are still there after three months: once
    each. Safe to run again; nothing if it is gone."""
    application = (
        Application.objects.filter(pk=application_id, started_at__isnull=False)
        .select_related("volunteer", "opportunity")
        .first()
    )
    if application is None:
        return
    pair = application.volunteer, application.opportunity
    known = set(
        Impression.objects.filter(
            volunteer=pair[0], opportunity=pair[1], event__in=[Event.STARTED, Event.STAYED]
        ).values_list("event", flat=True)
    )
    if Event.STARTED not in known:
        started(*pair, Surface.PAGE)
    if (
        Event.STAYED not in known
        and application.still_going.filter(months__gte=3, still_there=True).exists()
    ):
        stayed(*pair, Surface.PAGE)


def _follow(
    event: Impression.Event,
    volunteer: Volunteer,
    opportunity: Opportunity,
    surface: str,
    *,
    reason: str = "",
) -> None:
    """Write an event with the rank at which the role was last shown; none where it never was."""
    last = (
        Impression.objects.filter(volunteer=volunteer, opportunity=opportunity, event=Event.SHOWN)
        .order_by("-pk")
        .values("rank", "policy", "model_version", "propensity")
        .first()
    )
    seen: Mapping[str, Any] = last or {}
    Impression.objects.create(
        volunteer=volunteer,
        opportunity=opportunity,
        event=event,
        surface=Surface(surface),
        reason=reason,
        **seen,
    )
