"""Mails about accounts: written while their reader waits for a page, sent by a worker.

A page must not wait for the mail server, nor fail with it. Such a mail may hold a link that lets
its reader in; until it is sent it lies sealed in the database, and no longer than the link works.
"""

import json
from datetime import timedelta
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction

from accounts import secrets
from accounts.models import User
from core.clock import now
from core.outbox import facts
from notifications.models import SealedMail
from notifications.services.handing_over import AddressRefusedError, hand_over


class Lease(Protocol):
    """The right to do a piece of work: `check` raises where another worker has it now."""

    def check(self) -> None: ...


@transaction.atomic
def post(mail: EmailMessage, *, about: str, works_for: timedelta) -> None:
    """Have a mail to one address sent as soon as a worker and the mail server can, within the time
    for which what it says is of use. `about` names what it is, for `withdraw`.
    """
    (address,) = mail.to
    alternatives = mail.alternatives if isinstance(mail, EmailMultiAlternatives) else []
    words = {
        "subject": str(mail.subject),
        "text": str(mail.body),
        "html": next((str(body) for body, kind in alternatives if kind == "text/html"), ""),
    }
    row = SealedMail.objects.create(
        address=User.objects.normalised(address) or "",
        about=about,
        words=secrets.encrypt(json.dumps(words)),
        valid_until=now() + works_for,
    )
    facts.state("mail.sealed", row.pk)


def send(mail_id: int, lease: Lease) -> bool:
    """Send one mail and delete its row; give whether this call sent it. Again it does nothing.

    What has come to its end is deleted unsent, and so is what nobody can get, since nobody has the
    address. Raises OutOfReachError while the mail server is away.
    """
    row = SealedMail.objects.filter(pk=mail_id).first()
    if row is None:
        return False
    mail = _opened(row) if row.valid_until > now() else None
    sent = mail is not None and _is_taken(mail)
    with transaction.atomic():
        lease.check()
        row.delete()
    return sent


def withdraw(*abouts: str, address: str | None) -> None:
    """Delete mails to an address that are not sent yet: their links do nothing any more."""
    SealedMail.objects.filter(
        address=User.objects.normalised(address) or "", about__in=abouts
    ).delete()


def forget() -> int:
    """Delete what was not sent while it was of use; give how many."""
    return SealedMail.objects.filter(valid_until__lte=now()).delete()[0]


def _is_taken(mail: EmailMessage) -> bool:
    try:
        hand_over(mail)
    except AddressRefusedError:
        return False
    return True


def _opened(row: SealedMail) -> EmailMessage | None:
    """Give the mail as it was written; None where the service's key is another since, with which
    its link does not work either.
    """
    try:
        words = json.loads(secrets.decrypt(row.words))
    except ValueError:
        return None
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    mail = EmailMultiAlternatives(
        subject=words["subject"],
        body=words["text"],
        to=[row.address],
        # By which mail servers and readers know a second copy for what it is.
        headers={
            "Message-ID": f"<account-mail-{row.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if words["html"]:
        mail.attach_alternative(words["html"], "text/html")
    return mail
