"""Messages to people."""

from notifications.models.notification import Notification
from notifications.models.sent_mail import SentMail

__all__ = ["Notification", "SentMail"]
