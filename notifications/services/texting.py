"""Text a message to its person, once.

As with mail it is marked before and after. Whoever finds it marked as being sent asks GOV.UK Notify
whether it has it, by the message's reference, before sending it again.
"""

from functools import partial

from django.conf import settings
from django.db import transaction

from accounts.models import User
from core.clock import now
from core.outbox import facts
from notifications import texts
from notifications.choices import choice_of, quiet_until
from notifications.models import Notification
from notifications.phones import mobile_number
from notifications.services.delivery import Lease
from notifications.stopping import text_address
from notifications.topics import topic_of

Text = Notification.Text


def deliver(notification_id: int, lease: Lease) -> bool:
    """Text one message; give whether it was handed over by this call.

    In the person's quiet hours it waits until they are over; too late to be of use it is
    not sent. A number that cannot be texted is
    marked; every other failure is raised, to be tried again: for a day where Notify is away.
    """
    message = (
        Notification.objects.select_related("recipient")
        .filter(pk=notification_id, text_state__in=[Text.WAITING, Text.SENDING])
        .first()
    )
    if message is None:
        return False
    reference = f"notification-{message.pk}"
    rest = partial(quiet_until, message.recipient)
    if message.text_state == Text.SENDING and texts.was_accepted(reference, rest=rest):
        _mark(message, lease, Text.SENT)
        return False
    number = _number(message)
    if number is None or not message.is_of_use(now()):
        _mark(message, lease, Text.NONE)
        return False
    if morning := quiet_until(message.recipient, now()):
        with transaction.atomic():
            lease.check()
            facts.state("notification.text", message.pk, not_before=morning)
        return False
    _mark(message, lease, Text.SENDING)
    try:
        texts.send(number=number, text=text_of(message), reference=reference, rest=rest)
    except texts.NumberRefusedError:
        _mark(message, lease, Text.FAILED, refused_number=number)
        return False
    _mark(message, lease, Text.SENT)
    return True


def is_number_refused(person: User) -> bool:
    """Whether the latest text message to the person could not be sent, to the number they have
    now. One query.
    """
    latest = (
        Notification.objects.filter(recipient=person, text_state__in=[Text.SENT, Text.FAILED])
        .order_by("-pk")
        .first()
    )
    if latest is None or latest.text_state != Text.FAILED:
        return False
    return latest.refused_number == mobile_number(person.phone)


def text_of(message: Notification) -> str:
    """Give the words of the text message: what it is about, and where to read on and to stop. In
    scripts of which little fits these are one link.
    """
    link = f"{settings.SITE_URL}{message.link or '/me/messages/'}"
    stop = text_address(message)
    return texts.in_one_message(message.subject, f"\n{link}\nSTOP: {stop}", f"\n{stop}")


def _number(message: Notification) -> str | None:
    """Give the number to text; None where the person has gone, or wants no texts any more."""
    person = message.recipient
    wanted = person.is_active and choice_of(person, topic_of(message.kind)).by_text
    return mobile_number(person.phone) if wanted and texts.can_send_texts() else None


def _mark(
    message: Notification, lease: Lease, state: Notification.Text, *, refused_number: str = ""
) -> None:
    with transaction.atomic():
        lease.check()
        Notification.objects.filter(pk=message.pk).update(
            text_state=state, refused_number=refused_number
        )
