"""Write down what people were shown and what they did with it: learning needs both.

A page that is loaded again shows nothing new. So a role counts as shown once for each rank at which
somebody sees it on one surface within `SAME_LOOK`; later, or at another rank, or from another
model, it is another showing.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from core.clock import now
from matching.models import Impression
from matching.selectors import RecommendedRole
from opportunities.models import Opportunity
from volunteers.models import Volunteer

SAME_LOOK = timedelta(minutes=30)

Event, Surface = Impression.Event, Impression.Surface


def shown(volunteer: Volunteer, items: Iterable[RecommendedRole], surface: str) -> None:
    """That these roles of their list were put before the person, each at its rank. One insert."""
    recent = set(
        Impression.objects.filter(
            volunteer=volunteer,
            event=Event.SHOWN,
            surface=Surface(surface),
            at__gt=now() - SAME_LOOK,
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
            # Nothing is randomised yet: the policy puts each role where it is for certain.
            propensity=1.0,
        )
        for item in items
        if (item.opportunity.pk, item.rank, item.model_version) not in recent
    )


def opened(volunteer: Volunteer, opportunity: Opportunity, surface: str) -> None:
    """That the person opened a role's page, from their list or from elsewhere."""
    _follow(Event.OPENED, volunteer, opportunity, surface)


def applied(volunteer: Volunteer, opportunity: Opportunity, surface: str) -> None:
    """That the person asked for a role."""
    _follow(Event.APPLIED, volunteer, opportunity, surface)


def _follow(
    event: Impression.Event, volunteer: Volunteer, opportunity: Opportunity, surface: str
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
        **seen,
    )
