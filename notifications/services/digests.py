"""One mail with all that waits for a person, sent once.

What goes into it is settled in one transaction before the mail server is asked. A worker that dies
in between leaves a digest that is not marked as sent: the next try sends the same mail under the
same Message-ID, and what came meanwhile waits for the next one.
"""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from core.clock import now
from core.outbox import facts
from notifications.choices import choices_of, quiet_until
from notifications.models import ByMail, Digest, Notification
from notifications.rendering import digest_mail
from notifications.services.delivery import Lease
from notifications.services.handing_over import AddressRefusedError, hand_over
from notifications.topics import topic_of

Email = Notification.Email


@transaction.atomic
def begin() -> int:
    """Ask for the digests that are due; give for how many people. Safe to run at any time.

    One that was given up waits until somebody has it tried again, one that the mail server did not
    take for its next try.
    """
    due = set(
        Notification.objects.filter(email_state=Email.DIGEST, mail_after__lte=now())
        .order_by()
        .values_list("recipient_id", flat=True)
        .distinct()
    ) | set(
        Digest.objects.filter(sent_at=None, notifications__email_state=Email.SENDING)
        .values_list("recipient_id", flat=True)
        .distinct()
    )
    facts.state_unless_waiting("digest.due", due)
    return len(due)


def send(user_id: int, lease: Lease) -> bool:
    """Mail one person what is due; give whether this call sent something. Again it does nothing.

    In the person's quiet hours nothing is sent: the next hour asks again. An address that the mail
    server refuses for good is marked on the messages.
    """
    digest = Digest.objects.filter(recipient=user_id, sent_at=None).first()
    if digest is not None and not _being_sent(digest).exists():
        # It was given up, or all in it has been told: it makes way for the next one.
        _close(digest, lease, Email.NONE)
        digest = None
    if digest is None:
        digest = _gather(user_id, lease)
    if digest is None:
        return False
    messages = list(_being_sent(digest).order_by("id"))
    address = digest.recipient.email if digest.recipient.is_active else None
    if not address or not messages:
        _close(digest, lease, Email.NONE)
        return False
    try:
        hand_over(
            digest_mail(digest, messages, address), rest=partial(quiet_until, digest.recipient)
        )
    except AddressRefusedError:
        _close(digest, lease, Email.FAILED)
        return False
    _close(digest, lease, Email.SENT)
    return True


@transaction.atomic
def _gather(user_id: int, lease: Lease) -> Digest | None:
    """Put what is due into a new digest; None where nothing is, or it is not the time."""
    lease.check()
    at = now()
    waiting = list(
        Notification.objects.select_for_update(of=("self",))
        .select_related("recipient")
        .filter(recipient=user_id, email_state=Email.DIGEST, mail_after__lte=at)
        .order_by("id")
    )
    if not waiting or quiet_until(waiting[0].recipient, at):
        return None
    wanted = _still_wanted(waiting)
    _update(set(waiting) - set(wanted), email_state=Email.NONE)
    if not wanted:
        return None
    digest = Digest.objects.create(recipient=waiting[0].recipient)
    _update(wanted, email_state=Email.SENDING, digest=digest)
    return digest


def _still_wanted(waiting: Sequence[Notification]) -> list[Notification]:
    """Leave out topics whose mail the person has stopped meanwhile, and what is of no use now."""
    stopped = {
        choice.topic
        for choice in choices_of(waiting[0].recipient)
        if choice.by_mail == ByMail.NEVER
    }
    at = now()
    return [
        message
        for message in waiting
        if topic_of(message.kind) not in stopped and message.is_of_use(at)
    ]


def _being_sent(digest: Digest) -> QuerySet[Notification]:
    """Give what is in a digest, without what failed and was not tried again."""
    return digest.notifications.filter(email_state=Email.SENDING)


def _close(digest: Digest, lease: Lease, state: Notification.Email) -> None:
    at = now()
    with transaction.atomic():
        lease.check()
        _being_sent(digest).update(
            email_state=state, emailed_at=at if state == Email.SENT else None
        )
        Digest.objects.filter(pk=digest.pk).update(sent_at=at)


def _update(messages: "set[Notification] | list[Notification]", **changes: object) -> None:
    Notification.objects.filter(pk__in=[message.pk for message in messages]).update(**changes)
