"""What waits for a group's answer."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, Count, F, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest

from core.clock import now
from opportunities.models import Opportunity, Organisation
from placements import states
from placements.models import Application, Message
from placements.time_limits import ANSWER_WITHIN

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Waits(TypedDict):
        waits_since: datetime

    WaitingApplication = WithAnnotations[Application, _Waits]


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


def waiting_for_the_group() -> "QuerySet[WaitingApplication]":
    """Give the applications whose person waits for the group's next word, with `waits_since`.

    Where it has not answered, they wait since they asked. Whom it asked to talk waits since they
    wrote, as long as it has not written back; before they write, it waits for them.
    """
    said = Message.objects.filter(application=OuterRef("pk"))
    by_group = said.filter(side=Message.Side.GROUP).order_by("-sent_at").values("sent_at")[:1]
    by_person = (
        said.filter(side=Message.Side.VOLUNTEER, sent_at__gt=OuterRef("heard_at"))
        .order_by("sent_at")
        .values("sent_at")[:1]
    )
    said_at = Coalesce(Subquery(by_group), F("state_since"))
    return Application.objects.annotate(
        heard_at=Greatest(F("state_since"), said_at),
        waits_since=Case(
            When(state__in=sorted(states.UNANSWERED), then=F("created_at")),
            When(state=states.State.INVITED, then=Subquery(by_person)),
        ),
    ).filter(state__in=sorted(states.PENDING), waits_since__isnull=False)


def waits_since(application: Application) -> datetime | None:
    """Give since when the person waits for the group's next word; None where they do not."""
    found = waiting_for_the_group().filter(pk=application.pk)
    return found.values_list("waits_since", flat=True).first()


def waiting_too_long() -> "QuerySet[WaitingApplication]":
    """Give those of them who have waited longer than groups are asked to let people wait; not those
    whose answer is on its way.
    """
    return waiting_for_the_group().filter(held_move="", waits_since__lt=now() - ANSWER_WITHIN)


def unanswered_too_long(organisation: Organisation) -> int:
    """Count the people whom a group has not answered within the time that we ask it to keep."""
    return waiting_too_long().filter(opportunity__organisation=organisation).count()
