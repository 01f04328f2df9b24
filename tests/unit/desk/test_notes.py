from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from core import clock
from core.errors import InvalidInput
from desk.models import DeskNote
from desk.services import notes
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker():
    return UserFactory(broker=True)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (UserFactory, "person"),
        (OrganisationFactory, "group"),
        (OpportunityFactory, "role"),
        (ApplicationFactory, "application"),
    ],
)
def test_a_note_is_about_one_thing_and_its_words_stay_out_of_the_trail(broker, make, name):
    about = make()

    note = notes.write(about=about, by=broker, words=" Call again. ", outcome="no_reply")

    assert (getattr(note, name), note.words, note.by) == (about, "Call again.", broker)
    entry = AuditEntry.objects.about(about).get(action="desk.noted")
    assert entry.actor == broker
    assert "Call" not in str(entry.details)


def test_a_note_that_says_nothing_is_refused(broker):
    with pytest.raises(InvalidInput):
        notes.write(about=UserFactory(), by=broker, words="  ")


@pytest.mark.parametrize("days", [0, -1, 93])
def test_it_is_put_aside_until_a_day_within_three_months(broker, days):
    with pytest.raises(InvalidInput) as refused:
        notes.write(
            about=UserFactory(),
            by=broker,
            queue="no-match",
            look_again_on=clock.today() + timedelta(days=days),
        )
    assert "look_again_on" in refused.value.fields


def test_what_is_put_aside_is_brought_back_once(broker):
    group = OrganisationFactory()
    tomorrow = clock.today() + timedelta(days=1)
    for queue in ("silent-groups", "idle-groups"):
        notes.write(about=group, by=broker, queue=queue, look_again_on=tomorrow)

    for _ in range(2):
        notes.bring_back(about=group, queue="silent-groups", by=broker)

    assert [note.queue for note in DeskNote.objects.putting_aside()] == ["idle-groups"]
    assert AuditEntry.objects.filter(action="desk.brought_back").count() == 1


def test_a_note_about_two_things_cannot_be_kept(broker):
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskNote.objects.create(person=broker, group=OrganisationFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskNote.objects.create(words="about nothing")


def test_what_is_written_about_a_person_goes_with_them(broker):
    person = UserFactory()
    notes.write(about=person, by=broker, words="Hard of hearing: speak slowly.")

    person.delete()

    assert not DeskNote.objects.exists()
