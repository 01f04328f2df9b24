"""Who is asking."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from accounts.models import User
from core.errors import NotFound
from volunteers.models import Volunteer


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
    """Give the profile of who is signed in, with `user`; None for nobody and without a profile."""
    if not isinstance(request.user, User):
        return None
    return Volunteer.objects.select_related("user").filter(user=request.user).first()
