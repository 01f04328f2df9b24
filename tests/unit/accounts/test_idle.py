"""A session of somebody who works here ends when it is left alone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client

from tests.factories.accounts import PASSWORD, UserFactory, code_of
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

MORNING = datetime(2030, 1, 7, 9, tzinfo=UTC)
SAID = "You did nothing here for a while, so we signed you out to be safe."


@pytest.fixture
def time():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def signed_in(**fields) -> Client:
    client = Client()
    client.force_login(UserFactory(**fields))
    assert client.get("/me/account/").status_code == 200
    return client


STAFF = [{"broker": True}, {"delivery_group": True}, {"is_staff": True}]


@pytest.mark.parametrize("fields", STAFF)
def test_after_an_hour_of_nothing_staff_sign_in_anew_and_are_told_why(time, fields):
    client = signed_in(**fields)
    time.shift(timedelta(minutes=61))

    sent = client.get("/me/account/")

    assert sent["Location"] == "/accounts/login/?next=/me/account/"
    assert SAID in text_of(client.get(sent["Location"]))
    assert client.get("/me/account/").status_code == 302


def test_whoever_goes_on_working_stays_signed_in(time):
    client = signed_in(broker=True)
    for _ in range(5):
        time.shift(timedelta(minutes=40))
        assert client.get("/me/account/").status_code == 200


def test_the_api_takes_no_idle_session_either(time):
    client = signed_in(broker=True)
    assert client.get("/api/v1/applications/").status_code == 200
    time.shift(timedelta(minutes=61))
    assert client.get("/api/v1/applications/").status_code == 401
    assert SAID not in text_of(client.get("/accounts/login/"))


def test_others_stay_signed_in(time):
    client = signed_in()
    time.shift(timedelta(hours=5))
    assert client.get("/me/account/").status_code == 200


def test_how_long_is_a_setting_and_0_is_for_ever(time, settings):
    settings.STAFF_IDLE_MINUTES = 0
    client = signed_in(broker=True)
    time.shift(timedelta(hours=5))
    assert client.get("/me/account/").status_code == 200


def test_not_each_page_writes_to_the_session(time, django_assert_num_queries):
    client = signed_in(broker=True)
    before = client.session["used_at"]
    time.shift(timedelta(seconds=30))
    client.get("/about/")
    assert client.session["used_at"] == before
    time.shift(timedelta(seconds=40))
    client.get("/about/")
    assert client.session["used_at"] == before + 70


def test_signing_in_counts_and_a_token_makes_no_session(time):
    broker = UserFactory(broker=True)
    client = Client()
    client.force_login(broker)
    assert client.session["used_at"] == int(MORNING.timestamp())

    EmailAddress.objects.create(user=broker, email=broker.email, verified=True, primary=True)
    program = Client()
    sent = {"email": broker.email, "password": PASSWORD, "code": code_of(broker)}
    assert program.post("/api/v1/auth/token/", sent, "application/json").status_code == 201
    assert "used_at" not in program.session
