"""A mail server that is away for an hour, a night or for good: the real outbox, worker and SMTP."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import transaction

from accounts.models import User
from core import clock
from core.models import Fact
from core.outbox import attempts
from core.outbox.reach import OutOfReachError
from desk import untold
from desk.services import telling
from notifications.models import Digest, Notification
from notifications.services import delivery, digests
from notifications.services.to_address import mail_to_address
from tests.factories.accounts import UserFactory
from tests.factories.messages import notified
from tests.unit.notifications.mail_server import MailServer
from worker.performing import perform

pytestmark = pytest.mark.django_db

#: Ten in the morning in London, in summer.
TEN = datetime(2026, 7, 7, 9, tzinfo=UTC)
OFFER, NEWS = "application.offer", "application.accept"
HOUR = timedelta(hours=1)


@pytest.fixture
def at_ten():
    with time_machine.travel(TEN, tick=False) as clock_hand:
        yield clock_hand


def tell(person: User, kind: str = NEWS, **what: datetime) -> Notification:
    key = f"{kind}:{person.pk}"
    return notified(recipient=person, kind=kind, key=key, subject="Hello", body="b", **what)


def work_until(end: datetime, clock_hand) -> list[datetime]:
    """Do what falls due until `end`, each when it does; give when something was done."""
    times = []
    while fact := Fact.objects.waiting().filter(not_before__lte=end).order_by("not_before").first():
        clock_hand.move_to(max(clock.now(), fact.not_before))
        times.append(clock.now())
        perform(fact.pk)
    clock_hand.move_to(end)
    return times


def states() -> list[str]:
    return list(Notification.objects.order_by("pk").values_list("email_state", flat=True))


def test_an_hour_without_mail_loses_nothing_doubles_nothing_and_calls_nobody(
    at_ten, server: MailServer
) -> None:
    people = UserFactory.create_batch(3)
    server.is_away = True
    for person in people:
        tell(person, OFFER)
        tell(person)
    Notification.objects.filter(recipient=people[0], kind=NEWS).update(
        email_state="digest", mail_after=TEN
    )
    with transaction.atomic():
        digests.begin()
    for minutes in range(0, 60, 10):
        work_until(TEN + timedelta(minutes=minutes), at_ten)
        assert not untold.people_to_call().exists()
    assert server.taken == []

    server.is_away = False
    with transaction.atomic():
        digests.begin()  # as each hour
    work_until(TEN + 2 * HOUR + timedelta(minutes=10), at_ten)

    assert Counter(server.taken) == {person.email: 2 for person in people}
    assert states() == ["sent"] * 6
    assert set(Fact.objects.values_list("state", flat=True)) == {"done"}
    assert not untold.people_to_call().exists()
    assert not Digest.objects.filter(sent_at=None).exists()


def test_the_mail_server_is_asked_less_and_less_often(at_ten, server: MailServer) -> None:
    server.is_away = True
    tell(UserFactory(), "membership.removed")  # keeps no quiet hours
    tries = work_until(TEN + 25 * HOUR, at_ten)

    minutes = [(at - TEN).total_seconds() / 60 for at in tries]
    assert minutes[:9] == [0, 0.5, 1, 2, 4, 8, 16, 32, 64]
    assert {later - earlier for earlier, later in pairwise(minutes[8:])} == {60}
    assert minutes[-1] == pytest.approx(24 * 60 + 4)
    assert states() == ["failed"]
    fact = Fact.objects.get()
    assert (fact.state, fact.attempts) == ("set_aside", 0)
    assert fact.last_error.startswith("SMTPServerDisconnected in hand_over")


def test_a_night_without_mail_wakes_nobody_and_heals_in_the_morning(
    at_ten, server: MailServer, settings
) -> None:
    settings.QUIET_HOURS = "22:00-08:00"
    evening = TEN + 9 * HOUR
    at_ten.move_to(evening)
    server.is_away = True
    tell(UserFactory())
    work_until(evening + 3 * HOUR, at_ten)
    server.is_away = False
    tries = work_until(evening + 14 * HOUR, at_ten)

    assert tries == [TEN + 22 * HOUR], "at eight, when quiet hours are over"
    assert states() == ["sent"]


def test_who_wants_no_mail_meanwhile_gets_none(at_ten, server: MailServer) -> None:
    server.is_away = True
    person = UserFactory()
    tell(person)
    work_until(TEN + HOUR, at_ten)
    person.preferences.create(topic="applications", by_mail="never")
    server.is_away = False
    work_until(TEN + 3 * HOUR, at_ten)

    assert server.taken == []
    assert states() == ["none"]


def test_a_reminder_is_called_about_and_mailed_until_what_it_reminds_of_begins(
    at_ten, server: MailServer
) -> None:
    server.is_away = True
    person = UserFactory()
    tell(person, "attendance.reminder", useful_until=TEN + 8 * HOUR)
    work_until(TEN + 7 * HOUR, at_ten)
    assert list(untold.people_to_call()) == [person]
    work_until(TEN + 8 * HOUR, at_ten)
    assert not untold.people_to_call().exists()

    server.is_away = False
    work_until(TEN + 10 * HOUR, at_ten)

    assert server.taken == []
    assert states() == ["none"]


def test_an_offer_that_runs_out_is_called_about_after_four_hours_and_off_the_list_once_it_is_sent(
    at_ten, server: MailServer
) -> None:
    server.is_away = True
    person, other = UserFactory.create_batch(2)
    tell(person, OFFER)
    tell(other)
    work_until(TEN + 3 * HOUR, at_ten)
    assert not untold.people_to_call().exists()
    work_until(TEN + 5 * HOUR, at_ten)
    assert list(untold.people_to_call()) == [person]

    server.is_away = False
    work_until(TEN + 7 * HOUR, at_ten)

    assert not untold.people_to_call().exists()
    assert sorted(server.taken) == sorted([person.email, other.email])


def test_what_was_told_by_phone_while_it_was_late_is_not_mailed(at_ten, server: MailServer) -> None:
    server.is_away = True
    person = UserFactory()
    told = tell(person, OFFER)
    work_until(TEN + 5 * HOUR, at_ten)
    telling.called(person=person, outcome="reached", shown=[told.pk], by=UserFactory(broker=True))
    server.is_away = False
    work_until(TEN + 8 * HOUR, at_ten)

    assert server.taken == []
    assert not untold.people_to_call().exists()


def test_what_is_told_by_phone_in_the_middle_of_a_try_is_not_tried_again(
    at_ten, server: MailServer, monkeypatch
) -> None:
    server.is_away = True
    person = UserFactory()
    told = tell(person, OFFER)
    work_until(TEN + 5 * HOUR, at_ten)

    def try_while_somebody_calls(*_: object, **__: object) -> None:
        by = UserFactory(broker=True)
        telling.called(person=person, outcome="reached", shown=[told.pk], by=by)
        raise OutOfReachError

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "hand_over", try_while_somebody_calls)
        work_until(TEN + 6 * HOUR, at_ten)
    server.is_away = False
    work_until(TEN + 9 * HOUR, at_ten)

    assert server.taken == []


def test_a_server_that_is_away_for_good_is_given_up_and_can_be_tried_again(
    at_ten, server: MailServer
) -> None:
    server.is_away = True
    person = UserFactory()
    tell(person)
    work_until(TEN + 2 * timedelta(days=1), at_ten)
    assert list(untold.people_to_call()) == [person]
    fact = Fact.objects.get()
    assert fact.state == "set_aside"

    attempts.retry(fact_id=fact.pk)
    work_until(clock.now() + HOUR, at_ten)
    fact.refresh_from_db()
    assert fact.state == "waiting", "it has a day again"

    server.is_away = False
    work_until(clock.now() + 2 * HOUR, at_ten)
    assert states() == ["sent"]
    assert not untold.people_to_call().exists()


def test_an_address_that_is_nobodys_is_not_tried_for_a_day(at_ten, server: MailServer) -> None:
    server.answer = "550 5.1.1 No such user"
    person = UserFactory()
    tell(person)
    work_until(TEN, at_ten)
    assert list(untold.people_to_call()) == [person]
    assert Fact.objects.get().state == "done"


def test_a_digest_that_was_put_off_is_not_asked_for_in_the_night(
    at_ten, server: MailServer, settings
) -> None:
    settings.QUIET_HOURS = "22:00-08:00"
    server.is_away = True
    at_ten.move_to(TEN + 11 * HOUR)
    told = tell(UserFactory())
    Notification.objects.update(email_state="digest", mail_after=TEN)
    with transaction.atomic():
        digests.begin()
    work_until(TEN + 14 * HOUR, at_ten)
    with transaction.atomic():
        digests.begin()
    (fact,) = Fact.objects.filter(kind="digest.due", state="waiting")
    assert fact.not_before == TEN + 22 * HOUR
    assert fact.away_since == TEN + 11 * HOUR
    assert told.pk


def test_mail_to_an_address_without_an_account_waits_too(server: MailServer) -> None:
    server.is_away = True
    with pytest.raises(OutOfReachError):
        mail_to_address(address="a@example.org", message_id="m", subject="s", body="b", link="/")
