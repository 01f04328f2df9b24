"""Messages to people, told as services tell them."""

from typing import Any

from accounts.languages import language_of
from accounts.models import User
from notifications.models import Notification
from notifications.services import messages


def notified(*, recipient: User, **what: Any) -> Notification:
    """Tell a person something, in their language."""
    with language_of(recipient):
        return messages.notify(recipient=recipient, **what)
