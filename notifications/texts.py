"""Send text messages: through GOV.UK Notify, or into a table on a machine that keeps its mail."""

import re
from typing import Any

from django.conf import settings

from notifications.models.sent_text import SentText
from notifications.subjects import shortened

#: So many characters a text message holds.
LONGEST = 160
#: Whatever the links take, this much is left to say what it is about.
_SHORTEST_SUBJECT = 20
#: Typographic characters would make one message into three.
_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."}
)
#: Seconds until an answer of Notify counts as missing.
PATIENCE = 15


class NumberRefusedError(Exception):
    """No text message will ever reach this number."""


def can_send_texts() -> bool:
    """Whether this installation has a way to send text messages."""
    return bool(settings.LOCAL_OUTBOX or (settings.NOTIFY_API_KEY and settings.NOTIFY_SMS_TEMPLATE))


def in_one_message(subject: str, *lines: str) -> str:
    """Give the words of a text message: a subject, shortened so that all of it with the lines
    below it fits into one message, in characters that keep it one.
    """
    below = "".join(f"\n{line}" for line in lines)
    room = max(LONGEST - len(below), _SHORTEST_SUBJECT)
    return f"{shortened(subject.translate(_PLAIN), room, cut='...')}{below}"


def send(*, number: str, text: str, reference: str) -> None:
    """Send one text message. Raises NumberRefusedError, and other errors where it may be tried
    again.
    """
    if settings.LOCAL_OUTBOX:
        SentText.objects.get_or_create(
            reference=reference, defaults={"number": number, "text": text}
        )
        return
    from notifications_python_client.errors import HTTPError  # noqa: PLC0415  # as below

    try:
        _client().send_sms_notification(
            phone_number=number,
            template_id=settings.NOTIFY_SMS_TEMPLATE,
            personalisation={"message": text},
            reference=reference,
        )
    except HTTPError as error:
        if error.status_code == 400 and re.search("phone_number|phone number", str(error.message)):
            raise NumberRefusedError from error
        raise


def was_accepted(reference: str) -> bool:
    """Whether a text message with this reference was handed over, as Notify knows it."""
    if settings.LOCAL_OUTBOX:
        return SentText.objects.filter(reference=reference).exists()
    found = _client().get_all_notifications(template_type="sms", reference=reference)
    return bool(found["notifications"])


def _client() -> Any:
    from notifications_python_client.notifications import (  # noqa: PLC0415  # few processes send any
        NotificationsAPIClient,
    )

    return NotificationsAPIClient(
        settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=PATIENCE
    )
