"""What becomes of a message whose mail does not arrive: whoever looks at it sees that it failed,
and somebody can tell the person another way.
"""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import QuerySet

from accounts.models import User
from notifications.models import Notification
from notifications.topics import is_urgent

Email = Notification.Email

#: So long what cannot wait for a digest is left to mail alone: an offer runs out after three days,
#: and its reminder comes a day before, so that there is time to call.
CALL_AFTER = timedelta(hours=4)


def does_mail_fail(person: User) -> bool:
    """Whether the latest mail to a person failed, of those that are done with. One query."""
    done = Notification.objects.filter(
        recipient=person, email_state__in=[Email.SENT, Email.FAILED]
    ).order_by("-pk")
    return done.values_list("email_state", flat=True).first() == Email.FAILED


def mail_is_late(notification_id: int, away: timedelta) -> int:
    """Note of a message that cannot wait that its mail is being tried for too long: from now on
    somebody may also tell the person another way. Give of how many that was noted (0 or 1).
    """
    if away < CALL_AFTER:
        return 0
    waiting = _of_message(notification_id, Email.WAITING, Email.SENDING)
    kind = waiting.values_list("kind", flat=True).first()
    return waiting.update(email_state=Email.LATE) if kind and is_urgent(kind) else 0


def mail_failed(notification_id: int) -> int:
    """Note that the mail of a message was given up; give how many were (0 or 1)."""
    return _of_message(notification_id, Email.WAITING, Email.SENDING, Email.LATE).update(
        email_state=Email.FAILED
    )


def mail_is_on_its_way(messages: QuerySet[Notification]) -> int:
    """Let the mail of messages that failed wait to be sent, as the people want it by now."""
    return messages.filter(email_state=Email.FAILED).update(email_state=Email.WAITING)


def digest_failed(user_id: int) -> int:
    """Note that the digest being sent to a person was given up; give of how many messages."""
    return _of_digest(user_id, Email.SENDING).update(email_state=Email.FAILED)


def digest_is_on_its_way(user_id: int, messages: QuerySet[Notification]) -> int:
    """Let those of `messages` be sent with the digest of a person that failed in it."""
    failed = _of_digest(user_id, Email.FAILED).filter(pk__in=messages.values("pk"))
    return failed.update(email_state=Email.SENDING)


def stop_mailing(notification_ids: Collection[int]) -> int:
    """Mail no more what a person is told another way while its mail is late; give how many."""
    late = Notification.objects.filter(pk__in=notification_ids, email_state=Email.LATE)
    return late.update(email_state=Email.FAILED)


def _of_message(notification_id: int, *states: Email) -> QuerySet[Notification]:
    return Notification.objects.filter(pk=notification_id, email_state__in=states)


def _of_digest(user_id: int, *states: Email) -> QuerySet[Notification]:
    return Notification.objects.filter(
        digest__recipient=user_id, digest__sent_at=None, email_state__in=states
    )
