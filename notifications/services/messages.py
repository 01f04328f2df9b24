"""State what a person is to be told; it is shown in the service and mailed by a job."""

from django.db import transaction

from accounts.models import User
from core.outbox import facts
from notifications.models import Notification
from notifications.topics import topic_of


@transaction.atomic
def notify(
    *, recipient: User, kind: str, key: str, subject: str, body: str, link: str = ""
) -> Notification:
    """Write one message in the caller's transaction; the same `key` again gives the first one.

    `body` is plain text, `link` a path of this site. It is mailed when the person has an address.
    Raises UnknownTopicError for a kind that `notifications.topics` does not have.
    """
    topic_of(kind)
    notification, made = Notification.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "kind": kind,
            "subject": subject,
            "body": body,
            "link": link,
            "email_state": (
                Notification.Email.WAITING if recipient.email else Notification.Email.NONE
            ),
        },
    )
    if made and recipient.email:
        facts.state("notification.created", notification.pk)
    return notification
