"""What a page reads of its own, beside what every page of somebody who is signed in reads."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

#: Tables of who is signed in, in which session, with which second step, and of the menu.
_OF_EVERY_PAGE = ("django_session", 'FROM "accounts_user"', "mfa_authenticator")


def own_queries(client: Any, address: str) -> list[str]:
    """The queries that a page makes for itself. It is read twice: the first page of a session notes
    that it is used, and fills what is kept between pages.
    """
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as made:
        client.get(address)
    return [
        query["sql"]
        for query in made.captured_queries
        if not any(name in query["sql"] for name in _OF_EVERY_PAGE)
        and "SAVEPOINT" not in query["sql"]
    ]
