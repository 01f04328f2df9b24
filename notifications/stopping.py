"""Links by which a person stops the mail of a topic without signing in.

The link holds who and what, signed. It can stop those topics' mail and nothing else, so it does
no harm in other hands, and it does not run out: a mail may be read years later.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer

from accounts.models import User
from core.errors import NotFound
from notifications.models.preference import ByMail
from notifications.topics import TOPICS, Topic

_STOP, _UNDO = Signer(salt="notifications.stop"), Signer(salt="notifications.undo")


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
