"""Under which name tries to sign in are counted, whichever way they come."""

from collections.abc import Mapping
from typing import Any

from accounts.models.user import UserManager

#: What the form of the pages, allauth, and the form of the administration pages call it.
_NAMES = ("login", "email", "username")


def address_tried(request: Any, credentials: Mapping[str, Any] | None = None) -> str | None:
    """Give the email address that somebody tried to sign in with, as it is stored; None if none.

    The lock-out (axes) asks this of a request whose try failed, with or without its credentials.
    """
    given = credentials or request.POST
    written = next((given[name] for name in _NAMES if given.get(name)), None)
    return UserManager.normalised(written)
