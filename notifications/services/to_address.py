"""Mail to an address of which it is not known whether it has an account."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from notifications.subjects import shortened


def mail_to_address(*, address: str, message_id: str, subject: str, body: str, link: str) -> None:
    """Send one mail, text and HTML. `body` is plain text, `link` a path of this site; the same
    `message_id` lets mail servers and readers know a second copy for what it is.
    """
    context = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "subject": subject,
        "body": body,
        "paragraphs": body.split("\n\n"),
        "link": f"{settings.SITE_URL}{link}",
    }
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    mail = EmailMultiAlternatives(
        subject=shortened(subject),
        body=render_to_string("notifications/mail/to_address.txt", context),
        to=[address],
        headers={"Message-ID": f"<{message_id}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(
        render_to_string("notifications/mail/to_address.html", context), "text/html"
    )
    mail.send()
