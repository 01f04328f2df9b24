"""Who is asking, and the groups and roles that are theirs.

What somebody of the volunteer centre goes on to change for a group is told to it (`api.acting`).
"""

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request

from accounts.models import User
from api.acting import act_for
from core.errors import NotFound
from opportunities import policies
from opportunities.models import Opportunity, Organisation
from volunteers.models import Volunteer
from volunteers.services import presence


def person(request: Request) -> User:
    """Give who is signed in. Raises NotAuthenticated for nobody."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def volunteer(request: Request) -> Volunteer:
    """Give the profile of who is signed in, with `user`. Raises NotFound if they have none."""
    person(request)
    found = volunteer_if_any(request)
    if found is None:
        raise NotFound(
            _("You are not registered as a volunteer yet. Send your profile first."),
            code="no_profile",
        )
    return found


def volunteer_if_any(request: Request) -> Volunteer | None:
    """Give the profile of who is signed in, with `user`; None for nobody and without a profile.

    Whoever uses the service through the API uses it: they go on being counted among those who wait.
    """
    if not isinstance(request.user, User):
        return None
    found = Volunteer.objects.select_related("user").filter(user=request.user).first()
    if found is not None:
        presence.note_use(found)
    return found


def own_group(request: Request, number: int) -> Organisation:
    """Give a group that the person acts for. Raises NotFound for any other."""
    group = get_object_or_404(Organisation.objects.all(), pk=number)
    check_acts_for(request, group)
    return group


def own_group_only_read(request: Request, number: int) -> Organisation:
    """As `own_group`, for what is sent and changes nothing: no transaction is held open while it is
    worked out."""
    group = get_object_or_404(Organisation.objects.all(), pk=number)
    policies.check_can_act_for(request.user, group)
    return group


def check_acts_for(request: Request, group: Organisation) -> None:
    """Raises NotFound unless the person acts for `group`."""
    policies.check_can_act_for(request.user, group)
    act_for(request, group)


def group_with_people(request: Request, number: int) -> Organisation:
    """Give a group whose people the person may see and deal with. Raises NotFound for a group that
    they do not act for, NotAllowed for one that is stopped."""
    group = get_object_or_404(Organisation.objects.all(), pk=number)
    policies.check_can_see_people(request.user, group)
    act_for(request, group)
    return group


def own_role(request: Request, number: int) -> Opportunity:
    """Give a role of a group that the person acts for, its group loaded; as `own_group`."""
    role = _role(number)
    check_acts_for(request, role.organisation)
    return role


def role_with_people(request: Request, number: int) -> Opportunity:
    """Give a role whose people the person may see, its group loaded; as `group_with_people`."""
    role = _role(number)
    policies.check_can_see_people(request.user, role.organisation)
    act_for(request, role.organisation)
    return role


def _role(number: int) -> Opportunity:
    return get_object_or_404(Opportunity.objects.select_related("organisation"), pk=number)
