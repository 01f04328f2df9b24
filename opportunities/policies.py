"""Who may act for a group. To everybody else the group's pages do not exist."""

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from core.clock import LONDON
from core.errors import NotAllowed, NotFound
from opportunities.models import Membership, Organisation

Person = User | AnonymousUser

#: Within this time the volunteer centre means to have looked at a new group.
CHECKED_WITHIN = timedelta(days=7)


def can_act_for(user: Person, organisation: Organisation) -> bool:
    """Whether the person may write for the group: its members, and the volunteer centre for any."""
    return _is_broker(user) or _memberships(user, organisation).exists()


def check_can_act_for(user: Person, organisation: Organisation) -> None:
    """Raise NotFound unless `can_act_for`: a stranger does not learn that the group is there."""
    if not can_act_for(user, organisation):
        raise NotFound(_("There is no such group."))


def can_see_people(user: Person, organisation: Organisation) -> bool:
    """Whether the person may see who asked the group, and deal with them: whoever acts for it, and
    while it is stopped the volunteer centre alone."""
    if organisation.suspended_at is not None:
        return _is_broker(user)
    return can_act_for(user, organisation)


def check_can_see_people(user: Person, organisation: Organisation) -> None:
    """Raise NotFound for a stranger, NotAllowed for whoever acts for a group that is stopped."""
    check_can_act_for(user, organisation)
    if organisation.suspended_at is not None and not _is_broker(user):
        raise stopped(organisation)


def stopped(organisation: Organisation) -> NotAllowed:
    """Give the error for what a group cannot do while the volunteer centre has stopped it."""
    return NotAllowed(
        _("The volunteer centre has stopped %(group)s for now. Please get in touch with them.")
        % {"group": organisation.name},
        code="group_stopped",
    )


def can_manage_people(user: Person, organisation: Organisation) -> bool:
    """Whether the person may say who else acts for the group: its owners, and the centre."""
    owns = _memberships(user, organisation).filter(role=Membership.Role.OWNER)
    return _is_broker(user) or owns.exists()


def check_can_manage_people(user: Person, organisation: Organisation) -> None:
    """Raise NotFound for a stranger, NotAllowed for a member who is no owner."""
    check_can_act_for(user, organisation)
    if not can_manage_people(user, organisation):
        raise NotAllowed(_("Only an owner of the group can change who acts for it."))


def checked_by(organisation: Organisation) -> date:
    """The day by which the volunteer centre means to have looked at a new group."""
    return (organisation.created_at + CHECKED_WITHIN).astimezone(LONDON).date()


def can_check_groups(user: Person) -> bool:
    """Whether the person may verify groups and publish roles: the volunteer centre."""
    return _is_broker(user)


def check_can_check_groups(user: Person) -> None:
    """Raise NotFound unless `can_check_groups`."""
    if not can_check_groups(user):
        raise NotFound(_("There is no such page."))


def _is_broker(user: Person) -> bool:
    return isinstance(user, User) and user.is_broker


def _memberships(user: Person, organisation: Organisation) -> QuerySet[Membership]:
    if not (isinstance(user, User) and user.is_active):
        return Membership.objects.none()
    return Membership.objects.filter(user=user, organisation=organisation)
