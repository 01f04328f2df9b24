"""People see where they are signed in, and can end any of it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from knox.models import AuthToken

from accounts.models import AuditEntry, SignIn, User
from accounts.services import sign_ins, suspensions
from tests.factories.accounts import PASSWORD, UserFactory, code_of
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

ACCOUNT = "/me/account/"
PAGE = "/me/account/signed-in/"
OTHERS = PAGE + "end-others/"
PHONE = "Mozilla/5.0 (Linux; Android 14; K) Chrome/131.0.0.0 Mobile Safari/537.36"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
ADDRESS = "203.0.113.99"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def person() -> User:
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def signed_in(person: User, agent: str = LAPTOP) -> Client:
    """A browser in which the person signed in through the page."""
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=ADDRESS)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert client.get(ACCOUNT).status_code == 200
    return client


def say_password(client: Client, back: str) -> str:
    """Say the password again, as asked for on the way to `back`; gives where that leads."""
    sent = client.post(f"/accounts/reauthenticate/?next={back}", {"password": PASSWORD})
    assert sent.status_code == 302
    return str(sent["Location"])


def end_of(sign_in: SignIn) -> str:
    return f"{PAGE}{sign_in.pk}/end/"


def on(system: str) -> SignIn:
    return SignIn.objects.get(system=system)


def test_the_list_says_what_with_since_when_and_which_one_this_is(person: User) -> None:
    with time_machine.travel(datetime(2030, 1, 7, 9, tzinfo=UTC), tick=False):
        signed_in(person, PHONE)
    with time_machine.travel(datetime(2030, 1, 9, 15, tzinfo=UTC), tick=False):
        text = text_of(signed_in(person).get(PAGE))

    here, there = text.split("Chrome on Android", 1)
    assert "Firefox on Windows You are here now" in here
    assert "Wednesday 9 January, 3pm Last used today" in here
    assert "Monday 7 January, 9am Last used 2 days ago Sign out there" in there
    assert text.count("You are here now") == 1


def test_nobody_sees_the_sessions_of_others(person: User) -> None:
    signed_in(person, PHONE)
    stranger = UserFactory()
    EmailAddress.objects.create(user=stranger, email=stranger.email, verified=True, primary=True)
    client = signed_in(stranger)

    assert "Chrome on Android" not in text_of(client.get(PAGE))
    assert client.post(end_of(on("Android"))).status_code == 404
    assert SignIn.objects.count() == 2


def test_one_is_ended_after_the_password_is_said_again(person: User) -> None:
    phone, laptop = signed_in(person, PHONE), signed_in(person)
    address = end_of(on("Android"))

    assert laptop.post(address)["Location"].startswith("/accounts/reauthenticate/")
    assert phone.get(ACCOUNT).status_code == 200
    assert say_password(laptop, address) == PAGE

    assert "You are signed out there." in laptop.get(PAGE).content.decode()
    assert phone.get(ACCOUNT).status_code == 302
    assert laptop.get(ACCOUNT).status_code == 200
    assert list(SignIn.objects.values_list("system", flat=True)) == ["Windows"]
    entry = AuditEntry.objects.get(action="sign_ins.one_ended")
    assert (entry.actor, entry.subject_id) == (person, person.pk)


@pytest.mark.django_db(transaction=True)
def test_what_is_ended_does_not_come_back_with_what_was_under_way_in_it(person: User) -> None:
    session = signed_in(person, PHONE).session
    del session["listed"]
    sign_ins.end_one(user=person, number=on("Android").pk, by=person)

    sign_ins.note_use(user=person, session=session, user_agent=PHONE)

    assert not Session.objects.exists()
    assert not SignIn.objects.exists()


def test_all_others_are_ended_and_tokens_too(person: User) -> None:
    phone, laptop = signed_in(person, PHONE), signed_in(person)
    AuthToken.objects.create(user=person)
    assert "Apps that use your account" in text_of(laptop.get(PAGE))

    assert laptop.post(OTHERS)["Location"].startswith("/accounts/reauthenticate/")
    assert say_password(laptop, OTHERS) == PAGE

    page = laptop.get(PAGE)
    assert "You are signed out everywhere else." in page.content.decode()
    assert "You are signed in nowhere else." in text_of(page)
    assert "Firefox on Windows You are here now" in text_of(page)
    assert phone.get(ACCOUNT).status_code == 302
    assert not AuthToken.objects.exists()
    assert AuditEntry.objects.filter(action="sign_ins.others_ended").count() == 1


def test_a_new_password_leaves_this_one_in_the_list_with_its_beginning(person: User) -> None:
    signed_in(person, PHONE)
    with time_machine.travel(datetime(2030, 1, 7, 9, tzinfo=UTC)) as traveller:
        laptop = signed_in(person)
        began = on("Windows").began_at
        traveller.shift(timedelta(minutes=40))
        laptop.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": "other words together"},
        )
        (left,) = SignIn.objects.all()
        assert (left.system, left.began_at) == ("Windows", began)
        assert left.session_id == laptop.session.session_key


def test_a_suspension_and_signing_out_leave_nothing_in_the_list(person: User) -> None:
    signed_in(person, PHONE)
    suspensions.suspend(user=person, reason="concern", by=UserFactory(broker=True))
    assert not SignIn.objects.exists()
    suspensions.reinstate(user=person, by=UserFactory(broker=True))

    signed_in(person).post(reverse("account_logout"))

    assert not SignIn.objects.exists()


def test_who_gives_a_code_at_sign_in_is_in_the_list_once() -> None:
    broker = UserFactory(broker=True)
    EmailAddress.objects.create(user=broker, email=broker.email, verified=True, primary=True)
    client = Client(HTTP_USER_AGENT=LAPTOP)
    client.post(reverse("account_login"), {"login": broker.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code_of(broker)})

    assert "Firefox on Windows You are here now" in text_of(client.get(PAGE))
    assert SignIn.objects.count() == 1


def test_the_last_use_is_kept_to_the_hour_and_costs_other_pages_nothing(
    person: User,
) -> None:
    with time_machine.travel(datetime(2030, 1, 7, 9, tzinfo=UTC), tick=False) as traveller:
        client = signed_in(person)
        client.get(ACCOUNT)
        used = SignIn.objects.get().used_at
        traveller.shift(timedelta(minutes=59))
        with CaptureQueriesContext(connection) as asked:
            client.get(ACCOUNT)
        assert SignIn.objects.get().used_at == used
        assert not [each for each in asked.captured_queries if "signin" in each["sql"]]
        assert not [each for each in asked.captured_queries if "SELECT" not in each["sql"]]
        traveller.shift(timedelta(minutes=2))
        client.get(ACCOUNT)
        assert SignIn.objects.get().used_at == used + timedelta(minutes=61)


def test_a_session_of_before_there_was_a_list_is_listed_when_it_is_used(person: User) -> None:
    client = signed_in(person)
    SignIn.objects.all().delete()
    session = client.session
    del session["listed"]
    session.save()

    client.get(ACCOUNT)

    assert SignIn.objects.get().session_id == client.session.session_key


def test_a_session_that_ran_out_is_not_in_the_list(person: User) -> None:
    signed_in(person, PHONE)
    Session.objects.update(expire_date=datetime(2020, 1, 1, tzinfo=UTC))
    assert not sign_ins.sessions_of(person).exists()


def test_no_address_is_kept(person: User) -> None:
    signed_in(person)
    columns = {field.name for field in SignIn._meta.concrete_fields}
    assert columns == {"id", "user", "session", "browser", "system", "began_at", "used_at"}
    kept = str(SignIn.objects.values().get()) + str(Session.objects.get().get_decoded())
    assert ADDRESS not in kept
    assert "Gecko" not in kept
