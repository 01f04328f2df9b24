"""What tests of the second step do: sign in, give a code, set up an app."""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core import clock
from tests.factories.accounts import PASSWORD, UserFactory


def registered(**fields) -> User:
    person = UserFactory(**fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client: Client, person: User, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": person.email, "password": password})


def give(client: Client, code: str):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def prove_again(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def key_on(page) -> str:
    """The key that a page shows to type into an app, in pieces of four letters."""
    shown = page.content.decode().partition('id="key"')[2].partition("</strong>")[0]
    pieces = re.findall(r">([A-Z2-7]+)<", shown)
    assert {len(piece) for piece in pieces} == {4}
    return "".join(pieces)


def set_up(client: Client):
    """Set up an app in the session, and give the answer and the code that was shown."""
    prove_again(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = key_on(page)
    code = format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30))
    return page, client.post(reverse("mfa_activate_totp"), {"code": code})
