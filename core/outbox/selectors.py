"""What stands in the outbox."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from core.models.fact import Fact, FactQuerySet


@dataclass(frozen=True, slots=True)
class Backlog:
    """Facts of one kind whose work has not begun."""

    kind: str
    facts: int
    #: When the oldest was stated.
    since: datetime


def set_aside() -> FactQuerySet:
    """Facts that failed too often, newest first: for a person to look at and retry."""
    return Fact.objects.set_aside().order_by("-finished_at")


def backlog() -> list[Backlog]:
    """What waits, by kind, the kind that has waited longest first."""
    rows = (
        Fact.objects.waiting()
        .order_by()
        .values_list("kind")
        .annotate(facts=Count("pk"), since=Min("created_at"))
        .order_by("since")
    )
    return [Backlog(kind, facts, since) for kind, facts, since in rows]
