"""The limit of tries to sign in holds when everybody tries at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import time
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from rest_framework.test import APIClient
from rest_framework.throttling import SimpleRateThrottle

from api import throttling
from api.throttling import AnonymousRate, SignInRate

TOKEN = "/api/v1/auth/token/"
TRIES = 200
AT_ONCE = 20


@pytest.fixture(autouse=True)
def _one_window(monkeypatch, db) -> None:
    now = time()
    monkeypatch.setattr(throttling, "time", lambda: now)
    # The limit for everything would refuse some of them first.
    monkeypatch.setattr(AnonymousRate, "rate", "1000/min", raising=False)
    cache.clear()


def try_to_sign_in(number: int) -> int:
    sent = {"email": f"nobody{number}@example.org", "password": "wrong password"}
    return APIClient().post(TOKEN, sent, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}").status_code


def try_in_thread(number: int) -> int:
    try:
        return try_to_sign_in(number)
    finally:
        connection.close()


class ReadTogether:
    """The cache, where everybody has read before anybody writes: the worst case for a limit."""

    def __init__(self) -> None:
        self.barrier = Barrier(AT_ONCE, timeout=30)

    def get(self, *args: Any) -> Any:
        found = cache.get(*args)
        self.barrier.wait()
        return found

    def get_many(self, *args: Any) -> Any:
        found = cache.get_many(*args)
        self.barrier.wait()
        return found

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return cache.add(*args, **kwargs)

    def set(self, *args: Any) -> None:
        cache.set(*args)


def together() -> Counter[int]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(try_in_thread, range(AT_ONCE)))


@pytest.mark.django_db(transaction=True)
def test_of_200_tries_at_once_ten_pass():
    with ThreadPoolExecutor(16) as pool:
        answers = Counter(pool.map(try_in_thread, range(TRIES)))
    assert answers == {400: 10, 429: TRIES - 10}


@pytest.mark.django_db(transaction=True)
def test_ten_pass_even_if_all_have_looked_before_any_is_counted(monkeypatch):
    monkeypatch.setattr(SignInRate, "cache", ReadTogether())
    assert together() == {400: 10, 429: AT_ONCE - 10}


@pytest.mark.django_db(transaction=True)
def test_way_of_rest_framework_lets_them_all_pass(monkeypatch):
    """The control: read, then write, is a race that everybody wins."""
    monkeypatch.setattr(SignInRate, "cache", ReadTogether())
    monkeypatch.setattr(SignInRate, "allow_request", SimpleRateThrottle.allow_request)
    monkeypatch.setattr(SignInRate, "timer", lambda self: throttling.time())
    assert together() == {400: AT_ONCE}


@pytest.mark.django_db
def test_next_window_has_tickets_again(monkeypatch):
    assert [try_to_sign_in(number) for number in range(11)] == [400] * 10 + [429]
    later = throttling.time() + 60
    monkeypatch.setattr(throttling, "time", lambda: later)
    assert try_to_sign_in(11) == 400
