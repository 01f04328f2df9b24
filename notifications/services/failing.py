"""What becomes of a message whose mail does not arrive: whoever looks at it sees that it failed,
and somebody can tell the person another way.
"""

import re
from smtplib import SMTPRecipientsRefused

from django.db.models import QuerySet

from accounts.models import User
from notifications.models import Notification

Email = Notification.Email

#: Answers of a mail server that say: nobody has this address (RFC 5321, RFC 7504).
_NOBODY_THERE = frozenset({550, 551, 553, 556})
#: Enhanced codes 5.7.x speak of what this server allows us, not of the address (RFC 3463).
_OF_OURS = re.compile(rb"5\.7\.\d")


def is_address_refused(error: SMTPRecipientsRefused) -> bool:
    """Whether the mail server said of the address, for good, that no mail reaches it."""
    return all(
        code in _NOBODY_THERE and not _OF_OURS.match(_bytes(words))
        for code, words in error.recipients.values()
    )


def does_mail_fail(person: User) -> bool:
    """Whether the latest mail to a person failed, of those that are done with. One query."""
    done = Notification.objects.filter(
        recipient=person, email_state__in=[Email.SENT, Email.FAILED]
    ).order_by("-pk")
    return done.values_list("email_state", flat=True).first() == Email.FAILED


def mail_failed(notification_id: int) -> int:
    """Note that the mail of a message was given up; give how many were (0 or 1)."""
    return _of_message(notification_id, Email.WAITING, Email.SENDING).update(
        email_state=Email.FAILED
    )


def mail_is_on_its_way(notification_id: int) -> int:
    """Let the mail of a message that failed wait to be sent, as the person wants it by now; not of
    one that the person has been told another way meanwhile.
    """
    failed = _of_message(notification_id, Email.FAILED)
    return failed.filter(telling=None).update(email_state=Email.WAITING)


def digest_failed(user_id: int) -> int:
    """Note that the digest being sent to a person was given up; give of how many messages."""
    return _of_digest(user_id, Email.SENDING).update(email_state=Email.FAILED)


def digest_is_on_its_way(user_id: int) -> int:
    """Let the messages of a digest that failed be sent with it, but those that the person has been
    told another way meanwhile.
    """
    failed = _of_digest(user_id, Email.FAILED)
    return failed.filter(telling=None).update(email_state=Email.SENDING)


def _of_message(notification_id: int, *states: Email) -> QuerySet[Notification]:
    return Notification.objects.filter(pk=notification_id, email_state__in=states)


def _of_digest(user_id: int, *states: Email) -> QuerySet[Notification]:
    return Notification.objects.filter(
        digest__recipient=user_id, digest__sent_at=None, email_state__in=states
    )


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()
