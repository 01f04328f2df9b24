"""Which roles and groups a person may know of; what lists of roles load. `search` finds roles."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from accounts.languages import each_in_their_language
from accounts.models import User
from core.clock import now, today
from opportunities.models import Membership, Opportunity, Organisation, Session

Person = User | AnonymousUser


def visible_roles(user: Person) -> QuerySet[Opportunity]:
    """Give the roles this person may know of: public ones, those of their groups in any state, and
    all for the volunteer centre. Newest first."""
    roles: QuerySet[Opportunity] = Opportunity.objects.order_by("-pk")
    if isinstance(user, User) and user.is_broker:
        return roles
    public = Q(pk__in=Opportunity.objects.public().values("pk"))
    return roles.filter(public | Q(_acts_for(user, "organisation")))


def visible_groups(user: Person) -> QuerySet[Organisation]:
    """Give the groups this person may know of: verified ones, their own, and all for the volunteer
    centre. By name; `acts_for` says whether the person may act for it."""
    groups: QuerySet[Organisation] = Organisation.objects.order_by("name", "pk")
    if isinstance(user, User) and user.is_broker:
        return groups.annotate(acts_for=Value(True))
    verified = Q(pk__in=Organisation.objects.verified().values("pk"))
    return groups.annotate(acts_for=_acts_for(user, "pk")).filter(verified | Q(acts_for=True))


def _acts_for(user: Person, group: str) -> Combinable:
    """Whether the person is a member of the group that the column `group` names."""
    if not isinstance(user, User) or not user.is_active:
        return Value(False, output_field=BooleanField())
    return Exists(Membership.objects.filter(user=user, organisation=OuterRef(group)))


def for_lists(roles: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """Load with each role what lists show of it: group, causes, activities, coming sessions.

    `upcoming_sessions` is a list, the next one first.
    """
    upcoming = Session.objects.filter(ends_at__gt=now()).order_by("starts_at")
    return roles.select_related("organisation").prefetch_related(
        "causes",
        "activities",
        Prefetch("sessions", queryset=upcoming, to_attr="upcoming_sessions"),
    )


def each_member(organisation: Organisation) -> Iterator[User]:
    """Give whoever acts for a group, each while words are in their language."""
    memberships = organisation.memberships.select_related("user")
    return each_in_their_language(membership.user for membership in memberships)


def open_roles_like(role: Opportunity, *, most: int) -> list[Opportunity]:
    """Give open roles that share an activity or a cause with this one, those that share most
    activities first, then the newest; with what lists show. Five queries.
    """
    activities, causes = role.activities.all(), role.causes.all()
    shared = Count("activities", filter=Q(activities__in=activities), distinct=True)
    like = (
        Opportunity.objects.open()
        .filter(Q(closes_on=None) | Q(closes_on__gte=today()))
        .filter(Q(activities__in=activities) | Q(causes__in=causes))
        .exclude(pk=role.pk)
        .annotate(shared=shared)
        .order_by("-shared", "-published_at", "-pk")
    )
    return list(for_lists(like)[:most])
