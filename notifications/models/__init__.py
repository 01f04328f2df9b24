"""Messages to people."""

from .notification import Notification
from .sent_mail import SentMail

__all__ = ["Notification", "SentMail"]
