"""What a person chooses holds for what they are told from then on, and for what waits."""

from datetime import UTC, datetime, time

import pytest
import time_machine
from django.core import mail

from accounts.models import AuditEntry, User
from core.errors import InvalidInput
from core.models import Fact
from notifications import topics
from notifications.choices import choice_of, choices_of
from notifications.models import ByMail, Notification, Preference
from notifications.services import delivery, preferences
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.messages import notified

pytestmark = pytest.mark.django_db

#: A Tuesday night in summer, eleven in London.
NIGHT = datetime(2026, 7, 7, 22, tzinfo=UTC)
MORNING = datetime(2026, 7, 8, 7, tzinfo=UTC)


@pytest.fixture
def person() -> User:
    return UserFactory(phone="07700 900 123")


def tell(person: User, key: str = "k", kind: str = "application.invite") -> Notification:
    return notified(recipient=person, kind=kind, key=key, subject="Hello", body="b", link="/me/")


def choose(person: User, by_mail: str, topic: topics.Topic = topics.APPLICATIONS) -> None:
    preferences.choose(user=person, topic=topic, by_mail=by_mail, by=person)


def test_nobody_chose_anything_and_all_comes_at_once(person) -> None:
    assert {choice.by_mail for choice in choices_of(person)} == {ByMail.NOW}
    assert not any(choice.by_text for choice in choices_of(person))
    assert tell(person).email_state == "waiting"


def test_a_choice_is_kept_and_written_down_once(person) -> None:
    for __ in range(2):
        choose(person, "weekly")
    assert choice_of(person, topics.APPLICATIONS).by_mail == ByMail.WEEKLY
    assert choice_of(person, topics.REMINDERS).by_mail == ByMail.NOW
    assert Preference.objects.count() == 1
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.details["topic"]) == ("notifications.chosen", "applications")


@pytest.mark.parametrize(
    ("topic", "by_mail"),
    [(topics.OFFERS, "never"), (topics.OFFERS, "daily"), (topics.ACCOUNT, "never")],
)
def test_what_is_urgent_cannot_be_stopped(person, topic, by_mail) -> None:
    with pytest.raises(InvalidInput):
        choose(person, by_mail, topic)
    assert not Preference.objects.exists()


def test_a_choice_that_the_topic_no_longer_allows_does_not_count(person) -> None:
    Preference.objects.create(user=person, topic="offers", by_mail="never", by_text=True)
    assert tell(person, kind="application.offer").email_state == "waiting"


def test_not_by_mail_is_shown_in_the_service_and_not_mailed(person) -> None:
    choose(person, "never")
    told = tell(person)
    assert told.email_state == "none"
    assert not Fact.objects.filter(kind="notification.created").exists()
    assert person.notifications.get() == told


def test_stopped_after_it_was_told_and_before_it_was_sent(person) -> None:
    told = tell(person)
    preferences.stop(user=person, topic=topics.APPLICATIONS, by=person)
    assert not delivery.deliver(told.pk, lease_on("notification.created", told.pk))
    told.refresh_from_db()
    assert (told.email_state, mail.outbox) == ("none", [])


@time_machine.travel(NIGHT, tick=False)
def test_a_digest_instead_between_telling_and_sending(person) -> None:
    told = tell(person)
    choose(person, "daily")
    assert not delivery.deliver(told.pk, lease_on("notification.created", told.pk))
    told.refresh_from_db()
    assert (told.email_state, told.mail_after) == ("digest", MORNING)


@time_machine.travel(NIGHT, tick=False)
def test_what_waits_for_a_digest_follows_a_new_choice(person) -> None:
    choose(person, "daily")
    told, other = tell(person), tell(person, "other", kind="invitation")
    for how, after in (("weekly", datetime(2026, 7, 13, 7, tzinfo=UTC)), ("now", NIGHT)):
        choose(person, how)
        told.refresh_from_db()
        assert told.mail_after == after
    choose(person, "daily")
    choose(person, "never")
    told.refresh_from_db()
    assert (told.email_state, told.mail_after) == ("digest", MORNING), "undone, nothing is lost"
    other.refresh_from_db()
    assert other.email_state == "waiting"


@time_machine.travel(NIGHT, tick=False)
def test_mail_waits_until_quiet_hours_are_over(person, settings) -> None:
    settings.QUIET_HOURS = "21:00-08:00"
    told = tell(person, kind="application.offer")
    assert Fact.objects.get(kind="notification.created").not_before == MORNING
    Fact.objects.all().delete()  # say a worker took it too early
    assert not delivery.deliver(told.pk, lease_on("notification.created", told.pk))
    assert mail.outbox == []
    held = Fact.objects.filter(kind="notification.created", state="waiting", not_before=MORNING)
    assert held.count() == 1
    Fact.objects.all().delete()
    with time_machine.travel(MORNING):
        assert delivery.deliver(told.pk, lease_on("notification.created", told.pk))
    assert len(mail.outbox) == 1


@time_machine.travel(NIGHT, tick=False)
def test_a_person_may_choose_other_hours(person, settings) -> None:
    settings.QUIET_HOURS = "21:00-08:00"
    preferences.keep_quiet(user=person, starts=time(9), ends=time(9), by=person)
    tell(person)
    assert Fact.objects.get(kind="notification.created").not_before == NIGHT


def test_texts_need_a_mobile_number_and_a_topic_that_allows_them(person) -> None:
    for topic, phone in ((topics.INVITATIONS, "07700 900123"), (topics.OFFERS, "020 7946 0000")):
        person.phone = phone
        with pytest.raises(InvalidInput):
            preferences.choose(user=person, topic=topic, by_mail="now", by_text=True, by=person)


def test_people_without_an_address_are_told_in_the_service_only() -> None:
    told = tell(UserFactory(email=None))
    assert (told.email_state, told.text_state) == ("none", "none")
