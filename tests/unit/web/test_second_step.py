"""The second step: who is led to it, and how a code is given."""

from datetime import UTC, datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services import suspensions
from tests.factories.accounts import PASSWORD, code_of, set_up_app
from tests.unit.web.pages import error_links, text_of, title_of
from tests.unit.web.second_step import give, registered, sign_in

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


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


def test_a_code_works_once_though_the_one_before_counts_too(client):
    broker = registered(broker=True)
    with time_machine.travel(datetime(2030, 1, 1, 9, 0, 1, tzinfo=UTC), tick=False) as time:
        code = code_of(broker, steps=1)  # of half a minute ahead: right until 9:01:30
        sign_in(client, broker)
        assert give(client, code).status_code == 302
        time.shift(45)
        other = Client()
        sign_in(other, broker)
        assert code == code_of(broker)
        assert "This code is not right." in text_of(give(other, code))


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
