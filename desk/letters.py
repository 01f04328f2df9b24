"""The letters of one batch as a document to print."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from core.clock import LONDON
from core.dates import near_day
from core.documents import pdf
from desk.models import LetterBatch, Telling, WayToTell

_TEMPLATE = Path(__file__).parent / "documents" / "letters.typ"


def letters_of(batch: LetterBatch) -> bytes:
    """Give the batch as PDF, the same whenever it is asked for: a letter, with pages of its own,
    for each person who still wants letters. One query.
    """
    told = Telling.objects.filter(
        batch=batch, notification__recipient__way_to_tell__in=WayToTell.objects.writing()
    ).select_related("notification__recipient__way_to_tell")
    of_person: dict[User, list[Telling]] = {}
    for telling in told.order_by("notification__recipient_id", "notification_id"):
        of_person.setdefault(telling.notification.recipient, []).append(telling)
    day = near_day(batch.created_at.astimezone(LONDON).date())
    return pdf(
        _TEMPLATE,
        {
            "letters": [_letter(person, tellings, day) for person, tellings in of_person.items()],
            "closing": _(
                "You need no computer for any of this: call us or come to us, and we do it for "
                "you. If something here is wrong, or you did not ask for it, tell us and we put it "
                "right."
            ),
            "centre": [
                line
                for line in (
                    settings.CENTRE["name"] or settings.SITE_NAME,
                    settings.CENTRE["phone"],
                    settings.CENTRE["address"],
                    settings.CENTRE["hours"],
                )
                if line
            ],
        },
        title=_("Letters of %(day)s") % {"day": day},
    )


def _letter(person: User, tellings: list[Telling], day: str) -> dict[str, Any]:
    return {
        "name": str(person),
        "address": person.way_to_tell.postal_address.splitlines(),
        "day": day,
        "greeting": _("Dear %(name)s") % {"name": person.first_name or str(person)},
        "messages": [
            {
                "subject": telling.notification.subject,
                "body": telling.notification.body.split("\n\n"),
            }
            for telling in tellings
        ],
    }
