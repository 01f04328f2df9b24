"""Mail that does not arrive: against a small server that answers as mail servers do."""

import pytest
from django.core import mail
from django.db import transaction

from accounts.models import User
from core import clock
from core.models import Fact
from core.outbox import attempts, leases
from core.outbox.reach import OutOfReachError
from desk.models import Telling
from notifications.models import Digest, Notification
from notifications.services import delivery, digests, failing
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.messages import notified
from tests.unit.notifications.mail_server import MailServer

pytestmark = pytest.mark.django_db


def tell(person: User | None = None, key: str = "k") -> Notification:
    return notified(
        recipient=person or UserFactory(email="person@example.org"),
        kind="application.offer",
        key=key,
        subject="Hello",
        body="b",
    )


def deliver(told: Notification) -> bool:
    sent = delivery.deliver(told.pk, lease_on("notification.created", told.pk))
    told.refresh_from_db()
    return sent


def give_up(kind: str, subject_id: int, error: Exception) -> Fact:
    """Let work fail as often as it is tried."""
    lease = lease_on(kind, subject_id)
    Fact.objects.filter(pk=lease.fact_id).update(attempts=2)
    leases.fail(lease, error)
    return Fact.objects.get(pk=lease.fact_id)


def due_digest(server: MailServer) -> Digest:
    """A digest with one message, that a mail server is about to be asked to take."""
    told = tell()
    Notification.objects.update(email_state="digest", mail_after=clock.now())
    server.answer = "451 4.3.0 Try again later"
    with pytest.raises(OutOfReachError):
        digests.send(told.recipient_id, lease_on("digest.due", told.recipient_id))
    return Digest.objects.get()


def states() -> list[str]:
    return list(Notification.objects.order_by("pk").values_list("email_state", flat=True))


@pytest.mark.parametrize(
    "answer", ["550 5.1.1 No such user", "550 mailbox unavailable", "553 5.1.3 Bad address"]
)
def test_an_address_that_is_nobodys_is_marked_and_not_tried_again(server, answer) -> None:
    server.answer = answer
    told = tell()
    assert not deliver(told)
    assert told.email_state == "failed"
    server.answer = "250 OK"
    assert not deliver(told)
    assert server.taken == []


@pytest.mark.parametrize(
    "answer",
    [
        "450 4.2.1 Mailbox busy",
        "552 5.2.2 Mailbox full",
        "554 Relay access denied",
        "550 5.7.1 You may not send here",
    ],
)
def test_what_may_pass_is_raised_and_tried_again(server, answer) -> None:
    server.answer = answer
    told = tell()
    with pytest.raises(OutOfReachError):
        deliver(told)
    server.answer = "250 OK"
    assert deliver(told)
    assert server.taken == ["person@example.org"]


def test_mail_that_was_given_up_has_failed_until_it_is_tried_again(server) -> None:
    told = tell()
    Notification.objects.update(email_state="sending")
    fact = give_up("notification.created", told.pk, OSError())
    assert fact.state == "set_aside"
    assert states() == ["failed"]

    attempts.retry(fact_id=fact.pk)

    assert states() == ["waiting"]
    assert deliver(told)


def test_one_failure_of_three_gives_nothing_up() -> None:
    told = tell()
    leases.fail(lease_on("notification.created", told.pk), OSError())
    assert states() == ["waiting"]


def test_mail_that_was_sent_after_all_has_not_failed() -> None:
    told = tell()
    Notification.objects.update(email_state="sent", emailed_at=clock.now())
    fact = give_up("notification.created", told.pk, OSError())
    assert states() == ["sent"]
    attempts.retry(fact_id=fact.pk)
    assert states() == ["sent"]


def test_work_that_kills_its_worker_is_given_up_too() -> None:
    told = tell()
    lease = lease_on("notification.created", told.pk)
    Fact.objects.filter(pk=lease.fact_id).update(attempts=2, lease_until=clock.now())
    assert attempts.sweep() == 1
    assert states() == ["failed"]
    assert told.pk


def test_a_digest_to_an_address_that_is_nobodys_is_closed(server) -> None:
    digest = due_digest(server)
    server.answer = "550 5.1.1 No such user"
    assert not digests.send(digest.recipient_id, lease_on("digest.due", digest.recipient_id))
    assert states() == ["failed"]
    assert Digest.objects.get().sent_at is not None, "it is not tried each hour"


def test_a_digest_that_was_given_up_has_failed_until_it_is_tried_again(server) -> None:
    digest = due_digest(server)
    fact = give_up("digest.due", digest.recipient_id, OSError())
    assert states() == ["failed"]

    attempts.retry(fact_id=fact.pk)

    assert states() == ["sending"]
    server.answer = "250 OK"
    assert digests.send(digest.recipient_id, lease_on("digest.due", digest.recipient_id))
    assert states() == ["sent"]


def tell_by_phone(message: Notification) -> None:
    Telling.objects.create(notification=message, way="call", told_at=clock.now())


def test_what_the_person_was_told_by_phone_is_not_mailed_again(server) -> None:
    told = tell()
    fact = give_up("notification.created", told.pk, OSError())
    tell_by_phone(told)

    attempts.retry(fact_id=fact.pk)

    assert states() == ["failed"]
    assert not deliver(told)
    assert server.taken == []


@pytest.mark.parametrize("number_told", [1, 2])
def test_a_digest_is_tried_again_without_what_was_told_by_phone(number_told: int) -> None:
    person = UserFactory()
    messages = [tell(person, "a"), tell(person, "b")]
    digest = Digest.objects.create(recipient=person)
    Notification.objects.update(email_state="sending", digest=digest)
    fact = give_up("digest.due", person.pk, OSError())
    Notification.objects.filter(key="a").update(subject="Told by phone")
    for message in messages[:number_told]:
        tell_by_phone(message)

    attempts.retry(fact_id=fact.pk)

    is_sent = digests.send(person.pk, lease_on("digest.due", person.pk))
    assert is_sent == (number_told == 1)
    assert len(mail.outbox) == 2 - number_told
    assert all("Told by phone" not in one.body + str(one.subject) for one in mail.outbox)
    assert states() == ["failed", "sent" if is_sent else "failed"]
    assert not Digest.objects.filter(sent_at=None).exists()


def test_a_digest_that_was_given_up_is_not_asked_for_and_makes_way_for_the_next(server) -> None:
    digest = due_digest(server)
    person = digest.recipient
    give_up("digest.due", person.pk, OSError())
    with transaction.atomic():
        assert digests.begin() == 0

    new = tell(person, "new")
    Notification.objects.filter(pk=new.pk).update(email_state="digest", mail_after=clock.now())
    with transaction.atomic():
        assert digests.begin() == 1
    server.answer = "250 OK"

    assert digests.send(person.pk, lease_on("digest.due", person.pk))
    assert states() == ["failed", "sent"]
    assert len(server.taken) == 1


def test_mail_fails_to_whom_the_latest_that_is_done_with_failed() -> None:
    person = UserFactory()
    assert not failing.does_mail_fail(person)
    for key, state in (("a", "sent"), ("b", "failed"), ("c", "waiting")):
        told = tell(person, key)
        told.email_state, told.emailed_at = state, clock.now()
        told.save()
    assert failing.does_mail_fail(person)
    Notification.objects.filter(key="c").update(email_state="sent")
    assert not failing.does_mail_fail(person)
