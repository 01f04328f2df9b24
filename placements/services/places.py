"""How many places of a role are taken and how many people wait: changed here and nowhere else.

Places are taken by applications that are offered or accepted, and by live timed offers.

Each change is one conditional UPDATE, so that two people cannot be given the last place, on
PostgreSQL and on SQLite alike.
"""

from typing import Any

from django.db import transaction
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.services import audit
from core.clock import now
from core.errors import Conflict
from core.outbox import facts
from opportunities.models import Opportunity
from placements import states
from placements.models import Application, TimedOffer
from placements.states import State

Status = Opportunity.Status


def take(opportunity_id: int) -> None:
    """Take one place; with the last one the role is full. Raises Conflict where none is left."""
    role = Opportunity.objects.filter(pk=opportunity_id)
    if not role.filter(places_taken__lt=F("places")).update(
        places_taken=F("places_taken") + 1, updated_at=now()
    ):
        raise no_place_left()
    if role.filter(status=Status.OPEN, places_taken__gte=F("places")).update(status=Status.FULL):
        facts.state("role.changed", opportunity_id)


def free(opportunity_id: int) -> None:
    """Give one place back; a full role is open again."""
    role = Opportunity.objects.filter(pk=opportunity_id)
    role.filter(places_taken__gt=0).update(places_taken=F("places_taken") - 1, updated_at=now())
    if role.filter(status=Status.FULL, places_taken__lt=F("places")).update(status=Status.OPEN):
        facts.state("role.changed", opportunity_id)


def more_pending(opportunity_id: int) -> None:
    """Count one more person who waits for an answer."""
    Opportunity.objects.filter(pk=opportunity_id).update(
        applications_pending=F("applications_pending") + 1, updated_at=now()
    )


def fewer_pending(opportunity_id: int) -> None:
    """Count one person fewer who waits for an answer."""
    Opportunity.objects.filter(pk=opportunity_id, applications_pending__gt=0).update(
        applications_pending=F("applications_pending") - 1, updated_at=now()
    )


def follow(opportunity_id: int, *, before: State | None, after: State) -> None:
    """Bring the role's counts in line with an application's move from `before` to `after`.

    Raises Conflict where the move needs a place and none is left.
    """
    held, waiting = changes(before, after)
    if held > 0:
        take(opportunity_id)
    elif held < 0:
        free(opportunity_id)
    if waiting > 0:
        more_pending(opportunity_id)
    elif waiting < 0:
        fewer_pending(opportunity_id)
    if held + waiting < 0:
        facts.state("place.free", opportunity_id)


def changes(before: State | None, after: State) -> tuple[int, int]:
    """Give by how much a move changes the role's places taken and its people waiting."""
    return (
        states.places_held(after) - states.places_held(before),
        states.waits(after) - states.waits(before),
    )


def no_place_left() -> Conflict:
    """Give the error for a place that is not there."""
    return Conflict(_("All places of this role are taken."), code="no_place_left")


@transaction.atomic
def reconcile() -> int:
    """Count every role's places taken and people waiting anew; give how many were wrong.

    A wrong count is a mistake in this service: each is mended and written to the audit trail.
    """
    counted = Opportunity.objects.annotate(
        true_taken=_counted(_applications(states.HOLDS_PLACE)) + _counted(_LIVE_OFFERS),
        true_pending=_counted(_applications(states.PENDING)),
    ).exclude(places_taken=F("true_taken"), applications_pending=F("true_pending"))
    wrong = list(counted.order_by("pk").select_for_update(of=("self",), no_key=True))
    for role in wrong:
        more = {"before": {"places": role.places}} if role.true_taken > role.places else {}
        audit.record(
            by=None,
            action="opportunity.reconciled",
            subject=role,
            taken=[role.places_taken, role.true_taken],
            pending=[role.applications_pending, role.true_pending],
            **more,
        )
        role.places_taken = role.true_taken
        role.applications_pending = role.true_pending
        role.places = max(role.places, role.places_taken)
        if role.status in (Status.OPEN, Status.FULL):
            role.status = Status.OPEN if role.places_left else Status.FULL
        role.save(
            update_fields=["places", "places_taken", "applications_pending", "status", "updated_at"]
        )
    return len(wrong)


#: Places kept for the first in line.
_LIVE_OFFERS = TimedOffer.objects.filter(opportunity=OuterRef("pk"), state=TimedOffer.State.LIVE)


def _applications(among: frozenset[State]) -> QuerySet[Application]:
    return Application.objects.filter(opportunity=OuterRef("pk"), state__in=sorted(among))


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """How many of these rows belong to the role."""
    of_role = rows.order_by().values("opportunity").annotate(number=Count("pk"))
    return Coalesce(Subquery(of_role.values("number"), output_field=IntegerField()), 0)
