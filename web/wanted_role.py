"""The role that somebody wanted to ask for when they had to register or sign in first.

Kept in the session of the browser, so that they come back to it after registering, confirming their
address and saying how old they are.
"""

from django.http import HttpRequest
from django.urls import reverse

_KEY = "wanted_role"


def remember(request: HttpRequest, role_id: int) -> None:
    """Note that whoever looks wants to ask for this role."""
    request.session[_KEY] = role_id


def come_back(request: HttpRequest) -> str:
    """Give the address where they ask for it, once; '' where they wanted none."""
    role_id = request.session.pop(_KEY, None)
    return "" if role_id is None else reverse("web:role-apply", args=[role_id])


def forget(request: HttpRequest) -> None:
    """They are there."""
    if _KEY in request.session:
        del request.session[_KEY]
