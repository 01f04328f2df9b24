"""Check what somebody signs in with, by the rules of the pages."""

from allauth.account.utils import has_verified_email
from axes.helpers import get_cool_off
from django.contrib.auth import authenticate
from django.utils.translation import gettext as _
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from accounts import second_factor
from accounts.models import User
from accounts.services import second_factors
from core import input as received
from core.errors import InvalidInput, NotAllowed


def who_signs_in(request: Request, *, email: str, password: str, code: str = "") -> User:
    """Give the person with this address and password, and the right code if they need one.

    Raises InvalidInput, in the same words whether the address is unknown, the password wrong or the
    address not verified yet, and Throttled for an address locked after too many tries. Of a code
    nothing is said before all of that is right.
    """
    plain = request._request
    email = User.objects.normalised(email) or ""
    found = authenticate(plain, email=email, password=password)
    if getattr(plain, "axes_locked_out", False):
        # Answered here, in the shape of the API, and not by the middleware's page.
        plain.axes_locked_out = False  # type: ignore[attr-defined]  # set by axes
        raise Throttled(wait=get_cool_off(plain).total_seconds())
    if not isinstance(found, User) or not has_verified_email(found, found.email):
        raise refused()
    _check_code(found, code)
    return found


def _check_code(user: User, code: str) -> None:
    if second_factor.authenticator_of(user) is None:
        if second_factor.is_asked_of(user):
            raise NotAllowed(
                _("Sign in on the pages first, and set up the second step."),
                code="second_factor_missing",
            )
        return
    if not code:
        raise received.refuse("code", _("Enter the code from your app."), code="code_needed")
    if wrong := second_factors.check_code(user=user, code=code):
        raise received.refuse("code", wrong, code="wrong_code")


def refused() -> InvalidInput:
    """Give the one answer to whatever does not fit."""
    return InvalidInput(
        _("The email address or the password is not right, or the address is not verified."),
        code="wrong_sign_in",
    )
