import json
from datetime import timedelta

import pytest
import typst
from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from core import clock
from core.errors import Conflict, InvalidInput
from desk import untold
from desk.letters import letters_of
from desk.models import DeskNote, LetterBatch, Telling, WayToTell
from desk.queues import QUEUES
from desk.services import telling
from tests.factories.accounts import UserFactory
from tests.factories.desk import LetterWriterFactory, message_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker():
    return UserFactory(broker=True)


def to_call():
    return [
        (person, [message.key for message in person.untold]) for person in untold.people_to_call()
    ]


def test_messages_to_people_without_email_wait_for_a_call():
    first, second = UserFactory.create_batch(2, email=None)
    message_to(second, "a")
    message_to(first, "b")
    message_to(second, "c")
    message_to(UserFactory(), "mailed")
    message_to(UserFactory(email=None, is_active=False), "closed")
    message_to(LetterWriterFactory().user, "letter")

    assert to_call() == [(second, ["a", "c"]), (first, ["b"])]


def test_nobody_is_called_about_what_has_begun():
    person = UserFactory(email=None)
    over, ahead = message_to(person, "over"), message_to(person, "ahead")
    over.useful_until = clock.now()
    ahead.useful_until = clock.now() + timedelta(minutes=5)
    over.save()
    ahead.save()

    assert to_call() == [(person, ["ahead"])]


def failed(person, key):
    message = message_to(person, key)
    message.email_state = "failed"
    message.save()
    return message


def test_a_message_whose_mail_failed_waits_for_a_call_unless_it_was_read_or_texted():
    person = UserFactory()
    failed(person, "a")
    message_to(person, "on its way")
    read, texted = failed(person, "read"), failed(person, "texted")
    read.read_at, texted.text_state = clock.now(), "sent"
    for message in (read, texted):
        message.save()
    failed(UserFactory(is_active=False), "closed")

    assert to_call() == [(person, ["a"])]


def test_who_gets_no_mail_is_written_to_if_they_want_letters(broker):
    person = UserFactory()
    failed(person, "a")

    telling.choose(person=person, way="letter", postal_address="1 Example Road", by=broker)
    batch = telling.print_letters(by=broker)

    assert to_call() == []
    assert b"/Type/Pages/Count 1/" in letters_of(batch)
    telling.posted(batch=batch, by=broker)
    assert Telling.objects.get().told_at is not None
    telling.choose(person=person, way="call", by=broker)
    assert not telling.is_told_by_mail(person)


def test_who_is_reached_has_been_told_what_the_page_showed_once(broker):
    person = UserFactory(email=None)
    shown = message_to(person, "a")
    message_to(person, "came later")
    of_another = message_to(UserFactory(email=None), "of another")

    for _ in range(2):
        telling.called(person=person, outcome="reached", shown=[shown.pk, of_another.pk], by=broker)

    told = Telling.objects.get()
    assert (told.notification, told.way, told.by) == (shown, "call", broker)
    assert to_call() == [(person, ["came later"]), (of_another.recipient, ["of another"])]
    assert AuditEntry.objects.filter(action="notification.told").count() == 1


def test_a_message_whose_mail_failed_after_the_page_was_opened_is_not_told(broker):
    person = UserFactory()
    on_its_way = message_to(person, "older")
    shown = failed(person, "shown")
    on_its_way.email_state = "failed"
    on_its_way.save()

    telling.called(person=person, outcome="reached", shown=[shown.pk], by=broker)

    assert Telling.objects.get().notification == shown
    assert to_call() == [(person, ["older"])]


@pytest.mark.parametrize(("outcome", "days"), [("no_reply", 1), ("wrong_number", 7)])
def test_who_is_not_reached_is_called_again(broker, outcome, days):
    person = UserFactory(email=None)
    message = message_to(person, "a")

    telling.called(person=person, outcome=outcome, shown=[message.pk], words="Engaged.", by=broker)

    assert not Telling.objects.exists()
    note = DeskNote.objects.get()
    assert (note.outcome, note.words) == (outcome, "Engaged.")
    assert note.look_again_on == clock.today() + timedelta(days=days)
    assert list(QUEUES["calls"].put_aside()) == [person]
    assert not QUEUES["calls"].waiting().exists()


def test_a_call_has_gone_in_some_way(broker):
    with pytest.raises(InvalidInput):
        telling.called(person=UserFactory(email=None), outcome="", shown=[], by=broker)


def test_a_message_is_told_only_once_whatever_happens():
    message = message_to(UserFactory(email=None), "a")
    Telling.objects.create(notification=message, way="call", told_at=clock.now())

    with pytest.raises(IntegrityError), transaction.atomic():
        Telling.objects.create(notification=message, way="letter", told_at=clock.now())


def test_letters_are_put_together_once_and_can_be_printed_again(broker):
    first, second = (LetterWriterFactory().user for _ in range(2))
    for person, key in ((first, "a"), (first, "b"), (second, "c")):
        message_to(person, key)

    batch = telling.print_letters(by=broker)

    assert batch.tellings.count() == 3
    assert not batch.tellings.filter(told_at__isnull=False).exists()
    assert not QUEUES["letters"].waiting().exists()
    with pytest.raises(Conflict):
        telling.print_letters(by=broker)
    assert LetterBatch.objects.count() == 1
    document = letters_of(batch)
    assert document.startswith(b"%PDF-")
    assert b"/Type/Pages/Count 2/" in document


def test_a_letter_needs_an_address_and_a_call_keeps_none(broker):
    person = UserFactory(email=None)
    with pytest.raises(InvalidInput) as refused:
        telling.choose(person=person, way="letter", postal_address=" ", by=broker)
    assert "postal_address" in refused.value.fields

    telling.choose(person=person, way="letter", postal_address="1 Example Road", by=broker)
    assert WayToTell.objects.get().postal_address == "1 Example Road"
    telling.choose(person=person, way="call", postal_address="1 Example Road", by=broker)

    assert WayToTell.objects.get().postal_address == ""
    assert "Example Road" not in str(list(AuditEntry.objects.values("details")))


def test_who_has_an_email_address_gets_no_letters(broker):
    with pytest.raises(Conflict):
        telling.choose(person=UserFactory(), way="call", by=broker)


def test_the_postal_address_goes_when_it_is_not_needed_and_with_the_person(broker):
    person = LetterWriterFactory().user
    for _ in range(2):
        telling.forget(person=person)
    assert not WayToTell.objects.exists()
    assert AuditEntry.objects.filter(action="person.postal_address_deleted").count() == 1

    LetterWriterFactory().user.delete()
    assert not WayToTell.objects.exists()


def mailed(person, key, *, state="sent", after=timedelta(hours=1)):
    message = message_to(person, key)
    message.email_state, message.emailed_at = state, clock.now() + after
    message.save()
    return message


@pytest.fixture
def wrote_to(broker):
    """Somebody who chose letters when mail to their address failed, and has been told."""
    person = UserFactory()
    failed(person, "failed")
    telling.choose(person=person, way="letter", postal_address="1 Example Road", by=broker)
    telling.posted(batch=telling.print_letters(by=broker), by=broker)
    return person


def test_the_postal_address_goes_once_mail_reaches_the_person_again(wrote_to, broker):
    assert telling.forget_where_mail_reaches() == 0
    mailed(wrote_to, "reached")

    assert telling.forget_where_mail_reaches() == 1
    assert not WayToTell.objects.exists()
    assert telling.is_told_by_mail(wrote_to)
    assert AuditEntry.objects.filter(action="person.postal_address_deleted").count() == 1
    assert telling.forget_where_mail_reaches() == 0


def test_the_postal_address_stays_while_mail_fails_or_a_letter_is_under_way(wrote_to, broker):
    LetterWriterFactory()
    mailed(wrote_to, "before the choice", after=-timedelta(hours=1))
    assert telling.forget_where_mail_reaches() == 0
    mailed(wrote_to, "reached")
    last = failed(wrote_to, "failed again")
    assert telling.forget_where_mail_reaches() == 0, "the latest failed"
    mailed(wrote_to, "reached again")
    assert telling.forget_where_mail_reaches() == 0, "a message waits for a letter"
    batch = telling.print_letters(by=broker)
    assert telling.forget_where_mail_reaches() == 0, "it stands in a letter"
    telling.posted(batch=batch, by=broker)
    assert telling.forget_where_mail_reaches() == 1
    assert last.telling.told_at


def test_who_gets_a_letter_is_told_once_it_is_posted_and_that_can_be_taken_back(broker):
    message_to(LetterWriterFactory().user, "a")
    batch = telling.print_letters(by=broker)
    assert list(QUEUES["letters-to-post"].waiting()) == [batch]
    assert not AuditEntry.objects.filter(action="notification.told").exists()

    telling.posted(batch=batch, by=broker)

    assert batch.posted_at is not None
    assert batch.tellings.get().told_at == batch.posted_at
    assert AuditEntry.objects.filter(action="notification.told").count() == 1
    assert not QUEUES["letters-to-post"].waiting().exists()
    with pytest.raises(Conflict):
        telling.posted(batch=batch, by=broker)
    telling.not_posted(batch=batch, by=broker)
    assert batch.tellings.get().told_at is None
    assert list(QUEUES["letters-to-post"].waiting()) == [batch]
    with pytest.raises(Conflict):
        telling.not_posted(batch=batch, by=broker)


def test_letters_that_are_taken_apart_wait_again_but_not_those_in_the_post(broker):
    person = LetterWriterFactory().user
    message_to(person, "a")
    batch = telling.print_letters(by=broker)

    telling.put_back(batch=batch, by=broker)

    assert list(QUEUES["letters"].waiting()) == [person]
    again = telling.print_letters(by=broker)
    telling.posted(batch=again, by=broker)
    with pytest.raises(Conflict):
        telling.put_back(batch=again, by=broker)
    assert again.tellings.count() == 1


def test_who_wants_calls_meanwhile_is_called_and_who_is_suspended_gets_no_letter(broker):
    caller, closed, stays = (LetterWriterFactory().user for _ in range(3))
    for person in (caller, closed, stays):
        message_to(person, f"to {person.pk}")
    batch = telling.print_letters(by=broker)

    telling.choose(person=caller, way="call", by=broker)
    closed.is_active = False
    closed.save()

    assert to_call() == [(caller, [f"to {caller.pk}"])]
    assert letters_of(LetterBatch.objects.create()).startswith(b"%PDF-")
    assert b"/Type/Pages/Count 1/" in letters_of(batch)
    telling.posted(batch=batch, by=broker)
    assert Telling.objects.get().notification.recipient == stays


def test_each_letter_has_pages_of_its_own():
    """The number on a page is that within its letter: read where Typst sets it."""
    source = (
        '#import "/desk/documents/letters.typ": number-in-letter\n'
        "#set page(footer: context [#metadata(number-in-letter()) <number>])\n"
        "#let letter(pages) = [#metadata(1) <letter>"
        "#for page in range(pages - 1) [x #pagebreak()] x #metadata(1) <letter-end>]\n"
        "#letter(1) #pagebreak() #letter(2) #pagebreak() #letter(1)"
    )
    found = typst.query(
        source.encode(),
        "<number>",
        field="value",
        root=settings.BASE_DIR,
        sys_inputs={
            "data": json.dumps(
                {
                    "letters": [],
                    "closing": "",
                    "centre": [],
                    "title": "t",
                    "site": "s",
                    "language": "en",
                    "direction": "ltr",
                }
            )
        },
    )

    assert json.loads(found) == ["1 / 1", "1 / 2", "2 / 2", "1 / 1"]
