"""Mail a message to its person, once.

The message is marked as being sent before the mail server is asked, and as sent after. A worker
that dies in between leaves it unknown whether the mail went out: the next try sends it again under
the same Message-ID, by which mail servers and readers know the second copy for what it is.
"""

from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from core.clock import now
from notifications.models import Notification
from notifications.topics import topic_of


class Lease(Protocol):
    """The right to do a piece of work: `check` raises where another worker has it now."""

    def check(self) -> None: ...


def deliver(notification_id: int, lease: Lease) -> bool:
    """Mail one message; give whether this call sent it. Delivered again, it does nothing."""
    notification = (
        Notification.objects.select_related("recipient")
        .filter(
            pk=notification_id,
            email_state__in=[Notification.Email.WAITING, Notification.Email.SENDING],
        )
        .first()
    )
    if notification is None:
        return False
    address = notification.recipient.email
    if not address or not notification.recipient.is_active:
        _mark(notification, lease, email_state=Notification.Email.NONE)
        return False
    _mark(notification, lease, email_state=Notification.Email.SENDING)
    mail(notification, address).send()
    _mark(notification, lease, email_state=Notification.Email.SENT, emailed_at=now())
    return True


def mail(notification: Notification, address: str) -> EmailMultiAlternatives:
    """Give the mail of one message: text and HTML, with a Message-ID that is always the same."""
    context = {
        "notification": notification,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "link": f"{settings.SITE_URL}{notification.link}" if notification.link else "",
        "paragraphs": notification.body.split("\n\n"),
        "topic": topic_of(notification.kind),
    }
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    message = EmailMultiAlternatives(
        subject=" ".join(notification.subject.split()),
        body=render_to_string("notifications/mail/message.txt", context),
        to=[address],
        headers={
            "Message-ID": f"<notification-{notification.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(
        render_to_string("notifications/mail/message.html", context), "text/html"
    )
    return message


def _mark(notification: Notification, lease: Lease, **changes: object) -> None:
    with transaction.atomic():
        lease.check()
        Notification.objects.filter(pk=notification.pk).update(**changes)
