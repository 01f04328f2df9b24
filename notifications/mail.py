"""Mail that stays on the machine: for trying the service out without a mail server."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from notifications.models import SentMail


class LocalOutboxBackend(BaseEmailBackend):
    """Keep each mail in a table, shown on the local outbox page; the same Message-ID once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        kept = 0
        for message in email_messages:
            __, made = SentMail.objects.get_or_create(
                message_id=str(message.message()["Message-ID"]),
                defaults={
                    "sender": message.from_email,
                    "recipients": message.recipients(),
                    "subject": str(message.subject),
                    "text": str(message.body),
                    "html": _html(message),
                },
            )
            kept += made
        return kept


def _html(message: EmailMessage) -> str:
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    return next(
        (str(body) for body, kind in message.alternatives if kind == "text/html"),
        "",
    )
