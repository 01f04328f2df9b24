"""How tests of the statistics' API read it."""

import json
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import UserFactory

BASE = "/api/v1/insights/"
#: Tables of who is asking and in which session, and of where a page of a list begins and ends.
_OF_EVERY_ANSWER = ("django_session", 'FROM "accounts_user"', "mfa_authenticator", "SAVEPOINT")


def steerer() -> Client:
    """Somebody of the delivery group."""
    return _signed_in(delivery_group=True)


def broker() -> Client:
    """Somebody of the volunteer centre, who reads and does not steer."""
    return _signed_in(broker=True)


def _signed_in(**fields: Any) -> Client:
    found = Client()
    found.force_login(UserFactory(**fields))
    return found


def read(client: Client, address: str) -> Any:
    """What an address answers."""
    answer = client.get(BASE + address)
    assert answer.status_code == 200, answer.content
    # Whoever is signed in is answered with what nobody else may keep.
    assert "no-store" in answer["Cache-Control"]
    return json.loads(answer.content)


def send(client: Client, address: str, body: Any = None) -> Any:
    """The response to a body."""
    return client.post(BASE + address, json.dumps(body or {}), content_type="application/json")


def own_queries(client: Client, address: str) -> int:
    """How many queries an address makes for itself; the first reading fills what is kept."""
    read(client, address)
    with CaptureQueriesContext(connection) as made:
        read(client, address)
    return sum(
        not any(name in query["sql"] for name in _OF_EVERY_ANSWER)
        for query in made.captured_queries
    )
