"""The second step: set up, renewed, turned off, and lost."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from tests.factories.accounts import code_of
from tests.unit.web.pages import error_links, text_of, title_of
from tests.unit.web.second_step import give, key_on, prove_again, registered, set_up, sign_in
from tests.work import mails_about_accounts

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


# -- set up ----------------------------------------------------------------------------------------


@committed
def test_setting_it_up_shows_a_picture_a_key_and_recovery_codes(client):
    broker = registered(broker=True, app=False)
    elsewhere = Client()
    elsewhere.force_login(broker)
    sign_in(client, broker)

    page, done = set_up(client)

    words = page.content.decode()
    assert "<svg" in words
    assert "style=" not in words.partition("<svg")[2].partition("</svg>")[0]  # forbidden by the CSP
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\d{8})</code>", client.get(done["Location"]).content.decode())
    assert len(set(codes)) == 10
    saved = client.get(reverse("mfa_download_recovery_codes"))
    assert saved.content.decode().split() == codes
    assert "no-store" in saved["Cache-Control"]
    assert client.get(reverse("web:desk")).status_code == 200
    assert elsewhere.get(reverse("web:account")).status_code == 302  # signed out there
    assert [entry.action for entry in AuditEntry.objects.about(broker)] == ["second_factor.added"]
    (told,) = mails_about_accounts()
    assert told.subject == "The second step is on"
    assert "You cannot answer this email." in told.body


def test_setting_it_up_asks_for_the_password_first(client):
    sign_in(client, registered())

    response = client.get(reverse("mfa_activate_totp"))

    assert response["Location"].startswith(reverse("account_reauthenticate"))


def test_a_wrong_first_code_turns_nothing_on_and_keeps_the_key(client):
    person = registered()
    sign_in(client, person)
    prove_again(client)
    key = key_on(client.get(reverse("mfa_activate_totp")))

    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert error_links(response) == {
        "This code is not right. Wait for the next one and try again.": "id_code"
    }
    assert key_on(response) == key
    assert not Authenticator.objects.exists()


@committed
def test_the_secret_lies_sealed_in_the_database(client):
    sign_in(client, registered())
    page, _done = set_up(client)

    secret = key_on(page)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert secret not in str(sessions)


# -- renewed and turned off ------------------------------------------------------------------------


@committed
def test_new_recovery_codes_take_the_place_of_the_old(client):
    person = registered(app=True)
    sign_in(client, person)
    give(client, code_of(person))
    prove_again(client)

    done = client.post(reverse("mfa_generate_recovery_codes"))

    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert [message.subject for message in mails_about_accounts()] == [
        "You have new recovery codes"
    ]
    actions = AuditEntry.objects.about(person).values_list("action", flat=True)
    assert list(actions) == ["second_factor.codes_renewed"]


def test_turning_it_off_asks_for_the_password_and_tells_the_owner(client):
    person = registered(app=True)
    elsewhere = Client()
    elsewhere.force_login(person)
    sign_in(client, person)
    give(client, code_of(person))
    first = client.post(reverse("mfa_deactivate_totp"))
    assert first["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.exists()
    prove_again(client)

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()
    assert client.get(reverse("web:account")).status_code == 200
    assert elsewhere.get(reverse("web:account")).status_code == 302
    assert mails_about_accounts()[-1].subject == "The second step is off"
    entry = AuditEntry.objects.about(person).last()
    assert (entry.action, entry.actor) == ("second_factor.removed", person)


def test_staff_cannot_turn_it_off(client):
    broker = registered(broker=True)
    client.force_login(broker)
    prove_again(client)

    response = client.post(reverse("mfa_deactivate_totp"))

    assert "You cannot turn it off." in text_of(response)
    assert Authenticator.objects.filter(user=broker).exists()


def test_pages_of_the_second_step_are_ours(client):
    person = registered(app=True)
    client.force_login(person)
    prove_again(client)
    for name in ("mfa_index", "mfa_reauthenticate", "mfa_deactivate_totp"):
        assert title_of(client.get(reverse(name))).endswith("– Harrow Volunteering")
    client.logout()
    sign_in(client, person)
    assert title_of(client.get(reverse("mfa_authenticate"))) == (
        "Enter the code – Harrow Volunteering"
    )


# -- lost ------------------------------------------------------------------------------------------


def test_the_volunteer_centre_takes_away_what_somebody_has_lost(client):
    person = registered(app=True)
    theirs = Client()
    theirs.force_login(person)
    broker = registered(broker=True)
    client.force_login(broker)
    address = reverse("web:desk-person-reset-second-step", args=[person.pk])
    assert address in client.get(reverse("web:desk-person", args=[person.pk])).content.decode()
    assert "Choose how you made sure" in text_of(client.post(address, {}))

    client.post(address, {"known_by": "called_back"})

    assert not Authenticator.objects.filter(user=person).exists()
    assert theirs.get(reverse("web:account")).status_code == 302
    entry = AuditEntry.objects.get(action="second_factor.reset")
    assert (entry.actor, entry.details) == (broker, {"known_by": "called_back"})
    assert person.notifications.get().kind == "second_factor.reset"
    assert sign_in(Client(), person)["Location"] == reverse("web:after-sign-in")


def test_only_another_administrator_does_it_for_staff(client):
    colleague = registered(broker=True)
    client.force_login(registered(broker=True))
    address = reverse("web:desk-person-reset-second-step", args=[colleague.pk])

    refused = client.post(address, {"known_by": "met"})

    assert "Another administrator has to do this" in text_of(refused)
    assert Authenticator.objects.filter(user=colleague).exists()
    client.force_login(registered(broker=True, is_superuser=True))
    client.post(address, {"known_by": "met"})
    assert not Authenticator.objects.filter(user=colleague).exists()
