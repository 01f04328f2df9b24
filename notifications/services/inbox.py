"""Read the messages that the service has for a person."""

from collections.abc import Iterable

from accounts.models import User
from core.clock import now
from notifications.models import Notification


def mark_read(notifications: Iterable[Notification]) -> int:
    """Note that their recipient has seen them; give how many were new. Safe to repeat."""
    unread = [notification.pk for notification in notifications if notification.read_at is None]
    if not unread:
        return 0
    return Notification.objects.filter(pk__in=unread, read_at=None).update(read_at=now())


def mark_all_read(user: User) -> int:
    """Note that a person needs to see none of their messages any more; give how many were new."""
    return Notification.objects.filter(recipient=user, read_at=None).update(read_at=now())
