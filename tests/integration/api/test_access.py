"""Who may do what: one row for each address and method, one column for each kind of person.

The table in access_table.py is complete by construction: an address or method that it does not have
fails.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from rest_framework.response import Response

from tests.integration.api.access_requests import arguments, body
from tests.integration.api.access_table import ROWS
from tests.integration.api.cast import ROLES, Cast

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@pytest.fixture
def cast(full_cast: Cast) -> Cast:
    return full_cast


def ask(cast: Cast, role: str, name: str, method: str) -> Response:
    address = reverse(f"api:{name.partition('#')[0]}", kwargs=arguments(cast, name))
    if name == "application-list#role":
        address += f"?opportunity={cast.role.pk}"
    send = getattr(cast[role], method.lower())
    return send(address, body(cast, name, method))


@pytest.mark.parametrize(("name", "method", "statuses"), ROWS, ids=[f"{n} {m}" for n, m, _ in ROWS])
def test_each_kind_of_person_gets_what_the_table_says(cast, name, method, statuses):
    got = {}
    for role in ROLES:
        with transaction.atomic():
            got[role] = ask(cast, role, name, method).status_code
            transaction.set_rollback(True)
    assert got == statuses


# -- complete --------------------------------------------------------------------------------------


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            yield pattern


def methods_of(route: URLPattern) -> set[str]:
    """The methods that a view answers."""
    actions = getattr(route.callback, "actions", None)
    if actions:
        return {method.upper() for method in actions} - {"HEAD"}
    view = route.callback.view_class
    return {method for method in METHODS if hasattr(view, method.lower())} - {"OPTIONS"}


def api_routes() -> list[URLPattern]:
    api = next(
        pattern
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver) and pattern.namespace == "api"
    )
    return [route for route in routes(api.url_patterns) if route.name != "no-such-address"]


def test_table_has_every_address_and_method_and_nothing_else():
    there = {(route.name, method) for route in api_routes() for method in methods_of(route)}
    declared = {(name.partition("#")[0], method) for name, method, _statuses in ROWS}
    assert declared == there


@pytest.mark.parametrize(
    "route", [route for route in api_routes() if route.name != "docs"], ids=lambda route: route.name
)
def test_wrong_method_is_refused_in_the_one_shape(cast, route):
    variant = {"opportunity-submit": "#draft"}.get(route.name, "")
    for method in set(METHODS) - methods_of(route):
        answer = ask(cast, "member", f"{route.name}{variant}", method)
        if answer.status_code == 401:  # an address that takes no session and no token
            continue
        assert answer.status_code == 405, method
        assert answer.json()["errors"][0]["code"] == "method_not_allowed"
