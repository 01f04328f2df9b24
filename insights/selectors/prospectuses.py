"""Which prospectuses a group has."""

from django.db.models import QuerySet

from insights.models import Prospectus, ProspectusMail
from opportunities.models import Organisation


def of_group(group: Organisation) -> QuerySet[Prospectus]:
    """All of a group, the newest first, with what they say and the roles that came of them."""
    mine = Prospectus.objects.filter(organisation=group)
    return mine.select_related("counted", "draft").order_by("-pk")


def waiting_of(group: Organisation) -> QuerySet[Prospectus]:
    """Those of which the group has made nothing yet, and that it has not put aside."""
    return of_group(group).waiting()  # type: ignore[attr-defined]  # of our QuerySet


def readers_of(group: Organisation) -> QuerySet[ProspectusMail]:
    """Who of a group is mailed about people who wait."""
    return ProspectusMail.objects.wanted().filter(organisation=group)
