"""Telling people things: once each, by mail where they have an address."""

import re

import pytest
from django.core import mail
from django.test import override_settings

from accounts.models import User
from core.models import Fact
from notifications.models import Notification, SentMail
from notifications.services import delivery
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on, lose
from tests.factories.messages import notified

pytestmark = pytest.mark.django_db


def told(recipient: User | None = None, subject: str = "Something happened") -> Notification:
    return notified(
        recipient=recipient or UserFactory(email="demo@example.org"),
        kind="application.invite",
        key="demo:1",
        subject=subject,
        body="First.\n\nWhat to do next: nothing <b>at all</b>.",
        link="/me/",
    )


def test_the_same_key_tells_once() -> None:
    first = told()
    again = told(recipient=first.recipient, subject="Something else")
    assert first == again
    assert Notification.objects.count() == 1
    assert Fact.objects.filter(kind="notification.created").count() == 1


def test_delivered_ten_times_is_one_mail() -> None:
    notification = told()
    lease = lease_on("notification.created", notification.pk)
    sent = [delivery.deliver(notification.pk, lease) for __ in range(10)]
    assert sent == [True] + [False] * 9
    assert len(mail.outbox) == 1
    notification.refresh_from_db()
    assert notification.email_state == "sent"
    assert notification.emailed_at is not None


def test_mail_reads_as_text_and_html_with_a_whole_link() -> None:
    notification = told()
    delivery.deliver(notification.pk, lease_on("notification.created", notification.pk))
    message = mail.outbox[0]
    assert message.to == ["demo@example.org"]
    assert re.search(r"https?://[^/]+/me/", str(message.body))
    html = str(message.alternatives[0][0])  # type: ignore[union-attr]  # a mail with HTML
    assert "&lt;b&gt;at all" in html
    assert 'lang="en' in html


def test_a_worker_that_lost_its_lease_sends_nothing() -> None:
    notification = told()
    lease = lease_on("notification.created", notification.pk)
    lose(lease)
    with pytest.raises(Exception, match=r"notification\.created"):
        delivery.deliver(notification.pk, lease)
    assert mail.outbox == []
    notification.refresh_from_db()
    assert notification.email_state == "waiting"


def test_sent_again_after_a_crash_under_the_same_message_id() -> None:
    notification = told()
    lease = lease_on("notification.created", notification.pk)
    delivery.deliver(notification.pk, lease)
    Notification.objects.filter(pk=notification.pk).update(email_state="sending")
    delivery.deliver(notification.pk, lease)
    ids = {message.message()["Message-ID"] for message in mail.outbox}
    assert len(mail.outbox) == 2
    assert len(ids) == 1


@override_settings(EMAIL_BACKEND="notifications.mail.LocalOutboxBackend")
def test_local_outbox_keeps_the_same_mail_once() -> None:
    notification = told()
    lease = lease_on("notification.created", notification.pk)
    delivery.deliver(notification.pk, lease)
    Notification.objects.filter(pk=notification.pk).update(email_state="sending")
    delivery.deliver(notification.pk, lease)
    kept = SentMail.objects.get()
    assert kept.recipients == ["demo@example.org"]
    assert "What to do next" in kept.text
    assert "<html" in kept.html


def test_nobody_is_mailed_after_the_account_ended() -> None:
    notification = told()
    notification.recipient.is_active = False
    notification.recipient.save()
    assert not delivery.deliver(notification.pk, lease_on("notification.created", notification.pk))
    assert mail.outbox == []


def test_mail_is_in_the_language_of_whoever_gets_it(settings) -> None:
    settings.LANGUAGES = [("en-gb", "English"), ("ar", "Arabic")]
    notification = told(UserFactory(preferred_language="ar"))
    delivery.deliver(notification.pk, lease_on("notification.created", notification.pk))
    html = str(mail.outbox[0].alternatives[0][0])  # type: ignore[union-attr]  # a mail with HTML
    assert '<html lang="ar" dir="rtl">' in html


def test_a_language_that_the_service_does_not_have_gives_its_own() -> None:
    notification = told(UserFactory(preferred_language="xx"))
    delivery.deliver(notification.pk, lease_on("notification.created", notification.pk))
    html = str(mail.outbox[0].alternatives[0][0])  # type: ignore[union-attr]  # a mail with HTML
    assert '<html lang="en-gb" dir="ltr">' in html
