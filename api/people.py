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
    found = Volunteer.objects.select_related("user").filter(user=person(request)).first()
    if found is None:
        raise NotFound(
            _("You are not registered as a volunteer yet. Send your profile first."),
            code="no_profile",
        )
    return found
