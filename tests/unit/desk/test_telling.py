from datetime import timedelta

import pytest
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


def test_who_is_reached_has_been_told_what_the_page_showed_once(broker):
    person = UserFactory(email=None)
    shown = message_to(person, "a")
    message_to(person, "came later")

    for _ in range(2):
        telling.called(person=person, outcome="reached", up_to=shown.pk, by=broker)

    told = Telling.objects.get()
    assert (told.notification, told.way, told.by) == (shown, "call", broker)
    assert to_call() == [(person, ["came later"])]
    assert AuditEntry.objects.filter(action="notification.told").count() == 1


@pytest.mark.parametrize(("outcome", "days"), [("no_reply", 1), ("wrong_number", 7)])
def test_who_is_not_reached_is_called_again(broker, outcome, days):
    person = UserFactory(email=None)
    message = message_to(person, "a")

    telling.called(person=person, outcome=outcome, up_to=message.pk, words="Engaged.", by=broker)

    assert not Telling.objects.exists()
    note = DeskNote.objects.get()
    assert (note.outcome, note.words) == (outcome, "Engaged.")
    assert note.look_again_on == clock.today() + timedelta(days=days)
    assert list(QUEUES["calls"].put_aside()) == [person]
    assert not QUEUES["calls"].waiting().exists()


def test_a_call_has_gone_in_some_way(broker):
    with pytest.raises(InvalidInput):
        telling.called(person=UserFactory(email=None), outcome="", up_to=0, by=broker)


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
