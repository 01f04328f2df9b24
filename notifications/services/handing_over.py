"""Hand a mail to the mail server, and tell apart why it did not take it."""

import re
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage

from core.outbox.reach import OutOfReachError, Rest

#: Answers of a mail server that say: nobody has this address (RFC 5321, RFC 7504).
_NOBODY_THERE = frozenset({550, 551, 553, 556})
#: Enhanced codes 5.7.x speak of what this server allows us, not of the address (RFC 3463).
_OF_OURS = re.compile(rb"5\.7\.\d")


class AddressRefusedError(Exception):
    """The mail server said of the address, for good, that no mail reaches it."""


def hand_over(mail: EmailMessage, *, rest: Rest | None = None) -> None:
    """Send a mail. Raises AddressRefusedError where nobody has the address, and OutOfReachError
    where the mail server is away or does not take it for now: it is tried again, not within `rest`.
    """
    try:
        mail.send()
    except (SMTPException, OSError) as error:
        if isinstance(error, SMTPRecipientsRefused) and _is_nobodys(error):
            raise AddressRefusedError from error
        raise (OutOfReachError(rest) if rest else OutOfReachError()) from error


def _is_nobodys(error: SMTPRecipientsRefused) -> bool:
    return all(
        code in _NOBODY_THERE and not _OF_OURS.match(_bytes(words))
        for code, words in error.recipients.values()
    )


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()
