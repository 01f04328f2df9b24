"""The limits of the second step hold when everybody tries at once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import one_time
from accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory, code_of

pytestmark = pytest.mark.django_db(transaction=True)

TRIES = 200
AT_ONCE = 12


@pytest.fixture
def broker(db: None) -> User:
    cache.clear()
    person = UserFactory(broker=True)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def after_password(person: User, number: int = 0) -> Client:
    client = Client(REMOTE_ADDR=f"203.0.113.{number}")
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client


def give(client: Client, code: str, number: int = 0) -> str:
    """What came of a code: "in", "wrong" or "too many"."""
    answer = client.post(
        reverse("mfa_authenticate"), {"code": code}, REMOTE_ADDR=f"198.51.100.{number}"
    )
    if answer.status_code == 302:
        return "in"
    words = answer.content.decode()
    return "wrong" if "This code is not right" in words else "too many"


def together(give_one: Callable[[int], str], times: int) -> Counter[str]:
    def in_thread(number: int) -> str:
        try:
            return give_one(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(in_thread, range(times)))


def wrong_codes(broker: User) -> Counter[str]:
    """The same session in many hands, each trying another code from another address."""
    cookies = after_password(broker).cookies

    def give_one(number: int) -> str:
        client = Client()
        client.cookies.load({name: morsel.value for name, morsel in cookies.items()})
        return give(client, f"{number:06}", number)

    return together(give_one, TRIES)


def same_code(broker: User, code: str) -> Counter[str]:
    clients = [after_password(broker, number) for number in range(AT_ONCE)]
    return together(lambda number: give(clients[number], code, number), AT_ONCE)


def without_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def allowed(history: list[float], now: float, *_: object, **__: object) -> object:
        return True, [now, *history]

    monkeypatch.setattr(ratelimit, "apply_rate", allowed)
    monkeypatch.setattr(ratelimit, "CACHE_LOCK_WAIT_TIMEOUT", 30)


@pytest.mark.slow
def test_of_200_wrong_codes_at_once_at_most_five_are_looked_at(broker, monkeypatch):
    monkeypatch.setattr(
        "allauth.mfa.totp.internal.auth.validate_totp_code", lambda *_: False
    )  # one of 200 might be right by chance
    answers = wrong_codes(broker)
    assert answers["in"] == 0
    assert 1 <= answers["wrong"] <= 5
    assert answers["wrong"] + answers["too many"] == TRIES
    assert give(after_password(broker), code_of(broker)) == "too many"


def test_a_code_that_many_give_at_once_lets_one_in(broker):
    answers = same_code(broker, code_of(broker))
    assert answers["in"] == 1
    assert answers["wrong"] + answers["too many"] == AT_ONCE - 1


def test_a_recovery_code_that_many_give_at_once_lets_one_in(broker):
    answers = same_code(broker, RecoveryCodes.activate(broker).generate_codes()[0])
    assert answers["in"] == 1


def test_without_the_limit_all_wrong_codes_are_looked_at(broker, monkeypatch):
    """The control: it is the limit that stops them."""
    without_limit(monkeypatch)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.validate_totp_code", lambda *_: False)
    assert same_code(broker, "000000") == {"wrong": AT_ONCE}


def test_where_no_code_is_remembered_all_get_in_with_the_same(broker, monkeypatch):
    """The control: it is remembering it that lets one in only."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.TOTP._mark_code_used", lambda *_: True)
    monkeypatch.setattr(one_time, "_is_first_use", lambda *_: True)
    without_limit(monkeypatch)
    assert same_code(broker, code_of(broker))["in"] > 1
