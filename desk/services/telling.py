"""Tell people without an email address what the service has for them: by call, or by letter."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now, today
from core.errors import Conflict
from desk import untold
from desk.models import DeskNote, LetterBatch, Telling, WayToTell
from desk.services import notes
from notifications.models import Notification

Way = WayToTell.Way
Outcome = DeskNote.Outcome

CALLS, LETTERS = "calls", "letters"
#: Who was not reached is called again after so many days.
AGAIN_AFTER = {Outcome.NO_REPLY: 1, Outcome.WRONG_NUMBER: 7}
#: More letters than these are printed in a second batch.
MOST_LETTERS = 100


@transaction.atomic
def choose(*, person: User, way: str, postal_address: str = "", by: User) -> WayToTell:
    """Keep how a person without an email address wants to hear from us.

    The address is kept for letters only. Raises InvalidInput where a letter has nowhere to go, and
    Conflict for somebody who gets mail.
    """
    if person.email:
        raise Conflict(_("They have an email address, so they are told by mail."), code="has_email")
    address = postal_address.strip() if way == Way.LETTER else ""
    if way == Way.LETTER and not address:
        raise received.refuse("postal_address", _("Enter the address where letters go."))
    chosen = WayToTell.objects.filter(user=person).first() or WayToTell(user=person)
    chosen.way, chosen.postal_address = way, address
    received.check(chosen)
    chosen.save()
    audit.record(by=by, action="person.way_to_tell", subject=person, way=way)
    return chosen


@transaction.atomic
def forget(*, person: User) -> None:
    """Delete the postal address of somebody who has an email address now. Safe to repeat."""
    if WayToTell.objects.filter(user=person).delete()[0]:
        audit.record(by=None, action="person.postal_address_deleted", subject=person)


@transaction.atomic
def called(*, person: User, outcome: str, up_to: int, words: str = "", by: User) -> None:
    """Note how a call went. Who was reached has been told the messages up to the number `up_to`;
    who was not is called again tomorrow, or in a week where the number is wrong.

    Raises InvalidInput for another outcome.
    """
    if outcome not in (Outcome.REACHED, *AGAIN_AFTER):
        raise received.refuse("outcome", _("Say how the call went."))
    if outcome == Outcome.REACHED:
        messages = untold.messages().filter(recipient=person, pk__lte=up_to)
        _tell(messages, way=Way.CALL, by=by)
        again = None
    else:
        again = today() + timedelta(days=AGAIN_AFTER[Outcome(outcome)])
    notes.write(about=person, by=by, queue=CALLS, words=words, outcome=outcome, look_again_on=again)


@transaction.atomic
def print_letters(*, by: User) -> LetterBatch:
    """Take today's letters out of the list, to be printed: one for each person.

    Raises Conflict where there is none. Two people who press at once print each letter once.
    """
    people = list(untold.people_to_write_to().values_list("pk", flat=True)[:MOST_LETTERS])
    # The first of two waits here for the other, and then finds nothing left.
    list(WayToTell.objects.select_for_update().filter(user__in=people).order_by("pk"))
    messages = list(untold.messages().filter(recipient__in=people))
    if not messages:
        raise Conflict(_("No letter waits to be printed."), code="no_letters")
    batch = LetterBatch.objects.create(by=by)
    _tell(messages, way=Way.LETTER, by=by, batch=batch)
    audit.record(by=by, action="letters.printed", subject=batch, people=len(people))
    return batch


def _tell(
    messages: Iterable[Notification], *, way: Way, by: User, batch: LetterBatch | None = None
) -> None:
    at = now()
    told = list(messages)
    Telling.objects.bulk_create(
        [Telling(notification=one, way=way, told_at=at, by=by, batch=batch) for one in told]
    )
    audit.record_many(
        audit.entry(by=by, action="notification.told", subject=one, way=way.value) for one in told
    )
