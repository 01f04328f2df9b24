"""What somebody said is not for them, as it bears on their lists from that moment on.

A role that they hid is off their list, and so is everything of a group that they would rather not
help. A role that shares an activity with one that was "not my kind of thing" comes lower, unless
they ticked the activity themselves: what a person says of themselves counts more than one click.
"""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from matching.models import HiddenRole, Impression
from opportunities.models import Opportunity
from volunteers.models import Volunteer

Reason = Impression.Reason

_OF_ROLES = Opportunity.activities.through
_OF_PEOPLE = Volunteer.activities.through


def not_hidden_from(volunteer: Volunteer) -> Q:
    """Which roles are not hidden from the person, as a condition on roles."""
    theirs = HiddenRole.objects.filter(volunteer=volunteer).order_by()
    groups = theirs.filter(reason=Reason.NOT_THIS_GROUP).values("opportunity__organisation")
    return ~Q(pk__in=theirs.values("opportunity")) & ~Q(organisation__in=groups)


def activity_turned_from(volunteer: Volunteer) -> Subquery:
    """The code of an activity of a role that is not the person's kind of thing, None where there is
    none: to annotate roles with.
    """
    turned_from = (
        HiddenRole.objects.filter(volunteer=volunteer, reason=Reason.NOT_INTERESTED)
        .order_by()
        .values("opportunity")
    )
    activities = _OF_ROLES.objects.filter(opportunity__in=turned_from).values("activity")
    liked = _OF_PEOPLE.objects.filter(volunteer=volunteer).values("activity")
    of_role = _OF_ROLES.objects.filter(opportunity=OuterRef("pk"), activity__in=activities)
    return Subquery(
        of_role.exclude(activity__in=liked).order_by("activity__code").values("activity__code")[:1]
    )


def hidden_pairs() -> set[tuple[int, int]]:
    """Everybody's hidden roles as (person, role), and the other roles of groups that they would
    rather not help. Two queries.
    """
    pairs = "volunteer_id", "opportunity_id"
    of_group = HiddenRole.objects.filter(reason=Reason.NOT_THIS_GROUP).order_by()
    return {
        *HiddenRole.objects.order_by().values_list(*pairs),
        *of_group.values_list("volunteer_id", "opportunity__organisation__opportunities"),
    }


def who_hid(role: Opportunity) -> QuerySet[HiddenRole, int]:
    """The ids of the people from whom the role is hidden, to be looked up in a query."""
    of_group = Q(reason=Reason.NOT_THIS_GROUP, opportunity__organisation=role.organisation_id)
    return (
        HiddenRole.objects.filter(Q(opportunity=role) | of_group)
        .order_by()
        .values_list("volunteer", flat=True)
    )


def is_hidden(volunteer: Volunteer, role: Opportunity) -> bool:
    """Whether the role is kept off the person's lists. One query."""
    return not Opportunity.objects.filter(not_hidden_from(volunteer), pk=role.pk).exists()
