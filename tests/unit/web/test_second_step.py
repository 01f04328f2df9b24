"""The second step: who is led to it, set up, given, renewed, turned off, and lost."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, User
from accounts.services import suspensions
from core import clock
from tests.factories.accounts import PASSWORD, UserFactory, code_of, set_up_app
from tests.unit.web.pages import error_links, text_of, title_of

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


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


def set_up(client: Client):
    """Set up an app in the session, and give the answer and the code that was shown."""
    prove_again(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r'id="key">([A-Z2-7]+)<', page.content.decode())[1]
    code = format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30))
    return page, client.post(reverse("mfa_activate_totp"), {"code": code})


# -- who is led there ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [{"broker": True}, {"delivery_group": True}, {"is_superuser": True}, {"is_staff": True}],
    ids=lambda fields: next(iter(fields)),
)
def test_staff_without_a_second_step_are_led_to_set_one_up(client, fields):
    person = registered(app=False, **fields)
    sign_in(client, person)

    response = client.get(reverse("web:after-sign-in"))

    assert response["Location"] == reverse("mfa_index")
    assert "You work here" in text_of(client.get(response["Location"]))
    assert client.get(reverse("web:privacy")).status_code == 200
    assert client.get(reverse("web:account"))["Location"] == reverse("mfa_index")


def test_others_are_asked_for_nothing_and_may_set_one_up(client):
    sign_in(client, registered())

    page = text_of(client.get(reverse("web:account")))

    assert "Second step when you sign in It is off" in page
    assert "You work here" not in text_of(client.get(reverse("mfa_index")))


def test_where_it_is_not_asked_for_the_password_is_enough_and_the_page_says_so(client, settings):
    settings.SECOND_FACTOR_FOR_STAFF = False
    sign_in(client, registered(broker=True, app=False))

    assert client.get(reverse("web:desk")).status_code == 200
    assert "a password is enough" in text_of(client.get(reverse("mfa_index")))


def test_a_session_from_before_gives_the_code_and_goes_on(client):
    broker = registered(broker=True, app=False)
    client.force_login(broker)
    set_up_app(broker)
    sent = client.get(reverse("web:desk-people") + "?q=x")
    assert sent["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fdesk%2Fpeople%2F%3Fq%3Dx"
    # Neither the password alone nor new codes open the door.
    for name in ("mfa_index", "mfa_generate_recovery_codes", "account_reauthenticate"):
        assert client.get(reverse(name))["Location"].startswith("/accounts/2fa/reauthenticate/")

    back = client.post(sent["Location"], {"code": code_of(broker), "next": "/desk/people/?q=x"})

    assert back["Location"] == "/desk/people/?q=x"
    assert client.get(back["Location"]).status_code == 200


def test_a_session_ends_to_count_when_its_app_is_taken_away(client):
    broker = registered(broker=True)
    client.force_login(broker)
    assert client.get(reverse("web:desk")).status_code == 200

    Authenticator.objects.all().delete()

    assert client.get(reverse("web:desk"))["Location"] == reverse("mfa_index")


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
    (told,) = mail.outbox
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
    key = re.search(r'id="key">(\w+)', client.get(reverse("mfa_activate_totp")).content.decode())[1]

    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert error_links(response) == {
        "This code is not right. Wait for the next one and try again.": "id_code"
    }
    assert key in response.content.decode()
    assert not Authenticator.objects.exists()


@committed
def test_the_secret_lies_sealed_in_the_database(client):
    sign_in(client, registered())
    page, _done = set_up(client)

    secret = re.search(r'id="key">(\w+)', page.content.decode())[1]
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert secret not in str(sessions)


# -- given -----------------------------------------------------------------------------------------


def test_the_code_is_asked_for_after_the_password(client):
    broker = registered(broker=True)

    assert sign_in(client, broker)["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("web:desk")).status_code == 302
    before = client.session.session_key
    assert give(client, code_of(broker))["Location"] == reverse("web:after-sign-in")

    assert client.get(reverse("web:desk")).status_code == 200
    assert client.session.session_key != before


def test_whoever_set_one_up_is_asked_though_nobody_demands_it(client):
    person = registered(app=True)

    assert sign_in(client, person)["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("web:account")).status_code == 302


def test_without_the_password_there_is_no_page_for_a_code(client):
    assert client.get(reverse("mfa_authenticate"))["Location"] == reverse("account_login")


def test_a_code_works_once(client):
    broker = registered(broker=True)
    sign_in(client, broker)
    give(client, code := code_of(broker))
    other = Client()
    sign_in(other, broker)

    response = give(other, code)

    assert "This code is not right." in text_of(response)
    assert other.get(reverse("web:desk")).status_code == 302


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_the_code_before_and_the_one_after_fit_and_no_others(client, steps, fits):
    broker = registered(broker=True)
    sign_in(client, broker)

    assert (give(client, code_of(broker, steps=steps)).status_code == 302) == fits


def test_a_recovery_code_works_once_in_place_of_the_phone(client):
    broker = registered(broker=True)
    code = RecoveryCodes.activate(broker).generate_codes()[0]
    sign_in(client, broker)
    give(client, code)
    assert client.get(reverse("web:desk")).status_code == 200

    other = Client()
    sign_in(other, broker)
    assert give(other, code).status_code == 200


def test_an_empty_code_says_so(client):
    sign_in(client, broker := registered(broker=True))

    response = give(client, "")

    assert error_links(response) == {"Enter the code.": "id_code"}
    assert title_of(response).startswith("Error: ")
    assert broker.email not in response.content.decode()


def test_five_wrong_codes_close_the_door_wherever_they_come_from(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    broker = registered(broker=True)
    for number in range(5):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        sign_in(client, broker)
        assert "not right" in text_of(give(client, "000000"))
    last = Client(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="198.51.100.1")
    sign_in(last, broker)

    response = give(last, code_of(broker))

    assert "You have tried too many times." in text_of(response)
    assert last.get(reverse("web:desk")).status_code == 302


def test_nothing_tells_who_has_a_second_step(client):
    """Before the password is right, an account with an app answers as one without and as none."""
    people = [registered(broker=True).email, registered().email, "nobody@example.org"]

    answers = [
        client.post(reverse("account_login"), {"login": email, "password": "wrong, and long"})
        for email in people
    ]

    assert len({(answer.status_code, text_of(answer)) for answer in answers}) == 1


def test_suspended_between_password_and_code_is_out(client):
    person = registered(app=True)
    broker = registered(broker=True)
    sign_in(client, person)
    suspensions.suspend(user=person, reason="concern", by=broker)

    give(client, code_of(person))

    assert client.get(reverse("web:account")).status_code == 302
    suspensions.reinstate(user=person, by=broker)
    assert client.get(reverse("web:account")).status_code == 302


# -- renewed and turned off ------------------------------------------------------------------------


@committed
def test_new_recovery_codes_take_the_place_of_the_old(client):
    person = registered(app=True)
    sign_in(client, person)
    give(client, code_of(person))
    prove_again(client)

    done = client.post(reverse("mfa_generate_recovery_codes"))

    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert [message.subject for message in mail.outbox] == ["You have new recovery codes"]
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
    assert mail.outbox[-1].subject == "The second step is off"
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


# -- the administration pages ----------------------------------------------------------------------


def test_administrators_sign_in_where_everybody_does(client):
    response = client.get("/administration/login/?next=/administration/")

    assert response["Location"] == "/accounts/login/?next=%2Fadministration%2F"


def test_a_password_alone_opens_no_administration_page(client):
    admin = User.objects.create_superuser("admin@example.org", PASSWORD)
    EmailAddress.objects.create(user=admin, email=admin.email, verified=True, primary=True)
    sign_in(client, admin)

    assert client.get("/administration/")["Location"] == reverse("mfa_index")
    assert client.post("/administration/accounts/user/")["Location"] == reverse("mfa_index")


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
