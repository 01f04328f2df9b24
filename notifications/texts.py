"""Send text messages: through GOV.UK Notify, or into a table on a machine that keeps its mail."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from core.outbox.reach import OutOfReachError, Rest
from notifications.models.sent_text import SentText
from notifications.subjects import shortened
from notifications.text_length import fits, is_shared, without_marks

#: However long an ending is, this much is left to say what it is about.
_SHORTEST_SUBJECT = 12
#: With room for fewer characters of the subject the shorter ending is better.
_LONG_ENOUGH = 40
#: Typographic characters leave room for less than half as many.
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


def in_one_message(subject: str, ending: str, shorter: str) -> str:
    """Give the words of a text message that is one and not several: a subject and an ending, which
    is kept whole; `shorter` where there is no room for `ending`.

    The subject stays whole where it can. Else Latin letters lose their marks, by which more than
    twice as many fit, and it is cut behind a word.
    """
    words = " ".join(subject.translate(_PLAIN).split())
    plain = without_marks(words)
    with_marks = "" if words == plain else words
    for some, end in ((words, ending), (with_marks, shorter), (plain, ending)):
        if some and fits(some + end):
            return some + end
    if plain and fits("." * _LONG_ENOUGH + ending):
        return _cut_to_fit(plain, ending)
    return _cut_to_fit(plain or words, shorter)


def _cut_to_fit(words: str, ending: str) -> str:
    # One character more would send a text of the shared alphabet in another.
    cut = "..." if is_shared(words) else "…"
    for longest in range(len(words), _SHORTEST_SUBJECT, -1):
        text = shortened(words, longest, cut=cut) + ending
        if fits(text):
            return text
    return shortened(words, _SHORTEST_SUBJECT, cut=cut) + ending


def send(*, number: str, text: str, reference: str, rest: Rest) -> None:
    """Send one text message. Raises NumberRefusedError; OutOfReachError where Notify is away or
    takes no more for now: it is tried again, not within `rest`; and others where it is our fault.
    """
    if settings.LOCAL_OUTBOX:
        SentText.objects.get_or_create(
            reference=reference, defaults={"number": number, "text": text}
        )
        return
    from notifications_python_client.errors import HTTPError  # noqa: PLC0415  # as below

    try:
        with _reached(rest):
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


def was_accepted(reference: str, *, rest: Rest) -> bool:
    """Whether a text message with this reference was handed over, as Notify knows it. Raises
    OutOfReachError as `send`.
    """
    if settings.LOCAL_OUTBOX:
        return SentText.objects.filter(reference=reference).exists()
    with _reached(rest):
        found = _client().get_all_notifications(template_type="sms", reference=reference)
    return bool(found["notifications"])


@contextmanager
def _reached(rest: Rest) -> Iterator[None]:
    from notifications_python_client.errors import HTTPError  # noqa: PLC0415  # as below

    try:
        yield
    except HTTPError as error:  # without an answer its status is 503
        if error.status_code >= 500 or error.status_code == 429:
            raise OutOfReachError(rest) from error
        raise


def _client() -> Any:
    from notifications_python_client.notifications import (  # noqa: PLC0415  # few processes send any
        NotificationsAPIClient,
    )

    return NotificationsAPIClient(
        settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=PATIENCE
    )
