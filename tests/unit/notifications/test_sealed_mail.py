"""Mails about accounts: real pages, outbox and SMTP, whose server is there, away or silent."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services.erasure import erase
from core import clock, personal_data
from core.models import Fact
from core.outbox import attempts
from core.outbox.leases import LeaseLostError
from notifications.models import SealedMail
from notifications.services import sealed_mail
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on, lose
from tests.unit.notifications.mail_server import MailServer
from tests.work import work_is_done
from worker.handlers import handler_for

pytestmark = pytest.mark.django_db
NOW = datetime(
    2026, 7, 7, 23, tzinfo=UTC
)  # midnight in London: nobody who asked waits till morning
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SIGN_UP = {"first_name": "Demo", "email": "new@example.org", "password1": "three words together"}


@pytest.fixture(autouse=True)
def clock_hand():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as hand:
        yield hand


@pytest.fixture
def person() -> User:
    person = UserFactory(email="asha@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_up(client: Client) -> None:
    done = client.post(reverse("account_signup"), SIGN_UP)
    assert done["Location"] == reverse("account_email_verification_sent")


def ask_for_a_new_password(client: Client, address: str) -> None:
    done = client.post(reverse("account_reset_password"), {"email": address})
    assert done["Location"] == reverse("account_reset_password_done")


def test_a_page_asks_no_mail_server_and_the_worker_does_at_once(client, server: MailServer) -> None:
    server.is_silent = True  # a page that asked it would wait until the test is over
    sign_up(client)
    ask_for_a_new_password(client, "nobody@example.org")
    assert server.asked == 0

    server.is_silent = False
    work_is_done("mail.sealed")
    assert server.taken == ["new@example.org", "nobody@example.org"]
    assert not SealedMail.objects.exists()


def test_where_nothing_listens_an_account_is_made_and_its_mail_comes_later(
    client, server: MailServer, settings, clock_hand
) -> None:
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    sign_up(client)
    assert User.objects.filter(email="new@example.org").exists()
    work_is_done("mail.sealed")
    fact = Fact.objects.get(kind="mail.sealed")
    assert (fact.state, fact.attempts) == ("waiting", 0)
    assert fact.last_error.startswith("ConnectionRefusedError in hand_over")

    settings.EMAIL_PORT = there
    clock_hand.move_to(fact.not_before)
    work_is_done("mail.sealed")
    assert server.taken == ["new@example.org"]
    assert "/accounts/confirm-email/" in server.said[0]
    assert not SealedMail.objects.exists()


def test_a_silent_server_is_left_alone_after_a_while_and_asked_again(
    client, server: MailServer, settings, person
) -> None:
    settings.EMAIL_TIMEOUT = 0.1
    server.is_silent = True
    ask_for_a_new_password(client, person.email)
    work_is_done("mail.sealed")
    assert server.asked == 1
    assert Fact.objects.get(kind="mail.sealed").state == "waiting"
    assert SealedMail.objects.count() == 1


def test_what_a_mail_says_cannot_be_read_while_it_waits(client, person) -> None:
    ask_for_a_new_password(client, person.email)
    row = SealedMail.objects.get()
    assert "password" not in row.words
    assert person.first_name not in row.words
    (exported,) = personal_data.export(person)["notifications.SealedMail"]
    assert "words" not in exported


def test_known_and_unknown_addresses_take_the_same_way(client, person) -> None:
    for address in (person.email, "nobody@example.org"):
        ask_for_a_new_password(client, address)
    assert SealedMail.objects.count() == Fact.objects.filter(kind="mail.sealed").count() == 2


def test_what_is_over_is_dropped_unsent(client, server: MailServer, person, clock_hand) -> None:
    sign_up(client)
    ask_for_a_new_password(client, person.email)
    ask_for_a_new_password(client, "nobody@example.org")
    clock_hand.move_to(NOW + 3 * DAY)
    work_is_done("mail.sealed")
    assert not server.asked
    assert not SealedMail.objects.exists()
    facts = Fact.objects.filter(kind="mail.sealed")
    assert list(facts.values_list("state", flat=True)) == ["done"] * 3


def test_a_link_that_works_for_an_hour_is_kept_for_an_hour(client, person, settings) -> None:
    settings.PASSWORD_RESET_TIMEOUT = 3600
    ask_for_a_new_password(client, person.email)
    assert SealedMail.objects.get().valid_until == NOW + HOUR


def test_a_day_without_mail_sets_it_aside_and_the_night_forgets_it(
    client, server: MailServer, person, clock_hand
) -> None:
    server.is_away = True
    ask_for_a_new_password(client, person.email)
    while fact := Fact.objects.waiting().filter(kind="mail.sealed").first():
        clock_hand.move_to(max(clock.now(), fact.not_before))
        work_is_done("mail.sealed")
    fact = Fact.objects.get(kind="mail.sealed")
    assert fact.state == "set_aside"
    assert SealedMail.objects.count() == 1  # whoever has it tried again sends it

    handler_for("night.tidying").work(1, lease_on("night.tidying", 1))
    assert SealedMail.objects.count() == 1
    clock_hand.move_to(NOW + 3 * DAY)
    handler_for("night.tidying").work(2, lease_on("night.tidying", 2))
    assert not SealedMail.objects.exists()

    asked = server.asked
    attempts.retry(fact_id=fact.pk)
    work_is_done("mail.sealed")
    assert server.asked == asked


def test_of_several_links_to_a_new_password_those_that_wait_go_with_the_first_that_is_used(
    client, server: MailServer, person
) -> None:
    ask_for_a_new_password(client, person.email)
    work_is_done("mail.sealed")
    ask_for_a_new_password(client, person.email)
    (link,) = re.findall(r"/accounts/password/reset/key/\S+/", server.said[0].split("text/html")[0])
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "other words together"})

    assert [row.about for row in SealedMail.objects.all()] == ["password_reset"]
    work_is_done("mail.sealed")
    assert len(server.taken) == 2


def test_once_an_address_is_confirmed_no_link_to_confirm_it_comes(
    client, server: MailServer
) -> None:
    sign_up(client)
    work_is_done("mail.sealed")
    cache.clear()
    client.post(
        reverse("account_login"), {"login": SIGN_UP["email"], "password": SIGN_UP["password1"]}
    )
    assert [row.about for row in SealedMail.objects.all()] == ["email_confirmation"]
    (link,) = re.findall(r"/accounts/confirm-email/\S+/", server.said[0].split("text/html")[0])
    client.post(link)
    assert not SealedMail.objects.exists()


def test_an_address_that_nobody_has_is_not_tried_again(client, server: MailServer) -> None:
    server.answer = "550 nobody here"
    sign_up(client)
    work_is_done("mail.sealed")
    assert (server.asked, server.taken) == (1, [])
    assert not SealedMail.objects.exists()
    assert Fact.objects.get(kind="mail.sealed").state == "done"


def test_sent_again_after_a_worker_has_died_it_has_the_same_name(
    client, server: MailServer, person
) -> None:
    ask_for_a_new_password(client, person.email)
    row = SealedMail.objects.get()
    lost = lease_on("mail.sealed", row.pk)
    lose(lost)
    with pytest.raises(LeaseLostError, match=r"mail\.sealed"):
        sealed_mail.send(row.pk, lost)
    Fact.objects.filter(kind="mail.sealed").delete()
    assert sealed_mail.send(row.pk, lease_on("mail.sealed", row.pk))
    first, second = (re.search(r"^Message-ID: (\S+)", said, re.M | re.I)[1] for said in server.said)
    assert first == second
    assert not sealed_mail.send(row.pk, lease_on("mail.sealed", row.pk))
    assert len(server.taken) == 2


def test_with_another_key_of_the_service_nothing_is_sent(
    client, server: MailServer, person, settings
) -> None:
    ask_for_a_new_password(client, person.email)
    settings.SECRET_KEY = "another-key-" * 5
    work_is_done("mail.sealed")
    assert not server.asked
    assert not SealedMail.objects.exists()


def test_who_goes_is_not_written_to_afterwards(client, server: MailServer, person) -> None:
    ask_for_a_new_password(client, person.email)
    EmailAddress.objects.create(user=person, email="other@example.org")
    ask_for_a_new_password(client, "other@example.org")
    erase(user=person, by=person)
    assert not SealedMail.objects.exists()
    work_is_done("mail.sealed")
    assert not server.taken
