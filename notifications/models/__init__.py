"""Messages to people, and how they want them."""

from notifications.models.digest import Digest
from notifications.models.notification import Notification
from notifications.models.preference import ByMail, Preference, QuietHours
from notifications.models.sealed_mail import SealedMail
from notifications.models.sent_mail import SentMail
from notifications.models.sent_text import SentText

__all__ = [
    "ByMail",
    "Digest",
    "Notification",
    "Preference",
    "QuietHours",
    "SealedMail",
    "SentMail",
    "SentText",
]
