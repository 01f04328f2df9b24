"""State what a person is to be told; it is shown in the service, mailed and texted by jobs."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.languages import is_written_to
from accounts.models import User
from core.clock import now
from core.outbox import facts
from notifications.choices import choice_of, mailed_at, quiet_until
from notifications.digest_times import next_digest
from notifications.models import ByMail, Notification
from notifications.phones import mobile_number
from notifications.subjects import shortened
from notifications.texts import can_send_texts
from notifications.topics import Topic, topic_of

Email, Text = Notification.Email, Notification.Text


class WrongReaderError(Exception):
    """Words for one person were made in the language of another, or of whoever is at work."""


@transaction.atomic
def notify(
    *,
    recipient: User,
    kind: str,
    key: str,
    subject: str,
    body: str,
    link: str = "",
    useful_until: datetime | None = None,
) -> Notification:
    """Write one message in the caller's transaction; the same `key` again gives the first one.

    `body` is plain text, `link` a path of this site. A `subject` that names things is made by
    `notifications.subjects.subject_line`; a longer one is cut. It is mailed when the person has an
    address, and texted, as they chose for its topic; from `useful_until` on no more.

    Raises WrongReaderError outside of `accounts.languages.language_of(recipient)`, in which the
    words are to be made, and UnknownTopicError for a kind that `notifications.topics` does not
    have.
    """
    if not is_written_to(recipient):
        raise WrongReaderError(f"{kind!r}: make the words within language_of(recipient)")
    topic = topic_of(kind)
    existing = Notification.objects.filter(key=key).first()
    if existing is not None:
        return existing
    at = now()
    notification, made = Notification.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "kind": kind,
            "subject": shortened(subject),
            "body": body,
            "link": link,
            "useful_until": useful_until,
            **_ways(recipient, kind, at),
        },
    )
    if made:
        _state_work(notification, topic, at)
    return notification


def _ways(recipient: User, kind: str, at: datetime) -> dict[str, Any]:
    """Give the fields that say on which ways the message goes out."""
    choice = choice_of(recipient, topic_of(kind))
    how = mailed_at(choice, kind)
    ways: dict[str, Any] = {"email_state": Email.WAITING}
    if not recipient.email or how == ByMail.NEVER:
        ways = {"email_state": Email.NONE}
    elif how != ByMail.NOW:
        ways = {"email_state": Email.DIGEST, "mail_after": next_digest(how, at)}
    texted = choice.by_text and mobile_number(recipient.phone) and can_send_texts()
    return ways | {"text_state": Text.WAITING if texted else Text.NONE}


def _state_work(notification: Notification, topic: Topic, at: datetime) -> None:
    mailed = notification.email_state == Email.WAITING
    texted = notification.text_state == Text.WAITING
    if not (mailed or texted):
        return
    morning = quiet_until(notification.recipient, at)
    if mailed:
        facts.state(
            "notification.created",
            notification.pk,
            not_before=morning if topic.keeps_quiet else None,
        )
    if texted:
        facts.state("notification.text", notification.pk, not_before=morning)
