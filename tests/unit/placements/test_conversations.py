"""A person and a group write to each other without an address either way."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outgoing
from django.core.mail import EmailMultiAlternatives

from accounts.models import AuditEntry
from core.clock import now
from core.errors import Conflict, InvalidInput
from notifications.models import Notification
from notifications.services import delivery
from placements.models import Application, Message
from placements.services import applications, conversations, sharing
from placements.states import Mover
from tests.factories.core import lease_on
from tests.factories.opportunities import MembershipFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    asked = ApplicationFactory()
    MembershipFactory.create_batch(2, organisation=asked.opportunity.organisation)
    return asked


def write(application: Application, side: Mover, words: str = "When do we meet?") -> Message:
    members = application.opportunity.organisation.memberships
    member = members.select_related("user").earliest("pk").user
    by = application.volunteer.user if side == Mover.VOLUNTEER else member
    return conversations.write(application=application, side=side, words=words, by=by)


def test_the_person_writes_and_everybody_of_the_group_is_told(application: Application) -> None:
    message = write(application, Mover.VOLUNTEER)

    told = Notification.objects.filter(kind="message.received")
    members = application.opportunity.organisation.memberships
    assert {one.recipient_id for one in told} == set(members.values_list("user", flat=True))
    assert all("When do we meet?" in one.body for one in told)
    assert f"/applicants/{application.pk}/messages/" in told[0].link
    entry = AuditEntry.objects.about(message).get()
    assert (entry.action, entry.details) == ("message.sent", {"side": "volunteer"})


def test_the_group_writes_and_the_person_is_told(application: Application) -> None:
    write(application, Mover.GROUP)

    told = Notification.objects.get(kind="message.received")
    assert told.recipient == application.volunteer.user
    assert told.link == f"/me/applications/{application.pk}/messages/"


@pytest.mark.parametrize("side", [Mover.VOLUNTEER, Mover.GROUP])
def test_no_address_stands_in_the_mail_or_its_head(application: Application, side: Mover) -> None:
    write(application, side)
    group = application.opportunity.organisation
    people = [application.volunteer.user, *(m.user for m in group.memberships.all())]

    for told in Notification.objects.filter(kind="message.received"):
        delivery.deliver(told.pk, lease_on("notification.created", told.pk))
        mail = outgoing.outbox[-1]
        assert isinstance(mail, EmailMultiAlternatives)
        whole = mail.message().as_string()
        others = {user.email for user in people} - {told.recipient.email}
        assert mail.to == [told.recipient.email]
        assert not [address for address in (*others, group.contact_email) if address in whole]
        assert "Reply-To" not in mail.message()


@pytest.mark.parametrize("words", ["", "  ", "x" * 2001, "Write to me@example.org instead"])
def test_words_that_cannot_be_sent(application: Application, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        write(application, Mover.VOLUNTEER, words)
    assert "words" in refused.value.fields
    assert not Message.objects.exists()


def test_pressed_twice_it_is_sent_once(application: Application) -> None:
    assert write(application, Mover.GROUP) == write(application, Mover.GROUP)
    assert Notification.objects.filter(kind="message.received").count() == 1
    with time_machine.travel(now() + timedelta(minutes=2)):
        write(application, Mover.GROUP)
    assert Message.objects.count() == 2


def test_only_so_many_a_day(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "MOST_A_DAY", 2)
    write(application, Mover.VOLUNTEER, "one")
    write(application, Mover.VOLUNTEER, "two")
    with pytest.raises(Conflict) as refused:
        write(application, Mover.VOLUNTEER, "three")
    assert refused.value.code == "too_many_messages"
    write(application, Mover.GROUP, "the other side still can")
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        write(application, Mover.VOLUNTEER, "three")


def test_two_weeks_after_the_end_it_is_closed(application: Application) -> None:
    applications.withdraw(application=application, by=None)
    end = conversations.closes_at(application)
    assert end is not None
    with time_machine.travel(end - timedelta(minutes=1)):
        write(application, Mover.GROUP)
    with time_machine.travel(end + timedelta(minutes=1)), pytest.raises(Conflict) as refused:
        write(application, Mover.GROUP, "again")
    assert refused.value.code == "conversation_closed"


def test_what_the_other_side_wrote_is_read_once(application: Application) -> None:
    write(application, Mover.GROUP)
    assert conversations.mark_read(application=application, side=Mover.GROUP) == 0
    assert conversations.mark_read(application=application, side=Mover.VOLUNTEER) == 1
    assert conversations.mark_read(application=application, side=Mover.VOLUNTEER) == 0


def test_sharing_is_written_down_and_can_be_taken_back(application: Application) -> None:
    person = application.volunteer.user
    sharing.choose(application=application, email=False, phone=True, by=person)
    sharing.choose(application=application, email=False, phone=True, by=person)
    sharing.choose(application=application, email=True, phone=False, by=person)

    application.refresh_from_db()
    assert (application.share_email, application.share_phone) == (True, False)
    details = [entry.details for entry in AuditEntry.objects.about(application)]
    assert details == [
        {"shared": ["phone"], "hidden": []},
        {"shared": ["email"], "hidden": ["phone"]},
    ]


def test_once_it_is_over_nothing_more_is_shared() -> None:
    application = ApplicationFactory(state="declined", share_phone=True)
    with pytest.raises(Conflict):
        sharing.choose(application=application, email=True, phone=True, by=None)
    sharing.choose(application=application, email=False, phone=False, by=None)
    assert not application.share_phone
