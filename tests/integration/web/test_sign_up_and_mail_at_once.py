"""The limits of signing up, and of the mails that anybody can have sent, hold when everybody asks
at once.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory
from tests.work import mails_about_accounts

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TRIES = 50
AT_ONCE = 12
#: How many a minute from one place, in one minute to one address, and in three minutes.
FROM_ONE_PLACE, NEW_PASSWORDS, CONFIRMATIONS = 20, 5, 1
ONE_PLACE = "203.0.113.7"


@pytest.fixture(autouse=True)
def _one_window(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Nobody is turned away since the others were slow: it is the limit, to the number."""
    cache.clear()
    monkeypatch.setattr(ratelimit, "CACHE_LOCK_WAIT_TIMEOUT", 60)
    monkeypatch.setattr(ratelimit, "CACHE_LOCK_TIMEOUT", 60)


def sign_up(number: int, *, place: str, email: str = "") -> int:
    sent = {
        "first_name": "Demo",
        "email": email or f"new{number}@example.org",
        "password1": "three words together",
    }
    # What a request says of where it came from is believed of nobody.
    client = Client(REMOTE_ADDR=place, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    return client.post(reverse("account_signup"), sent).status_code


def ask_for_a_new_password(number: int, *, place: str, email: str) -> int:
    client = Client(REMOTE_ADDR=place, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    return client.post(reverse("account_reset_password"), {"email": email}).status_code


def sign_in(number: int, *, person: User) -> int:
    client = Client(REMOTE_ADDR=f"198.51.100.{number}")
    sent = {"login": person.email, "password": PASSWORD}
    return client.post(reverse("account_login"), sent).status_code


def together(ask: Callable[[int], int], times: int = TRIES) -> Counter[int]:
    def in_thread(number: int) -> int:
        try:
            return ask(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(in_thread, range(times)))


def mails_to(email: str) -> int:
    return sum(message.to == [email] for message in mails_about_accounts())


@pytest.fixture
def person(db: None) -> User:
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def test_of_50_who_sign_up_at_once_from_one_place_twenty_pass() -> None:
    answers = together(lambda number: sign_up(number, place=ONE_PLACE))
    assert answers == {302: FROM_ONE_PLACE, 429: TRIES - FROM_ONE_PLACE}
    assert User.objects.count() == len(mails_about_accounts()) == FROM_ONE_PLACE


def test_of_50_who_sign_up_at_once_with_one_address_one_gets_an_account_and_one_mail() -> None:
    """And nobody is told which of them it was."""
    answers = together(
        lambda number: sign_up(number, place=f"198.51.100.{number}", email="same@example.org")
    )
    assert answers == {302: TRIES}
    assert User.objects.count() == EmailAddress.objects.count() == 1
    assert mails_to("same@example.org") == CONFIRMATIONS


def test_of_50_who_ask_at_once_for_a_new_password_of_one_person_five_have_it_sent(
    person: User,
) -> None:
    answers = together(
        lambda number: ask_for_a_new_password(
            number, place=f"198.51.100.{number}", email=person.email
        )
    )
    assert answers == {302: NEW_PASSWORDS, 429: TRIES - NEW_PASSWORDS}
    assert mails_to(person.email) == NEW_PASSWORDS


def test_of_50_who_ask_at_once_from_one_place_for_new_passwords_twenty_have_them_sent() -> None:
    """Also to addresses without an account, whose owners are told so."""
    answers = together(
        lambda number: ask_for_a_new_password(
            number, place=ONE_PLACE, email=f"nobody{number}@example.org"
        )
    )
    assert answers == {302: FROM_ONE_PLACE, 429: TRIES - FROM_ONE_PLACE}
    assert len(mails_about_accounts()) == FROM_ONE_PLACE


def test_of_50_who_sign_in_at_once_before_they_confirm_their_address_one_is_mailed_the_link() -> (
    None
):
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    answers = together(lambda number: sign_in(number, person=person))
    # Some are told that too many tried at the same time.
    assert answers[302] > CONFIRMATIONS
    assert set(answers) <= {200, 302}
    assert mails_to(person.email) == CONFIRMATIONS


class ReadTogether:
    """The cache, where everybody has read before anybody writes: the worst case for a limit."""

    def __init__(self) -> None:
        self.barrier = Barrier(AT_ONCE, timeout=30)

    def get(self, *args: Any) -> Any:
        found = cache.get(*args)
        self.barrier.wait()
        return found

    def set(self, *args: Any) -> None:
        cache.set(*args)


def test_without_the_lock_around_the_count_they_all_pass(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it is the lock that makes a limit of the count."""

    @contextmanager
    def no_lock(_key: str) -> Iterator[bool]:
        yield True

    monkeypatch.setattr(ratelimit, "cache_lock", no_lock)
    monkeypatch.setattr(ratelimit, "cache", ReadTogether())

    answers = together(
        lambda number: ask_for_a_new_password(
            number, place=f"198.51.100.{number}", email=person.email
        ),
        AT_ONCE,
    )

    assert answers == {302: AT_ONCE}
