"""How often the API may be asked."""

from time import time
from typing import Any

from django.core.cache import caches
from django.utils.connection import ConnectionProxy
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

#: Kept by each server process for itself: a limit against haste need not be exact, only cheap.
_counts: Any = ConnectionProxy(caches, "counts")


class AnonymousRate(AnonRateThrottle):
    """A limit for each address that asks without signing in."""

    cache = _counts


class PersonRate(UserRateThrottle):
    """A limit for each person who is signed in."""

    cache = _counts


class SignInRate(SimpleRateThrottle):
    """At most so many tries to sign in from one address in a fixed window, whoever counts.

    Each try takes a numbered ticket of the window. Taking one is an INSERT under a unique key in
    the cache that all processes share, so that of many tries at once no more pass than there are
    tickets.
    """

    scope = "sign-in"
    num_requests: int
    duration: int

    def get_cache_key(self, request: Request, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}

    def allow_request(self, request: Request, view: Any) -> bool:
        self.now = int(time())
        key = f"{self.get_cache_key(request, view)}:{self.now // self.duration}"
        tickets = [f"{key}:{number}" for number in range(self.num_requests)]
        taken = self.cache.get_many(tickets)
        return any(
            self.cache.add(ticket, True, timeout=self.duration * 2)
            for ticket in tickets
            if ticket not in taken
        )

    def wait(self) -> float:
        """Give the seconds until the next window."""
        return float(self.duration - self.now % self.duration)
