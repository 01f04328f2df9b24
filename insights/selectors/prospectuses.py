"""Which prospectuses a group has, and what others made of the same."""

from django.db.models import Q, QuerySet, Sum

from insights.models import CountedPeople, Prospectus, ProspectusMail
from opportunities.models import Organisation


def of_group(group: Organisation) -> QuerySet[Prospectus]:
    """All of a group, the newest first, with what they say and the roles that came of them."""
    mine = Prospectus.objects.filter(organisation=group)
    return mine.select_related("counted", "draft").order_by("-pk")


def waiting_of(group: Organisation) -> QuerySet[Prospectus]:
    """Those of which the group has made nothing yet, and that it has not put aside."""
    return of_group(group).waiting()  # type: ignore[attr-defined]  # of our QuerySet


def places_since(counted: CountedPeople, *, but_of: Organisation) -> int:
    """How many places other groups have opened in roles that they began from prospectuses of the
    same people; as anybody can read on the roles' pages. One query.
    """
    others = Prospectus.objects.filter(
        Q(counted__source=counted.source, counted__month__gte=counted.month),
        draft__published_at__isnull=False,
    ).exclude(organisation=but_of)
    return others.aggregate(places=Sum("draft__places"))["places"] or 0


def readers_of(group: Organisation) -> QuerySet[ProspectusMail]:
    """Who of a group is mailed about people who wait."""
    return ProspectusMail.objects.wanted().filter(organisation=group)
