"""How mail looks: text and HTML that say the same, in the recipient's language."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import ngettext

from accounts.languages import language_of
from accounts.models import User
from notifications.models import Digest, Notification
from notifications.stopping import address_for
from notifications.subjects import shortened
from notifications.topics import Topic, topic_of


def message_mail(message: Notification, address: str) -> EmailMultiAlternatives:
    """Give the mail of one message, with a Message-ID that is always the same."""
    topic = topic_of(message.kind)
    person = message.recipient
    with language_of(person):
        return _mail(
            "message",
            person,
            [topic],
            address=address,
            message_id=f"notification-{message.pk}",
            subject=message.subject,
            item=_item(message),
        )


def digest_mail(
    digest: Digest, messages: Sequence[Notification], address: str
) -> EmailMultiAlternatives:
    """Give one mail with several messages, by topic, with a Message-ID that is always the same."""
    sections: dict[str, dict[str, Any]] = {}
    topics: dict[str, Topic] = {}
    person = digest.recipient
    for message in messages:
        topic = topic_of(message.kind)
        topics[topic.code] = topic
        section = sections.setdefault(
            topic.code,
            {"topic": topic, "stop": address_for(person.pk, [topic]), "items": []},
        )
        section["items"].append(_item(message))
    with language_of(person):
        return _mail(
            "digest",
            person,
            topics.values(),
            address=address,
            message_id=f"digest-{digest.pk}",
            subject=ngettext(
                "%(count)s message from %(site)s", "%(count)s messages from %(site)s", len(messages)
            )
            % {"count": len(messages), "site": settings.SITE_NAME},
            sections=list(sections.values()),
        )


def _item(message: Notification) -> dict[str, Any]:
    return {
        "subject": message.subject,
        "body": message.body,
        "paragraphs": message.body.split("\n\n"),
        "link": f"{settings.SITE_URL}{message.link}" if message.link else "",
        "topic": topic_of(message.kind),
    }


def _mail(
    template: str,
    person: User,
    topics: Iterable[Topic],
    *,
    address: str,
    message_id: str,
    subject: str,
    **context: Any,
) -> EmailMultiAlternatives:
    stop = address_for(person.pk, topics)
    subject = shortened(subject)
    context |= {
        "subject": subject,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "settings_address": f"{settings.SITE_URL}/me/notifications/",
        "stop": stop,
    }
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{message_id}@{host}>", "Auto-Submitted": "auto-generated"}
    if stop:
        # RFC 8058: mail programs show a button that stops these mails, and press it themselves.
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"notifications/mail/{template}.txt", context),
        to=[address],
        headers=headers,
    )
    mail.attach_alternative(
        render_to_string(f"notifications/mail/{template}.html", context), "text/html"
    )
    return mail
