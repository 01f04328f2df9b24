"""Find applications, and the groups that a person knows and blocked."""

from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from opportunities.models import Membership, Opportunity, Organisation
from placements.models import Application, Block, Message
from placements.states import Mover
from volunteers.models import Volunteer


def visible_to(user: User | AnonymousUser) -> QuerySet[Application]:
    """Give the applications this person may know of: their own, those for roles of their groups,
    and all for the volunteer centre. A group that is stopped knows of none. With person, role and
    group, newest first."""
    applications = Application.objects.select_related(
        "volunteer__user", "opportunity__organisation"
    ).order_by("-pk")
    if not isinstance(user, User) or not user.is_active:
        return applications.none()
    if user.is_broker:
        return applications
    membership = Membership.objects.filter(
        user=user,
        organisation=OuterRef("opportunity__organisation"),
        organisation__suspended_at=None,
    )
    return applications.filter(Q(volunteer__user=user) | Exists(membership))


def sent_by(user: User) -> QuerySet[Application]:
    """Give a person's own applications, newest first, with role and group."""
    return (
        Application.objects.filter(volunteer__user=user)
        .select_related("volunteer__user", "opportunity__organisation")
        .order_by("-pk")
    )


def waiting_for_answers(volunteer: Volunteer) -> QuerySet[Application]:
    """Give the person's applications that wait for an answer, oldest first, with role and group."""
    return (
        Application.objects.pending()
        .filter(volunteer=volunteer)
        .select_related("opportunity__organisation")
        .order_by("created_at")
    )


def received_for(opportunity: Opportunity) -> QuerySet[Application]:
    """Give the applications for a role, newest first, with the people. Whether the reader may see
    them, the caller checks."""
    return opportunity.applications.select_related(
        "volunteer__user", "opportunity__organisation"
    ).order_by("-pk")


def unread_by(side: Mover, opportunity: Opportunity) -> dict[int, int]:
    """Give how many messages about each application for a role this side has not opened, by its
    id; none for those without. One query."""
    unread = Message.objects.filter(application__opportunity=opportunity).unread_by(side)
    counted = unread.order_by().values("application").annotate(number=Count("pk"))
    return {row["application"]: row["number"] for row in counted}


class UnreadOfRole(NamedTuple):
    """How many messages about one role nobody of its group has opened."""

    role_id: int
    title: str
    number: int


def unread_of_person(user: User) -> dict[int, int]:
    """Give how many messages a person has not read, by their application's id. One query."""
    unread = Message.objects.filter(application__volunteer__user=user)
    counted = unread.unread_by(Mover.VOLUNTEER).order_by().values("application")
    rows = counted.annotate(number=Count("pk"))
    return {row["application"]: row["number"] for row in rows}


def unread_of_group(organisation: Organisation) -> list[UnreadOfRole]:
    """Give the roles about which people wrote what nobody of the group has opened, by title. One
    query."""
    unread = Message.objects.filter(application__opportunity__organisation=organisation).open()
    counted = (
        unread.unread_by(Mover.GROUP)
        .order_by("application__opportunity__title", "application__opportunity")
        .values_list("application__opportunity", "application__opportunity__title")
        .annotate(number=Count("pk"))
    )
    return [UnreadOfRole(*row) for row in counted]


def groups_known_to(volunteer: Volunteer) -> QuerySet[Organisation]:
    """Give the groups that a person can know of: all that are verified, and those whose roles they
    asked for."""
    theirs = Application.objects.filter(volunteer=volunteer).values("opportunity")
    return Organisation.objects.filter(
        Q(verified_at__isnull=False) | Q(opportunities__in=theirs)
    ).distinct()


def groups_blocked_by(volunteer: Volunteer) -> QuerySet[Block]:
    """Give what a person blocked, with the groups, the latest first."""
    theirs = Block.objects.filter(volunteer=volunteer, side=Mover.VOLUNTEER)
    return theirs.select_related("organisation").order_by("-pk")
