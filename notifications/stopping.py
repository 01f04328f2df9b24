"""Links by which a person stops the mail or the texts of a topic without signing in.

The link of a mail holds who and what, signed; that of a text, which has to be short, the number of
the message and 40 bits of a signature. Each can stop those topics' mail, or texts, and nothing
else, so it does no harm in other hands, and it does not run out: a mail may be read years later.
"""

import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from accounts.models import User
from core.errors import NotFound
from notifications.models.notification import Notification
from notifications.models.preference import ByMail
from notifications.topics import TOPICS, Topic

_STOP, _UNDO = Signer(salt="notifications.stop"), Signer(salt="notifications.undo")

#: A number to the base of 36, and letters of the signature, 5 bits each.
_OF_TEXT = re.compile(r"([0-9a-z]{1,12})([a-z2-7]{8})")


@dataclass(frozen=True, slots=True)
class Stop:
    """Whose mail is to be stopped, and of which topics."""

    user_id: int
    topics: tuple[Topic, ...]


def token_for(user_id: int, topics: Iterable[Topic]) -> str:
    """Give the last part of the address of a stop link."""
    return _STOP.sign(f"{user_id}.{'+'.join(topic.code for topic in topics)}")


def address_for(user_id: int, topics: Iterable[Topic]) -> str:
    """Give the whole address of a stop link; '' where none of the topics can be stopped."""
    stoppable = [topic for topic in topics if topic.can_stop]
    return f"{settings.SITE_URL}/stop/{token_for(user_id, stoppable)}/" if stoppable else ""


def read(token: str) -> Stop:
    """Give what a link of `token_for` says. Raises NotFound for one that was not made there."""
    user_id, __, codes = _unsigned(_STOP, token).partition(".")
    topics = (TOPICS[code] for code in codes.split("+") if code in TOPICS)
    return Stop(int(user_id), tuple(topic for topic in topics if topic.can_stop))


def text_token(message: Notification) -> str:
    """Give the last part of the address in a text message."""
    return f"{int_to_base36(message.pk)}{_signature(message.pk, settings.SECRET_KEY)}"


def text_address(message: Notification) -> str:
    """Give the whole address of the page in a text message: it leads to what the message is about,
    and stops texts of its topic.
    """
    return f"{settings.SITE_URL}/t/{text_token(message)}/"


def texted(token: str) -> Notification:
    """Give the message of a link of `text_token`, its recipient loaded; letters that somebody types
    may be capitals. Raises NotFound for one that was not made there, or has gone.
    """
    found = _OF_TEXT.fullmatch(token.lower())
    number = base36_to_int(found[1]) if found else 0
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not found or not any(
        constant_time_compare(found[2], _signature(number, key)) for key in keys
    ):
        raise NotFound("not a link of ours")
    message = Notification.objects.select_related("recipient").filter(pk=number).first()
    if message is None:
        raise NotFound("there is no such message")
    return message


def undo_token(user_id: int, before: dict[str, ByMail]) -> str:
    """Give what puts back how the mail of topics was sent before, by their codes."""
    said = "+".join(f"{code}={how.value}" for code, how in before.items())
    return _UNDO.sign(f"{user_id}.{said}")


def read_undo(token: str) -> tuple[int, dict[Topic, ByMail]]:
    """Give whose mail is sent again and how. Raises NotFound for a token not made by us."""
    user_id, __, said = _unsigned(_UNDO, token).partition(".")
    pairs = (pair.partition("=") for pair in said.split("+") if pair)
    return int(user_id), {TOPICS[code]: ByMail(how) for code, __, how in pairs if code in TOPICS}


def person_of(user_id: int) -> User:
    """Give the person. Raises NotFound for one who has gone."""
    person = User.objects.filter(pk=user_id).first()
    if person is None:
        raise NotFound("there is no such person")
    return person


def _unsigned(signer: Signer, token: str) -> str:
    try:
        return signer.unsign(token)
    except BadSignature as error:
        raise NotFound("not a link of ours") from error


def _signature(number: int, key: str) -> str:
    made = salted_hmac("notifications.text", str(number), secret=key, algorithm="sha256")
    return b32encode(made.digest()).decode().lower()[:8]
