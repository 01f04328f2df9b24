"""The people of a segment by name: for the volunteer centre alone."""

from django.db.models import QuerySet

from insights.models import Segment
from volunteers.models import Volunteer


def people_of(segment: Segment) -> QuerySet[Volunteer]:
    """Those of its people who still wait, who has waited longest first, with their accounts."""
    here = Volunteer.objects.waiting().filter(pk__in=segment.members.values("volunteer"))
    return here.select_related("user").order_by("waiting_since", "pk")
