"""Mail to an address of which it is not known whether it has an account."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from notifications.services.handing_over import hand_over
from notifications.subjects import shortened


@dataclass(frozen=True, slots=True)
class Stop:
    """Why mails come to an address more than once, and the path of this site that stops them."""

    reason: str
    words: str
    path: str


def mail_to_address(
    *,
    address: str,
    message_id: str,
    subject: str,
    body: str,
    link: str,
    stop: Stop | None = None,
) -> None:
    """Send one mail, text and HTML. `body` is plain text, `link` a path of this site; the same
    `message_id` lets mail servers and readers know a second copy for what it is. Without `stop` it
    says that no other follows. Raises as `hand_over`.
    """
    context = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "subject": subject,
        "body": body,
        "paragraphs": body.split("\n\n"),
        "link": f"{settings.SITE_URL}{link}",
        "stop": stop,
        "stop_address": f"{settings.SITE_URL}{stop.path}" if stop else "",
    }
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{message_id}@{host}>", "Auto-Submitted": "auto-generated"}
    if stop:
        # RFC 8058: mail programs show a button that stops these mails, and press it themselves.
        headers["List-Unsubscribe"] = f"<{context['stop_address']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=shortened(subject),
        body=render_to_string("notifications/mail/to_address.txt", context),
        to=[address],
        headers=headers,
    )
    mail.attach_alternative(
        render_to_string("notifications/mail/to_address.html", context), "text/html"
    )
    hand_over(mail)
