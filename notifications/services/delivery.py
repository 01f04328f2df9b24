"""Mail a message to its person, once.

The message is marked as being sent before the mail server is asked, and as sent after. A worker
that dies in between leaves it unknown whether the mail went out: the next try sends it again under
the same Message-ID, by which mail servers and readers know the second copy for what it is.
"""

from datetime import datetime
from functools import partial
from typing import Protocol

from django.db import transaction

from core.clock import now
from core.outbox import facts
from core.outbox.reach import OutOfReachError
from notifications.choices import choice_of, mailed_at, quiet_until
from notifications.digest_times import next_digest
from notifications.models import ByMail, Notification
from notifications.rendering import message_mail
from notifications.services.handing_over import AddressRefusedError, hand_over
from notifications.topics import topic_of

Email = Notification.Email


class Lease(Protocol):
    """The right to do a piece of work: `check` raises where another worker has it now."""

    def check(self) -> None: ...


def deliver(notification_id: int, lease: Lease) -> bool:
    """Mail one message; give whether this call sent it. Delivered again, it does nothing.

    What comes too late to be of use is not sent.

    What the person chose counts as it is now: it may have to wait for the end of their quiet hours
    or for a digest, or not be mailed at all. An address that the mail server refuses for good is
    marked; every other failure is raised, to be tried again. What is marked as late stays so until
    it is sent.
    """
    message = (
        Notification.objects.select_related("recipient")
        .filter(pk=notification_id, email_state__in=[Email.WAITING, Email.SENDING, Email.LATE])
        .first()
    )
    if message is None:
        return False
    address = message.recipient.email
    if not address or not message.recipient.is_active or not message.is_of_use(now()):
        _mark(message, lease, email_state=Email.NONE)
        return False
    if message.email_state != Email.SENDING and _wants_otherwise(message, lease, now()):
        return False
    is_late = message.email_state == Email.LATE
    if not is_late:
        _mark(message, lease, email_state=Email.SENDING)
    keeps_quiet = topic_of(message.kind).keeps_quiet
    try:
        hand_over(
            message_mail(message, address),
            rest=partial(quiet_until, message.recipient) if keeps_quiet else None,
        )
    except OutOfReachError:
        if not is_late:  # else somebody may be telling the person at this moment
            _mark(message, lease, email_state=Email.WAITING)
        raise
    except AddressRefusedError:
        _mark(message, lease, email_state=Email.FAILED)
        return False
    _mark(message, lease, email_state=Email.SENT, emailed_at=now())
    return True


def _wants_otherwise(message: Notification, lease: Lease, at: datetime) -> bool:
    """Whether the message is not to be mailed at this time; what happens instead is written."""
    topic = topic_of(message.kind)
    how = mailed_at(choice_of(message.recipient, topic), message.kind)
    if how == ByMail.NEVER:
        _mark(message, lease, email_state=Email.NONE)
        return True
    if how != ByMail.NOW:
        _mark(message, lease, email_state=Email.DIGEST, mail_after=next_digest(how, at))
        return True
    morning = quiet_until(message.recipient, at) if topic.keeps_quiet else None
    if morning:
        with transaction.atomic():
            lease.check()
            facts.state("notification.created", message.pk, not_before=morning)
    return morning is not None


def _mark(message: Notification, lease: Lease, **changes: object) -> None:
    with transaction.atomic():
        lease.check()
        Notification.objects.filter(pk=message.pk).update(**changes)
