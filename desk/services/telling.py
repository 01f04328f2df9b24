"""Tell people whom no mail reaches what the service has for them: by call, or by letter."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
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
from notifications.services.failing import does_mail_fail, stop_mailing

Email = Notification.Email
Way = WayToTell.Way
Outcome = DeskNote.Outcome

CALLS, LETTERS = "calls", "letters"
#: Who was not reached is called again after so many days.
AGAIN_AFTER = {Outcome.NO_REPLY: 1, Outcome.WRONG_NUMBER: 7}
#: More letters than these are printed in a second batch.
MOST_LETTERS = 100


def is_told_by_mail(person: User) -> bool:
    """Whether mail reaches a person, and nobody has chosen another way for them. Two queries."""
    return (
        bool(person.email)
        and not does_mail_fail(person)
        and not WayToTell.objects.filter(user=person).exists()
    )


@transaction.atomic
def choose(*, person: User, way: str, postal_address: str = "", by: User) -> WayToTell:
    """Keep how a person wants to hear from us who has no email address, or whose mail fails.

    The address is kept for letters only. Raises InvalidInput where a letter has nowhere to go, and
    Conflict for somebody who gets mail.
    """
    if is_told_by_mail(person):
        raise Conflict(_("They have an email address, so they are told by mail."), code="has_email")
    address = postal_address.strip() if way == Way.LETTER else ""
    if way == Way.LETTER and not address:
        raise received.refuse("postal_address", _("Enter the address where letters go."))
    chosen = WayToTell.objects.filter(user=person).first() or WayToTell(user=person)
    chosen.way, chosen.postal_address = way, address
    received.check(chosen)
    chosen.save()
    if way != Way.LETTER:
        _take_out_of_letters(person)
    audit.record(by=by, action="person.way_to_tell", subject=person, way=way)
    return chosen


@transaction.atomic
def forget(*, person: User) -> None:
    """Delete the postal address of somebody whom mail reaches now. Safe to repeat."""
    if WayToTell.objects.filter(user=person).delete()[0]:
        audit.record(by=None, action="person.postal_address_deleted", subject=person)
    _take_out_of_letters(person)


def forget_where_mail_reaches() -> int:
    """Forget the way, and the postal address, of people whom mail has reached since they chose it;
    give how many. Not while something waits to be told to them that way. Safe to run at any time.
    """
    theirs = Notification.objects.filter(recipient=OuterRef("user")).order_by("-pk")
    done = theirs.filter(email_state__in=[Email.SENT, Email.FAILED])
    reached = (
        WayToTell.objects.filter(user__email__isnull=False)
        .annotate(latest=Subquery(done.values("email_state")[:1]))
        .filter(Exists(theirs.filter(emailed_at__gt=OuterRef("updated_at"))), latest=Email.SENT)
        .exclude(Exists(untold.messages().filter(recipient=OuterRef("user"))))
        .exclude(Exists(theirs.filter(telling__told_at=None, telling__isnull=False)))
        .select_related("user")
    )
    for way in reached:
        forget(person=way.user)
    return len(reached)


def _take_out_of_letters(person: User) -> None:
    """What stands in a letter that is not posted has not been told: it waits again."""
    Telling.objects.filter(notification__recipient=person, told_at=None).delete()


@transaction.atomic
def called(
    *, person: User, outcome: str, shown: Collection[int], words: str = "", by: User
) -> None:
    """Note how a call went. Who was reached has been told the messages with the numbers `shown`,
    as far as they are theirs and untold; who was not is called again tomorrow, or in a week where
    the number is wrong.

    Raises InvalidInput for another outcome.
    """
    if outcome not in (Outcome.REACHED, *AGAIN_AFTER):
        raise received.refuse("outcome", _("Say how the call went."))
    if outcome == Outcome.REACHED:
        messages = untold.messages().filter(recipient=person, pk__in=shown)
        _tell(messages, way=Way.CALL, by=by)
        again = None
    else:
        again = today() + timedelta(days=AGAIN_AFTER[Outcome(outcome)])
    notes.write(about=person, by=by, queue=CALLS, words=words, outcome=outcome, look_again_on=again)


@transaction.atomic
def print_letters(*, by: User) -> LetterBatch:
    """Put today's letters together, to be printed: one for each person. They count as told once
    they are `posted`.

    Raises Conflict where there is none. Two people who press at once print each letter once.
    """
    people = list(untold.people_to_write_to().values_list("pk", flat=True)[:MOST_LETTERS])
    # The first of two waits here for the other, and then finds nothing left.
    list(WayToTell.objects.select_for_update().filter(user__in=people).order_by("pk"))
    messages = list(untold.messages().filter(recipient__in=people))
    if not messages:
        raise Conflict(_("No letter waits to be printed."), code="no_letters")
    batch = LetterBatch.objects.create(by=by)
    Telling.objects.bulk_create(
        Telling(notification=one, way=Way.LETTER, by=by, batch=batch) for one in messages
    )
    stop_mailing([one.pk for one in messages])
    audit.record(by=by, action="letters.printed", subject=batch, people=len(people))
    return batch


@transaction.atomic
def posted(*, batch: LetterBatch, by: User) -> None:
    """Say that letters are in the post: their people have been told. Whoever wants no letters any
    more is told another way. Raises Conflict where that was said before.
    """
    at = now()
    _move(batch, {"posted_at": None}, {"posted_at": at})
    in_it = Telling.objects.filter(batch=batch)
    in_it.exclude(notification__recipient__in=WayToTell.objects.writing().values("user")).delete()
    _have_told(in_it.select_related("notification"), at=at, by=by)
    audit.record(by=by, action="letters.posted", subject=batch)


@transaction.atomic
def not_posted(*, batch: LetterBatch, by: User) -> None:
    """Take back that letters are posted. Raises Conflict where nobody said so."""
    _move(batch, {"posted_at__isnull": False}, {"posted_at": None})
    Telling.objects.filter(batch=batch).update(told_at=None)
    audit.record(by=by, action="letters.not_posted", subject=batch)


@transaction.atomic
def put_back(*, batch: LetterBatch, by: User) -> None:
    """Take letters that are not posted apart: their messages wait to be printed again. Raises
    Conflict where they are posted.
    """
    _move(batch, {"posted_at": None}, {})
    audit.record(by=by, action="letters.put_back", subject=batch)
    batch.delete()


def _move(batch: LetterBatch, if_: dict[str, object], then: dict[str, object]) -> None:
    """Change a batch that is as `if_` says, and lock it. Raises Conflict where it is not."""
    found = LetterBatch.objects.filter(pk=batch.pk, **if_)
    if not found.update(**then, updated_at=now()):
        raise Conflict(_("Somebody was quicker: look at the letters again."), code="wrong_state")
    batch.refresh_from_db()


def _tell(messages: Iterable[Notification], *, way: Way, by: User) -> None:
    at = now()
    told = Telling.objects.bulk_create(
        Telling(notification=one, way=way, told_at=at, by=by) for one in messages
    )
    stop_mailing([one.notification_id for one in told])
    _record(told, by=by)


def _have_told(tellings: QuerySet[Telling], *, at: datetime, by: User) -> None:
    told = list(tellings)
    tellings.update(told_at=at, by=by)
    _record(told, by=by)


def _record(told: Iterable[Telling], *, by: User) -> None:
    audit.record_many(
        audit.entry(by=by, action="notification.told", subject=one.notification, way=one.way)
        for one in told
    )
