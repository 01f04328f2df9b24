"""Sessions and tokens end for good: with a suspension, a new password, another staff role."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from knox.models import AuthToken

from accounts.models import AuditEntry, User
from accounts.services import suspensions
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

ACCOUNT = "/me/account/"
MINE = "/api/v1/applications/"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    assert client.get(ACCOUNT).status_code == 200
    return client


def token_of(person: User) -> dict[str, str]:
    _row, token = AuthToken.objects.create(user=person)
    return {"Authorization": f"Token {token}"}


def test_a_session_and_a_token_of_before_do_not_come_back_with_the_account() -> None:
    person, broker = UserFactory(), UserFactory(broker=True)
    client, headers = signed_in(person), token_of(person)
    assert Client().get(MINE, headers=headers).status_code == 200

    suspensions.suspend(user=person, reason="concern", by=broker)
    suspensions.reinstate(user=person, by=broker)

    assert client.get(ACCOUNT).status_code == 302
    assert Client().get(MINE, headers=headers).status_code == 401
    person.refresh_from_db()
    signed_in(person)


def test_a_new_password_ends_the_others_and_keeps_this_session() -> None:
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client, other, headers = signed_in(person), signed_in(person), token_of(person)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "other words together"},
    )

    assert client.get(ACCOUNT).status_code == 200
    assert other.get(ACCOUNT).status_code == 302
    assert Client().get(MINE, headers=headers).status_code == 401


@pytest.mark.parametrize("box", ["staff_role", "is_active"])
def test_what_an_administrator_changes_about_an_account_begins_with_signing_in_anew(box) -> None:
    admin = signed_in(UserFactory(is_superuser=True, is_staff=True))
    person = UserFactory()
    client, headers = signed_in(person), token_of(person)
    sent = {"is_active": "on", "staff_role": ""} | {box: "broker" if box == "staff_role" else ""}

    admin.post(f"/administration/accounts/user/{person.pk}/change/", sent)
    User.objects.filter(pk=person.pk).update(is_active=True, staff_role="")

    assert client.get(ACCOUNT).status_code == 302
    assert Client().get(MINE, headers=headers).status_code == 401


def test_whoever_signs_out_everywhere_is_out_on_every_phone_and_in_every_app() -> None:
    person = UserFactory()
    here, elsewhere, headers = signed_in(person), signed_in(person), token_of(person)
    stranger = signed_in(UserFactory())
    page = here.get(reverse("web:sign-out-everywhere"))
    assert "Apps that use your account" in page.content.decode()

    sent = here.post(reverse("web:sign-out-everywhere"))

    assert "You are signed out everywhere." in here.get(sent["Location"]).content.decode()
    assert here.get(ACCOUNT).status_code == 302
    assert elsewhere.get(ACCOUNT).status_code == 302
    assert Client().get(MINE, headers=headers).status_code == 401
    assert stranger.get(ACCOUNT).status_code == 200
    entry = AuditEntry.objects.get(action="sign_ins.ended")
    assert (entry.actor, entry.subject_id) == (person, person.pk)
